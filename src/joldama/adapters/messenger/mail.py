"""Sends e-mail: by the SMTP server named in JOLDAMA_SMTP; a demonstration writes files and sends nothing.

RFC 5321 answers of the fives to the recipient are final; every other fault is an outage.
"""

from dataclasses import dataclass
from pathlib import Path
from smtplib import SMTPException, SMTPRecipientsRefused
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from joldama.installation.identity import is_demo
from joldama.notices.ports import AddressRefused, Letter, MessengerSilent

PATIENCE = 8
"""Seconds for each answer of the server: fewer than a worker that is to end is left."""

_FILES = "django.core.mail.backends.filebased.EmailBackend"
_SMTP = "django.core.mail.backends.smtp.EmailBackend"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Mail:
    """Implements notices.ports.Messenger."""

    def carry(self, letter: Letter) -> None:
        """Hand a letter over; raise MessengerSilent, AddressRefused."""
        message = _message(letter)
        try:
            message.connection = _connection()
            message.send()
        except SMTPRecipientsRefused as refused:
            codes = [code for code, _answer in refused.recipients.values()]
            if codes and all(500 <= code < 600 for code in codes):
                raise AddressRefused from refused
            raise MessengerSilent from refused
        except (SMTPException, OSError) as fault:
            raise MessengerSilent from fault


@dataclass(frozen=True)
class Server:
    """An SMTP server as `smtp://user:password@host:port` names it."""

    host: str
    port: int
    user: str
    password: str
    is_tls: bool
    """TLS from the first byte (smtps)."""

    @classmethod
    def read(cls, url: str) -> "Server":
        """Read the address; smtp:// is port 587, smtps:// 465."""
        parts = urlsplit(url)
        is_tls = parts.scheme == "smtps"
        return cls(
            host=parts.hostname or "localhost",
            port=parts.port or (465 if is_tls else 587),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            is_tls=is_tls,
        )

    @property
    def wants_starttls(self) -> bool:
        """Whether TLS begins after the greeting: always, except on this machine itself."""
        return not self.is_tls and self.host not in _LOOPBACK


def _connection() -> BaseEmailBackend:
    if is_demo():
        folder = Path(settings.DATA) / "mail"
        return get_connection(_FILES, file_path=str(folder))
    if not settings.JOLDAMA_SMTP:
        raise MessengerSilent
    server = Server.read(settings.JOLDAMA_SMTP)
    return get_connection(
        _SMTP,
        host=server.host,
        port=server.port,
        username=server.user,
        password=server.password,
        use_ssl=server.is_tls,
        use_tls=server.wants_starttls,
        timeout=PATIENCE,
    )


def _message(letter: Letter) -> EmailMessage:
    sender = settings.JOLDAMA_MAIL_FROM
    return EmailMessage(
        subject=letter.subject,
        body=letter.body,
        from_email=sender,
        to=[letter.address],
        headers={
            "Message-ID": f"<{letter.reference}@{sender.rpartition('@')[2]}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
        },
    )
