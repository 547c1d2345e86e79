"""Letters go by SMTP as the settings say; what the server answers is told apart: an outage, or no such address."""

from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from uuid import UUID

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from joldama.adapters.messenger import Mail
from joldama.adapters.messenger import mail as adapter
from joldama.config import supervisor
from joldama.notices.ports import AddressRefused, Letter, MessengerSilent

LETTER = Letter(
    reference=UUID("6f6b8f6e-1a1b-4c1c-8d1d-1e1f2a2b2c2d"),
    address="aisha@example.kz",
    subject="№ АСТ-2015-000001: мемлекеттік қызмет бойынша хабар",
    body="Сәлеметсіз бе!\n",
    language="kk",
)


@pytest.fixture(autouse=True)
def _real_installation(monkeypatch: pytest.MonkeyPatch, settings) -> None:
    monkeypatch.setattr(adapter, "is_demo", lambda: False)
    settings.JOLDAMA_SMTP = "smtp://relay:secret%21@mail.example.kz"
    settings.JOLDAMA_MAIL_FROM = "noreply@joldama.example.kz"
    mail.outbox = []


def carried_by(monkeypatch: pytest.MonkeyPatch, fault: Exception | None = None) -> None:
    """Have letters kept in memory, or stumble."""

    class Backend(EmailBackend):
        def send_messages(self, messages):
            if fault is not None:
                raise fault
            return super().send_messages(messages)

    monkeypatch.setattr(adapter, "_connection", lambda: Backend())


def test_a_letter_has_its_address_its_words_and_a_name_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    carried_by(monkeypatch)

    Mail().carry(LETTER)

    [sent] = mail.outbox
    written = sent.message()
    assert (sent.to, sent.subject, sent.body) == ([LETTER.address], LETTER.subject, LETTER.body)
    assert (written["Message-ID"], written["Auto-Submitted"], written["Content-Language"]) == (
        f"<{LETTER.reference}@joldama.example.kz>",
        "auto-generated",
        "kk",
    )


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (SMTPRecipientsRefused({LETTER.address: (550, b"no such user")}), AddressRefused),
        (SMTPRecipientsRefused({LETTER.address: (450, b"mailbox busy")}), MessengerSilent),
        (SMTPServerDisconnected("gone"), MessengerSilent),
        (ConnectionRefusedError(), MessengerSilent),
        (TimeoutError(), MessengerSilent),
    ],
)
def test_what_the_server_answers_is_told_apart(
    monkeypatch: pytest.MonkeyPatch, fault: Exception, told: type[Exception]
) -> None:
    carried_by(monkeypatch, fault)

    with pytest.raises(told):
        Mail().carry(LETTER)


def test_without_a_server_nothing_is_sent(settings) -> None:
    settings.JOLDAMA_SMTP = ""

    with pytest.raises(MessengerSilent):
        Mail().carry(LETTER)


def test_a_server_that_does_not_listen_is_an_outage(settings) -> None:
    settings.JOLDAMA_SMTP = "smtp://127.0.0.1:9"

    with pytest.raises(MessengerSilent):
        Mail().carry(LETTER)


def test_an_answer_is_awaited_no_longer_than_a_worker_is_left_to_end() -> None:
    assert adapter.PATIENCE < supervisor._GRACE


@pytest.mark.parametrize(
    ("url", "server", "starttls"),
    [
        (
            "smtp://relay:secret%21@mail.example.kz",
            adapter.Server("mail.example.kz", 587, "relay", "secret!", False),
            True,
        ),
        ("smtps://mail.example.kz", adapter.Server("mail.example.kz", 465, "", "", True), False),
        ("smtp://localhost:2525", adapter.Server("localhost", 2525, "", "", False), False),
    ],
)
def test_a_server_is_read_off_its_address(url: str, server: adapter.Server, starttls: bool) -> None:
    read = adapter.Server.read(url)

    assert (read, read.wants_starttls) == (server, starttls)
