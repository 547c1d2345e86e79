"""The invented people and offices of a demonstration, as shipped in people.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from joldama.standard.documents import DocumentKind, Holder
from joldama.standard.names import PersonName
from joldama.standard.office_kinds import OfficeKind
from joldama.standard.roles import Role

_FILE = Path(__file__).with_name("people.toml")


@dataclass(frozen=True, kw_only=True)
class DemoOffice:
    """An office of the scenarios with its one place; `kind` of a provider only."""

    slug: str
    code: str
    body: OfficeKind = OfficeKind.PROVIDER
    kind: str | None = None
    territory: str
    bin: str
    kk: str
    ru: str
    en: str
    zone: str
    address_kk: str
    address_ru: str
    address_en: str
    phone: str
    windows: int


@dataclass(frozen=True, kw_only=True)
class DemoStaff:
    """An official; `office` is the slug of his office, empty for an administrator and 1414."""

    login: str
    role: Role
    office: str
    surname: str
    given_name: str
    patronymic: str
    iin: str
    position_kk: str
    position_ru: str
    position_en: str
    order: str = ""

    @property
    def key(self) -> str:
        """Name of the identity with which he signs."""
        return self.login.replace(".", "-")

    @property
    def name(self) -> PersonName:
        return PersonName(surname=self.surname, given_name=self.given_name, patronymic=self.patronymic)


@dataclass(frozen=True, kw_only=True)
class DemoApplicant:
    """A recipient and the identity document the demo register knows of him."""

    slug: str
    surname: str
    given_name: str
    patronymic: str
    iin: str
    born_on: date
    holder: Holder
    is_oralman: bool
    territory: str
    document_kind: DocumentKind
    document_number: str
    document_issuer: str
    document_issued_on: date
    document_valid_until: date

    @property
    def name(self) -> PersonName:
        return PersonName(surname=self.surname, given_name=self.given_name, patronymic=self.patronymic)


@dataclass(frozen=True, kw_only=True)
class DemoTrader:
    """A sole trader, who employs under his own IIN; `office` is the slug of the one that keeps his opening."""

    slug: str
    office: str
    surname: str
    given_name: str
    patronymic: str
    iin: str

    @property
    def name(self) -> PersonName:
        return PersonName(surname=self.surname, given_name=self.given_name, patronymic=self.patronymic)


@dataclass(frozen=True)
class DemoPeople:
    """Everybody of the demonstration."""

    offices: tuple[DemoOffice, ...]
    staff: tuple[DemoStaff, ...]
    applicants: tuple[DemoApplicant, ...]
    traders: tuple[DemoTrader, ...] = ()

    @property
    def providers(self) -> tuple[DemoOffice, ...]:
        """The offices that give the service."""
        return tuple(office for office in self.offices if office.body is OfficeKind.PROVIDER)

    def office(self, slug: str) -> DemoOffice:
        return next(office for office in self.offices if office.slug == slug)

    def official(self, login: str) -> DemoStaff:
        return next(official for official in self.staff if official.login == login)

    def applicant(self, slug: str) -> DemoApplicant:
        return next(applicant for applicant in self.applicants if applicant.slug == slug)


@cache
def demo_people() -> DemoPeople:
    """Read the shipped people."""
    shipped = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return DemoPeople(
        offices=tuple(office_of(row) for row in shipped["offices"]),
        staff=tuple(DemoStaff(**{**row, "role": Role(row["role"])}) for row in shipped["staff"]),
        applicants=tuple(applicant_of(row) for row in shipped["applicants"]),
        traders=tuple(DemoTrader(**row) for row in shipped["traders"]),
    )


def office_of(row: dict[str, Any]) -> DemoOffice:
    """Read an office as it is stored."""
    return DemoOffice(**{**row, "body": OfficeKind(row.get("body", OfficeKind.PROVIDER))})


def password_of(login: str) -> str:
    """Give the password everybody may know: it opens a demonstration only."""
    return f"demo-{login}"


def applicant_of(row: dict[str, Any]) -> DemoApplicant:
    """Read an applicant as he is stored."""
    days = {
        name: date.fromisoformat(str(row[name]))
        for name in ("born_on", "document_issued_on", "document_valid_until")
    }
    kinds = {"holder": Holder(row["holder"]), "document_kind": DocumentKind(row["document_kind"])}
    return DemoApplicant(**{**row, **days, **kinds})
