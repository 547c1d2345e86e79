"""One of each format that a stranger may hand in, how it is judged, and which of its bytes are signed."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from tests.govkz.eds import xml_mutants
from tests.govkz.eds.town import AISHA, AT, Town

from govkz.eds import (
    Malformed,
    Status,
    amending,
    any_signer,
    certificates,
    cms,
    der,
    individual,
    ocsp,
    pkcs12,
    sign_soap,
    sign_xml,
    timestamps,
    verify_certificate,
    verify_cms,
    verify_soap,
    verify_xml,
)
from govkz.eds.judgement import Circumstances
from govkz.eds.passwords import WrongPassword
from govkz.eds.responding import Responder
from govkz.eds.stamping import Stamper

CONTENT = b"<application purpose='application'>" + bytes(range(256)) + b"</application>"
DOCUMENT = "<application purpose='work'><name>Айша</name><iin>500520200012</iin>\n</application>".encode()
ENVELOPE = (
    b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">'
    b"<s:Body><ask><iin>500520200012</iin><since>2026</since></ask></s:Body></s:Envelope>"
)
PASSWORD = "Qwerty12"
HOUR = timedelta(hours=1)

_LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


@dataclass(frozen=True)
class Outcome:
    """Whether something passed, and what was learnt from it: content, signers, moments."""

    passed: bool
    learnt: object = None


@dataclass(frozen=True)
class Format:
    """A file of one format; `signed` are the places of the bytes that a signature, or a MAC, is over."""

    name: str
    original: bytes
    judge: Callable[[bytes], Outcome]
    signed: tuple[range, ...]
    is_text: bool = False

    def mutants(self, count: int, *, seed: int) -> Iterator[bytes]:
        """Change the file at random places in random ways; a change that leaves it as it was is none."""
        change = xml_mutants.mutants if self.is_text else mutants
        return (mutant for mutant in change(self.original, count, seed=seed) if mutant != self.original)

    def forgeries(self, count: int, *, seed: int) -> Iterator[bytes]:
        """Change one to three signed bytes; in a text letters and digits, since XML has two ways to write much."""
        chance = random.Random(seed)
        places = [place for part in self.signed for place in part]
        if self.is_text:
            places = [place for place in places if self.original[place] in _LETTERS]
        for _ in range(count):
            changed = bytearray(self.original)
            for place in chance.sample(places, chance.randint(1, 3)):
                others = _LETTERS if self.is_text else bytes(range(256))
                changed[place] = chance.choice(others.replace(changed[place : place + 1], b""))
            yield bytes(changed)


def mutants(original: bytes, count: int, *, seed: int) -> Iterator[bytes]:
    """Change, drop, insert or swap bytes at random places, one to three times."""
    chance = random.Random(seed)
    for _ in range(count):
        changed = bytearray(original)
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(len(changed))
            match chance.randrange(5):
                case 0:
                    changed[place] = chance.randrange(256)
                case 1:
                    changed[place] ^= 1 << chance.randrange(8)
                case 2:
                    del changed[place : place + chance.randint(1, 4)]
                case 3:
                    changed[place:place] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 4)))
                case 4:
                    other = chance.randrange(len(changed))
                    changed[place], changed[other] = changed[other], changed[place]
        yield bytes(changed)


def formats(town: Town) -> list[Format]:
    """Make one of each, by RSA and by GOST."""
    stamped, both = _stamped(town), _two_signers(town)
    found = [
        _message(town, "cms-rsa", town.person.sign(CONTENT, at=AT)),
        _message(town, "cms-gost", town.gost_person.sign(CONTENT, at=AT)),
        _message(town, "cms-stamped", stamped),
        _message(town, "cms-two-signers", both),
        _token(town, "tsp-rsa", stamped),
    ]
    for word, who, lost in (
        ("rsa", town.person, town.revoked),
        ("gost", town.gost_person, town.gost_revoked),
    ):
        authority = town.authority if word == "rsa" else town.authority.gost
        found += [
            _document(town, f"xml-{word}", sign_xml(DOCUMENT, key=who.key, certificate=who.certificate)),
            _soap(town, f"soap-{word}", sign_soap(ENVELOPE, key=who.key, certificate=who.certificate)),
            _certificate(town, f"certificate-{word}", who.certificate),
            _list(town, f"crl-{word}", who, lost, town.crl if word == "rsa" else town.gost_crl),
            _answer(town, f"ocsp-{word}", who, authority),
            _key_store(f"p12-{word}", pkcs12.write(who.key, who.certificate, password=PASSWORD)),
        ]
    return found


def _stamped(town):
    """Give a message that passes by its stamp alone: without one, whoever takes the stamp off changes the moment."""
    at = AT - HOUR
    message = town.expired.sign(CONTENT, at=at)
    query = timestamps.ask(amending.signatures_in(message)[0])
    answer = Stamper(town.authority.stamper(at=at)).answer(query.encoded, at=at)
    return amending.add_timestamp(message, timestamps.receive(answer, to=query, at=at).encoded)


def _two_signers(town):
    message, other = town.person.sign(CONTENT, at=AT), town.gost_person
    return amending.add_signer(message, key=other.key, certificate=other.certificate, at=AT)


def _learnt(verification):
    signers = [
        (one.iin, one.bin, one.name, one.serial, one.role, one.signed_at, one.timestamp)
        for one in verification.report.signers
    ]
    return Outcome(verification.report.status is Status.PASSED, (verification.content, signers))


def _by(town):
    return {"trust": town.trust, "crls": town.crls, "at": AT + HOUR, "policy": individual(AISHA.iin)}


def _message(town, name, original):
    message = cms.read(original)
    parts = [message.content, *(certificates.read(found).tbs for found in message.certificates)]
    # What is signed is the SET OF, which is written with another tag.
    parts += [signer.signed[1:] for signer in message.signers]
    return Format(
        name,
        original,
        lambda blob: _learnt(verify_cms(blob, **_by(town))),
        tuple(_places(original, part) for part in parts),
    )


def _document(town, name, original):
    root = original.index(b"<application")
    parts = (range(root, original.index(b"<ds:Signature")), _inside(original, b"ds:SignedInfo"))
    return Format(name, original, lambda blob: _learnt(verify_xml(blob, **_by(town))), parts, is_text=True)


def _soap(town, name, original):
    parts = (_inside(original, b"s:Body"), _inside(original, b"ds:SignedInfo"))
    return Format(name, original, lambda blob: _learnt(verify_soap(blob, **_by(town))), parts, is_text=True)


def _certificate(town, name, original):
    def judge(blob):
        report = verify_certificate(blob, **_by(town))
        signers = [(one.iin, one.name, one.serial, one.role) for one in report.signers]
        return Outcome(report.status is Status.PASSED, signers)

    return Format(name, original, judge, (_places(original, certificates.read(original).tbs),))


def _list(town, name, person, lost, original):
    def judge(blob):
        by = {**_by(town), "crls": [blob]}
        good = verify_certificate(person.certificate, **by)
        bad = verify_certificate(lost.certificate, **by)
        # Nobody who was revoked may pass, and what is known of others is what the list said.
        passed = Status.PASSED in (good.status, bad.status)
        return Outcome(passed, (good.signers[0].revocation, good.status, bad.status))

    tbs = der.parse(original).children()[0].encoded
    return Format(name, original, judge, (_places(original, tbs),))


def _answer(town, name, person, authority):
    question = ocsp.ask(
        certificates.read(person.certificate), certificates.read(authority.issuing.certificate)
    )
    original = Responder(authority, authority.responder(at=AT)).answer(question.encoded, at=AT)

    def judge(blob):
        report = verify_certificate(person.certificate, **{**_by(town), "crls": [], "ocsps": [blob]})
        return Outcome(report.status is Status.PASSED, report.signers[0].revocation)

    (response,) = der.parse(original).children()[1].children()
    basic = der.parse(der.octets(response.children()[1])).children()
    return Format(name, original, judge, (_places(original, basic[0].encoded),))


def _token(town, name, message):
    (signer,) = cms.read(message).signers
    (original,) = signer.timestamps
    by = Circumstances(town.trust, (), AT + HOUR, any_signer())

    def judge(blob):
        stamp = timestamps.judge(blob, over=signer.signature, circumstances=by)
        return Outcome(stamp.at is not None, stamp.at)

    token = timestamps.read(original)
    parts = (token.content, token.message.signers[0].signed[1:])
    return Format(name, original, judge, tuple(_places(original, part) for part in parts))


def _key_store(name, original):
    def judge(blob):
        try:
            store = pkcs12.read(blob, PASSWORD)
        except (Malformed, WrongPassword):
            return Outcome(False)
        return Outcome(True, (store.private_key, store.certificate, store.certificates, store.name))

    safe = der.octets(der.parse(original).children()[1].children()[1].children()[0])
    return Format(name, original, judge, (_places(original, safe),))


def _places(original, part):
    start = original.index(part)
    return range(start, start + len(part))


def _inside(original, name):
    start = original.index(b"<" + name)
    return range(start + 1 + len(name), original.index(b"</" + name))
