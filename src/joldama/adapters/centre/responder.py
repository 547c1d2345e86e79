"""Asks the OCSP responder of the centre about one certificate (RFC 6960, appendix A)."""

from datetime import datetime

from govkz.eds import Malformed, certificates, ocsp
from joldama.adapters.centre.line import PATIENCE, Line
from joldama.signatures.models import Fault, ServiceKind
from joldama.signatures.ports import Point, ServiceSilent

_ASKED = "application/ocsp-request"
_TRY_AGAIN = frozenset({"try_later", "internal_error"})


class HttpResponder:
    """Implements signatures.ports.OcspResponder over HTTP; each question has a nonce of its own."""

    def __init__(self, address: str, *, patience: float = PATIENCE) -> None:
        self._address = address
        self._line = Line(address, largest=ocsp.MAX_OCSP_BYTES, patience=patience)

    def point(self) -> Point:
        """Name the service."""
        return Point("ocsp", ServiceKind.OCSP, self._address)

    def ask(self, certificate: bytes, issuer: bytes, *, at: datetime) -> bytes:
        """Give the answer about a certificate of an issuer, all in DER; raise ServiceSilent."""
        question = ocsp.ask(certificates.read(certificate), certificates.read(issuer))
        received = self._line.post(question.encoded, kind=_ASKED)
        try:
            return ocsp.receive(received, to=question, at=at).encoded
        except ocsp.NoAnswer as no:
            raise ServiceSilent(Fault.FAILING if no.word in _TRY_AGAIN else Fault.REFUSES) from None
        except Malformed:
            raise ServiceSilent(Fault.NOT_UNDERSTOOD) from None
        except ocsp.Unbelievable:
            raise ServiceSilent(Fault.NOT_BELIEVED) from None

    def close(self) -> None:
        """Let go of the connection."""
        self._line.close()
