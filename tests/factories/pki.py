"""The certification centre of the tests: its certificates hold through all scenarios."""

from datetime import UTC, datetime, timedelta
from functools import cache

from govkz.eds.pki import Authority, Identity, Organisation, Person
from govkz.eds.reports import Role

FROM = datetime(2014, 1, 1, tzinfo=UTC)
UNTIL = datetime(2029, 1, 1, tzinfo=UTC)


@cache
def authority() -> Authority:
    """Give a centre whose certificates hold through all scenarios (2015-2028)."""
    return Authority.create(at=FROM, until=UNTIL)


@cache
def person(iin: str, *, surname: str = "Нұрланова", name: str = "Айша", **dates: datetime) -> Identity:
    """Issue a natural person's certificate."""
    window = {"at": FROM, "until": UNTIL, **dates}
    return authority().person(Person(surname, name, iin), **window)


@cache
def official(iin: str, office_bin: str, *, role: Role = Role.HEAD) -> Identity:
    """Issue an official's certificate."""
    return authority().official(
        Person("Сәрсенов", "Қайрат", iin),
        Organisation("Басқарма", office_bin),
        role=role,
        at=FROM,
        until=UNTIL,
    )


def revocation_list(at: datetime, *, life: timedelta = timedelta(days=7)) -> bytes:
    """Make the list as it was published at a moment."""
    return authority().crl(at=at, until=at + life)


@cache
def responder() -> Identity:
    """Issue the certificate of the centre's OCSP responder."""
    return authority().responder(at=FROM, until=UNTIL)


@cache
def stamper() -> Identity:
    """Issue the certificate of the centre's time-stamping authority."""
    return authority().stamper(at=FROM, until=UNTIL)
