"""How long it takes to verify one signed application, as a multiple of one raw verification with the same key.

For RSA the raw verification is the one of the cryptography library; for GOST 34.10-2015 (512 bit) that of each
arithmetic this machine has: Nettle, gmpy2, plain Python. Beside it, how long another thread is held up meanwhile.
"""

import hashlib
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from time import perf_counter, sleep

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from govkz.eds import (
    Crl,
    GostKey,
    Ocsp,
    RsaKey,
    Status,
    Trust,
    amending,
    certificates,
    gost,
    individual,
    ocsp,
    pki,
    timestamps,
    verify_cms,
)
from govkz.eds.gost import public_keys, signatures
from govkz.eds.pki import Algorithm
from govkz.eds.responding import Responder
from govkz.eds.stamping import Stamper

AT = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
PERSON = pki.Person("Ахметов", "Ерлан", "500115100015", "Бекболатұлы")
APPLICATION_BYTES = 3_000
LARGE_APPLICATION_BYTES = 10_000
ROUNDS = 10
GOAL = 12.0
# Many short rounds: the best of them is one in which nothing else ran. One GOST verification is a round of its own.
PEOPLE = 10
MEASURED = {"rsa": 60, "nettle": 200, "gmpy2": 60, "python": 30}
WATCHED = timedelta(seconds=2)
_LONG = bytes(1_000_000)


def run() -> dict[str, float]:
    """Measure a known signer, one seen for the first time, and one raw verification; the best of many rounds.

    The authority's path and list are known in both cases, as they are in a running installation. For RSA also a
    known signer by an OCSP answer that was never seen, and one with a time stamp. `load` is the machine's at the end.
    """
    figures = by_rsa() | _in_time(MEASURED["rsa"])
    figures["goal_ratio"] = GOAL
    for name in gost.available():
        with _reckoned_by(name):
            told = _measured(Algorithm.GOST, MEASURED[name], 1)
            told |= _held_up()
        figures |= {f"gost_{name}_{word}": value for word, value in told.items()}
    figures["load"] = os.getloadavg()[0]
    return figures


def by_rsa() -> dict[str, float]:
    """Measure only a known and a new signer by RSA."""
    return _measured(Algorithm.RSA, MEASURED["rsa"], PEOPLE)


def _measured(algorithm: Algorithm, rounds: int, count: int) -> dict[str, float]:
    authority = pki.Authority.create(at=AT - timedelta(days=1))
    people = [authority.person(PERSON, at=AT, algorithm=algorithm) for _ in range(count)]
    content = bytes(APPLICATION_BYTES)
    messages = [person.sign(content, at=AT) for person in people]
    crls = [Crl(crl) for crl in authority.crls(at=AT)]

    def verify(trust: Trust) -> None:
        for message in messages:
            done = verify_cms(message, trust=trust, crls=crls, at=AT, policy=individual(PERSON.iin))
            assert done.report.status is Status.PASSED

    raw = min(_seconds(_raw(people[0], content, count)) for _ in range(rounds))
    known = Trust.of(*authority.certificates)
    again = min(_seconds(lambda: verify(known)) for _ in range(rounds))
    first = min(_seconds(lambda trust=trust: verify(trust)) for trust in _warm(authority, rounds))
    return {
        "raw_us": raw * 1e6 / count,
        "known_signer_us": again * 1e6 / count,
        "known_signer_ratio": again / raw,
        "new_signer_us": first * 1e6 / count,
        "new_signer_ratio": first / raw,
    }


def _in_time(rounds: int) -> dict[str, float]:
    authority = pki.Authority.create(at=AT - timedelta(days=1))
    person, trust = authority.person(PERSON, at=AT), Trust.of(*authority.certificates)
    message = person.sign(bytes(APPLICATION_BYTES), at=AT)
    question = ocsp.ask(
        certificates.read(person.certificate), certificates.read(authority.issuing.certificate)
    )
    answer = Responder(authority, authority.responder(at=AT)).answer(question.encoded, at=AT)
    query = timestamps.ask(amending.signatures_in(message)[0])
    response = Stamper(authority.stamper(at=AT)).answer(query.encoded, at=AT)
    token = timestamps.receive(response, to=query, at=AT).encoded
    stamped, crl = amending.add_timestamp(message, token), Crl(authority.crl(at=AT))

    def verify(message: bytes, *, crls: tuple[Crl, ...] = (), ocsps: tuple[Ocsp, ...] = ()) -> None:
        policy = individual(PERSON.iin)
        done = verify_cms(message, trust=trust, crls=crls, ocsps=ocsps, at=AT, policy=policy)
        assert done.report.status is Status.PASSED

    raw = min(_seconds(_raw(person, message, PEOPLE)) for _ in range(rounds)) / PEOPLE
    by_answer = min(_seconds(lambda: verify(message, ocsps=(Ocsp(answer),))) for _ in range(rounds * PEOPLE))
    by_stamp = min(_seconds(lambda: verify(stamped, crls=(crl,))) for _ in range(rounds * PEOPLE))
    return {
        "with_new_answer_us": by_answer * 1e6,
        "with_new_answer_ratio": by_answer / raw,
        "with_stamp_us": by_stamp * 1e6,
        "with_stamp_ratio": by_stamp / raw,
    }


