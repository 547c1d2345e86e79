"""The certification centre of the tests: answers, publishes and stamps for the tests' authority, or is silent."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from tests.factories import pki

from govkz.eds import certificates, ocsp, timestamps
from govkz.eds.responding import Responder
from govkz.eds.stamping import Stamper
from joldama.signatures import ports
from joldama.signatures.models import Fault, ServiceKind
from joldama.signatures.ports import Point, Published, Services, ServiceSilent


class FakeLists:
    """Implements signatures.ports.RevocationLists: the list of each hierarchy, made when it is fetched."""

    def __init__(self) -> None:
        self.fault: Fault | None = None
        self.asked = 0

    def points(self) -> tuple[Point, ...]:
        """Name them."""
        words = [hierarchy.word for hierarchy in pki.authority().hierarchies]
        return tuple(Point(word, ServiceKind.LIST, f"http://{word}.example/") for word in words)

    def fetch(self, point: Point, *, etag: str, modified: str, at: datetime) -> Published | None:
        """Make the list of this moment."""
        self.asked += 1
        if self.fault:
            raise ServiceSilent(self.fault)
        [made] = [one for one in pki.authority().hierarchies if one.word == point.name]
        return Published(made.crl(at=at))


class FakeResponder:
    """Implements signatures.ports.OcspResponder for the tests' authority."""

    def __init__(self) -> None:
        self.fault: Fault | None = None
        self.asked = 0

    def point(self) -> Point:
        """Name the service."""
        return Point("ocsp", ServiceKind.OCSP, "http://ocsp.example/")

    def ask(self, certificate: bytes, issuer: bytes, *, at: datetime) -> bytes:
        """Answer as the authority's responder."""
        self.asked += 1
        if self.fault:
            raise ServiceSilent(self.fault)
        question = ocsp.ask(certificates.read(certificate), certificates.read(issuer))
        responder = Responder(pki.authority(), pki.responder())
        return ocsp.receive(responder.answer(question.encoded, at=at), to=question, at=at).encoded


class FakeStamper:
    """Implements signatures.ports.TimeStamper for the tests' authority."""

    def __init__(self) -> None:
        self.fault: Fault | None = None
        self.asked = 0

    def point(self) -> Point:
        """Name the service."""
        return Point("tsp", ServiceKind.TSP, "http://tsp.example/")

    def stamp(self, signature: bytes, *, at: datetime) -> bytes:
        """Stamp as the authority's stamper."""
        self.asked += 1
        if self.fault:
            raise ServiceSilent(self.fault)
        query = timestamps.ask(signature)
        answer = Stamper(pki.stamper()).answer(query.encoded, at=at)
        return timestamps.receive(answer, to=query, at=at).encoded


class FakeCentre:
    """The three services; each is silent for as long as its `fault` says."""

    def __init__(self) -> None:
        self.lists = FakeLists()
        self.responder = FakeResponder()
        self.stamper = FakeStamper()

    def falls_silent(self) -> None:
        """Nothing of it answers."""
        for service in (self.lists, self.responder, self.stamper):
            service.fault = Fault.SILENT

    def answers(self) -> None:
        """All of it answers."""
        for service in (self.lists, self.responder, self.stamper):
            service.fault = None


@contextmanager
def wired(centre: FakeCentre) -> Iterator[FakeCentre]:
    """Have the worker ask this centre; afterwards whom it asked before."""
    before = ports.services()
    ports.wire(Services("demo", centre.lists, centre.responder, centre.stamper))
    try:
        yield centre
    finally:
        ports.wire(before)
