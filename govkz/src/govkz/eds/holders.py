"""Name the invented holders of test certificates as NUCA names its own (subject of a certificate)."""

from dataclasses import dataclass

from govkz.eds import issuance, oids

COUNTRY = (oids.COUNTRY, "KZ")


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person as a certificate names one."""

    surname: str
    name: str
    iin: str
    patronymic: str | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """An invented organisation as a certificate names one."""

    name: str
    bin: str


def person_name(person: Person, organisation: Organisation | None = None) -> bytes:
    """Write the name of a person, in an organisation where one is given."""
    parts = [
        (oids.COMMON_NAME, f"{person.surname} {person.name}".upper()),
        (oids.SURNAME, person.surname.upper()),
        (oids.SERIAL_NUMBER, f"IIN{person.iin}"),
        COUNTRY,
    ]
    if person.patronymic:
        parts.append((oids.GIVEN_NAME, person.patronymic.upper()))
    if organisation:
        parts += organisation_parts(organisation)
    return issuance.name(*parts)


def organisation_parts(organisation: Organisation) -> list[tuple[str, str]]:
    """Give the attributes of an organisation."""
    return [(oids.ORGANISATION, organisation.name), (oids.ORGANISATIONAL_UNIT, f"BIN{organisation.bin}")]