def _warm(authority: pki.Authority, rounds: int) -> list[Trust]:
    """Make trusts that know the authority's paths and none of the people."""
    trusts = [Trust.of(*authority.certificates) for _ in range(rounds)]
    for trust in trusts:
        for issuing in trust.intermediates:
            trust.path_of(issuing)
    return trusts


def _raw(person: pki.Identity, content: bytes, count: int) -> Callable[[], None]:
    """Give what verifies one signature so many times and does nothing else; the digest of GOST is known."""
    key, signature = person.key, person.key.sign(content)
    if isinstance(key, RsaKey):
        public = key.key.public_key()
        return _times(count, lambda: public.verify(signature, content, PKCS1v15(), SHA256()))
    assert isinstance(key, GostKey)
    known, digest = public_keys.read(key.public_info), key.scheme.digest.of(content)
    assert isinstance(known, public_keys.GostPublicKey)
    return _times(
        count, lambda: signatures.holds(signature, over=digest, by=known.point, curve=known.scheme.curve)
    )


def _times(count: int, work: Callable[[], object]) -> Callable[[], None]:
    def repeated() -> None:
        for _ in range(count):
            work()

    return repeated


def _held_up() -> dict[str, float]:
    """Measure how late another thread comes to its turn while applications of 10 KB are verified, new signers each.

    The other thread asks for its turn every millisecond. `unlocked` is its lateness beside as much work that never
    holds the interpreter's lock (a long SHA-256): what is above it is the lock's.
    """
    authority = pki.Authority.create(at=AT - timedelta(days=1))
    person = authority.person(PERSON, at=AT, algorithm=Algorithm.GOST)
    message = person.sign(bytes(LARGE_APPLICATION_BYTES), at=AT)
    crls = [Crl(crl) for crl in authority.crls(at=AT)]
    (trust,) = _warm(authority, 1)
    verify_cms(message, trust=trust, crls=crls, at=AT, policy=individual(PERSON.iin))

    def verify() -> None:
        verify_cms(message, trust=trust, crls=crls, at=AT, policy=individual(PERSON.iin))

    alone = min(_seconds(verify) for _ in range(ROUNDS))
    unlocked, busy = _lateness(lambda: hashlib.sha256(_LONG).digest()), _lateness(verify)
    return {
        "10kb_ms": alone * 1e3,
        "unlocked_late_p99_ms": _at_99(unlocked),
        "other_thread_late_p99_ms": _at_99(busy),
        "other_thread_late_max_ms": max(busy),
        "limit_ms": sys.getswitchinterval() * 1e3,
    }


def _lateness(work: Callable[[], object]) -> list[float]:
    """Give by how many milliseconds each turn of another thread came late while the work was done over and over."""
    late: list[float] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            began = perf_counter()
            sleep(0.001)
            late.append((perf_counter() - began - 0.001) * 1e3)

    other = threading.Thread(target=ask)
    other.start()
    until = perf_counter() + WATCHED.total_seconds()
    while perf_counter() < until:
        work()
    done.set()
    other.join()
    return late


def _at_99(values: list[float]) -> float:
    return sorted(values)[len(values) * 99 // 100]


@contextmanager
def _reckoned_by(name: str) -> Iterator[None]:
    before = os.environ.get(gost.VARIABLE)
    os.environ[gost.VARIABLE] = name
    try:
        yield
    finally:
        del os.environ[gost.VARIABLE]
        if before is not None:
            os.environ[gost.VARIABLE] = before


def _seconds(work: Callable[[], None]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


if __name__ == "__main__":
    for word, value in run().items():
        print(f"{word:<40}{value:10.2f}")
