"""How long it takes to verify one signed application, as a multiple of one raw RSA-2048 verification."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import perf_counter

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from govkz.eds import Crl, RsaKey, Status, Trust, individual, pki, verify_cms

AT = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
PERSON = pki.Person("Ахметов", "Ерлан", "500115100015", "Бекболатұлы")
PEOPLE = 50
APPLICATION_BYTES = 3_000
ROUNDS = 10
GOAL = 12.0


def run() -> dict[str, float]:
    """Measure a known signer, one seen for the first time, and one raw verification; the best of ten rounds.

    The authority's path and list are known in both cases, as they are in a running installation.
    """
    authority = pki.Authority.create(at=AT - timedelta(days=1))
    people = [authority.person(PERSON, at=AT) for _ in range(PEOPLE)]
    content = bytes(APPLICATION_BYTES)
    messages = [person.sign(content, at=AT) for person in people]
    crl = Crl(authority.crl(at=AT))

    def verify(trust: Trust) -> None:
        for message in messages:
            done = verify_cms(message, trust=trust, crls=[crl], at=AT, policy=individual(PERSON.iin))
            assert done.report.status is Status.PASSED

    raw = min(_seconds(_raw(people[0].key, content)) for _ in range(ROUNDS))
    known = Trust.of(*authority.certificates)
    again = min(_seconds(lambda: verify(known)) for _ in range(ROUNDS))
    first = min(_seconds(lambda trust=trust: verify(trust)) for trust in _warm(authority))
    return {
        "raw_us": raw * 1e6 / PEOPLE,
        "known_signer_us": again * 1e6 / PEOPLE,
        "known_signer_ratio": again / raw,
        "new_signer_us": first * 1e6 / PEOPLE,
        "new_signer_ratio": first / raw,
        "goal_ratio": GOAL,
    }


def _warm(authority: pki.Authority) -> list[Trust]:
    """Make trusts that know the authority's path and none of the people."""
    trusts = [Trust.of(*authority.certificates) for _ in range(ROUNDS)]
    for trust in trusts:
        trust.path_of(trust.intermediates[0])
    return trusts


def _raw(key: RsaKey, content: bytes) -> Callable[[], None]:
    public, signature = key.key.public_key(), key.sign(content)

    def verify() -> None:
        for _ in range(PEOPLE):
            public.verify(signature, content, PKCS1v15(), SHA256())

    return verify


def _seconds(work: Callable[[], None]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


if __name__ == "__main__":
    for word, value in run().items():
        print(f"{word:<20}{value:10.1f}")
