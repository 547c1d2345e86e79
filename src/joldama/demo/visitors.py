"""Invented visitors beyond the shipped people: each guided run may send somebody new.

They live in a file of the demonstration's data folder, which the register and the signer read.
"""

import json
import os
import secrets
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from govkz.iin import InvalidIin, parse
from joldama.demo.people import DemoApplicant, applicant_of, demo_people
from joldama.standard.documents import DocumentKind, Holder

_NAMES = (
    ("Әбенов", "Самат", "Ержанұлы", True),
    ("Базарбаева", "Гүлнар", "Оразқызы", False),
    ("Досов", "Әлихан", "Тимурұлы", True),
    ("Есімова", "Ботагөз", "Қайратқызы", False),
    ("Жақсылықов", "Рүстем", "Асқарұлы", True),
    ("Кенжебаева", "Үміт", "Саматқызы", False),
    ("Мұратов", "Бауыржан", "Серікұлы", True),
    ("Оспанова", "Әйгерім", "Нұрланқызы", False),
)


def applicants(folder: Path) -> tuple[DemoApplicant, ...]:
    """Give the shipped applicants and the visitors."""
    return (*demo_people().applicants, *_visitors(folder))


def new_visitor(folder: Path, *, born: int | None = None) -> DemoApplicant:
    """Invent a citizen with an ID card, born in a year where one is named, and remember him."""
    known = _visitors(folder)
    surname, given_name, patronymic, is_male = _NAMES[len(known) % len(_NAMES)]
    born_on = date(born or 1960 + secrets.randbelow(45), 1 + secrets.randbelow(12), 1 + secrets.randbelow(28))
    visitor = replace(
        demo_people().applicant("citizen-card"),
        slug=f"visitor-{len(known) + 1}",
        surname=surname,
        given_name=given_name,
        patronymic=patronymic,
        iin=_number(born_on, is_male=is_male),
        born_on=born_on,
        holder=Holder.CITIZEN,
        document_kind=DocumentKind.ID_CARD_KZ,
        document_number=f"04{secrets.randbelow(10**7):07d}",
    )
    _keep(folder, (*known, visitor))
    return visitor


def _keep(folder: Path, visitors: tuple[DemoApplicant, ...]) -> None:
    """Write whole or not at all: the register and the signer read while this is written."""
    file = _file(folder)
    draft = file.with_name(f"{file.name}.{os.getpid()}.new")
    draft.write_text(json.dumps([_plain(one) for one in visitors], ensure_ascii=False))
    draft.replace(file)


def _visitors(folder: Path) -> tuple[DemoApplicant, ...]:
    try:
        return tuple(applicant_of(row) for row in json.loads(_file(folder).read_text()))
    except FileNotFoundError:
        return ()


def _number(born_on: date, *, is_male: bool) -> str:
    """Make a number of a person born in the 1800s, which nobody living has, with a fitting check digit."""
    while True:
        stem = f"{born_on:%y%m%d}{1 if is_male else 2}{secrets.randbelow(10_000):04d}"
        for last in "0123456789":
            try:
                return str(parse(stem + last))
            except InvalidIin:
                continue


def _plain(applicant: DemoApplicant) -> dict[str, object]:
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(applicant).items()}


def _file(folder: Path) -> Path:
    return folder / "demo-visitors.json"
