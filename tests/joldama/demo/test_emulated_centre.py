"""The emulated centre over HTTP, asked by the very adapters of an installation."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from govkz.eds import Crl, Ocsp, Status, Trust, any_signer, certificates, timestamps, verify_cms
from govkz.eds.keep import Keep
from govkz.eds.ocsp import Standing
from govkz.eds.pki import Algorithm, Authority, Person
from joldama.adapters.centre.lists import PublishedLists
from joldama.adapters.centre.points import load_points
from joldama.adapters.centre.responder import HttpResponder
from joldama.adapters.centre.stamper import HttpStamper
from joldama.demo.centre.emulated import EmulatedCentre, points_of
from joldama.demo.centre.server import make_server
from joldama.signatures.models import ServiceKind

AT = datetime(2015, 9, 14, 4, 0, tzinfo=UTC)
AISHA = Person("Нұрланова", "Айша", "900115267840")


class Centre:
    """A centre that listens, and the adapters that ask it."""

    def __init__(self, folder: Path) -> None:
        self.keep, self.now = Keep(folder), AT
        self.keep.save(Authority.create(at=AT - timedelta(days=30)))
        self.server = make_server(0, EmulatedCentre(self.keep, now=lambda: self.now))
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        file = folder / "points.toml"
        file.write_text(points_of(self.address), encoding="utf-8")
        self.points = load_points("demo", file)
        self.lists = PublishedLists(self.points)

    def list_of(self, name: str) -> Crl:
        [point] = [one for one in self.lists.points() if one.name == name]
        published = self.lists.fetch(point, etag="", modified="", at=self.now)
        assert published is not None
        return Crl(published.der)


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    made = Centre(tmp_path)
    threading.Thread(target=made.server.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    made.lists.close()
    made.server.shutdown()
    made.server.server_close()


@pytest.mark.parametrize("algorithm", [Algorithm.RSA, Algorithm.GOST])
def test_a_certificate_is_good_until_it_is_revoked(centre: Centre, algorithm: Algorithm) -> None:
    authority = centre.keep.load()
    key = authority.person(AISHA, at=AT, algorithm=algorithm)
    issuer = Trust.of(*authority.certificates).path_of(certificates.read(key.certificate)).issuers[0]
    responder = HttpResponder(centre.points.ocsp)

    before = Ocsp(responder.ask(key.certificate, issuer.encoded, at=AT))
    authority.revoke(key, at=AT)
    centre.keep.save(authority)
    centre.now = AT + timedelta(minutes=1)
    after = Ocsp(responder.ask(key.certificate, issuer.encoded, at=centre.now))
    responder.close()

    assert [before.answers[0].standing, after.answers[0].standing] == [Standing.GOOD, Standing.REVOKED]


@pytest.mark.parametrize("word", ["rsa", "gost"])
def test_what_is_revoked_after_the_whole_list_stands_in_the_list_of_changes(
    centre: Centre, word: str
) -> None:
    authority = centre.keep.load()
    kind = Algorithm.RSA if word == "rsa" else Algorithm.GOST
    key = authority.person(AISHA, at=AT, algorithm=kind)
    whole = centre.list_of(f"nca_{word}")
    authority = centre.keep.load()
    authority.revoke(key, at=AT)
    centre.keep.save(authority)
    centre.now = AT + timedelta(minutes=1)

    delta = centre.list_of(f"nca_{word}.delta")

    certificate = certificates.read(key.certificate)
    assert (whole.revoked_at(certificate), delta.revoked_at(certificate)) == (None, AT)
    assert delta.completes(whole)
    message = key.sign(b"content", at=centre.now)
    trust = Trust.of(*centre.keep.load().certificates)
    found = [
        verify_cms(message, trust=trust, crls=crls, at=centre.now, policy=any_signer()).report.status
        for crls in ([whole], [whole, delta])
    ]
    assert found == [Status.PASSED, Status.FAILED]


def test_a_list_is_not_sent_twice_while_it_is_the_same(centre: Centre) -> None:
    point = next(one for one in centre.lists.points() if one.kind is ServiceKind.LIST)
    first = centre.lists.fetch(point, etag="", modified="", at=AT)
    assert first is not None
    assert first.etag

    again = centre.lists.fetch(point, etag=first.etag, modified=first.modified, at=AT)
    centre.now = AT + timedelta(hours=7)
    later = centre.lists.fetch(point, etag=first.etag, modified=first.modified, at=centre.now)

    assert again is None
    assert later is not None


def test_a_signature_is_stamped(centre: Centre) -> None:
    stamper = HttpStamper(centre.points.tsp)

    token = timestamps.read(stamper.stamp(b"the value of a signature", at=AT))
    stamper.close()

    assert token.at == AT


def test_the_root_publishes_its_list_and_certificates_are_handed_out(centre: Centre) -> None:
    assert (
        centre.list_of("root_gost").revoked_at(certificates.read(centre.keep.load().gost.issuing.certificate))
        is None
    )
    handed = httpx.get(f"{centre.address}/cert/nca_rsa.cer", trust_env=False)
    assert handed.content == centre.keep.load().issuing.certificate


def test_elsewhere_nothing_is_said_and_nothing_large_is_read(centre: Centre) -> None:
    assert httpx.get(f"{centre.address}/private/root.key", trust_env=False).status_code == 404
    assert httpx.post(f"{centre.address}/else", content=b"x", trust_env=False).status_code == 404
    large = httpx.post(f"{centre.address}/ocsp/", content=b"x" * 300_000, trust_env=False)
    assert large.status_code == 413


def test_garbage_is_answered_and_the_centre_goes_on(centre: Centre) -> None:
    for path in ("/ocsp/", "/tsp/"):
        for body in (b"", b"garbage", b"0" * 1000):
            assert httpx.post(f"{centre.address}{path}", content=body, trust_env=False).status_code == 200
