"""The words of a paper in the order in which they are read, Kazakh and Russian side by side."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urljoin

from joldama.adapters.printing.papers import Bilingual, Copy, Print, ReferralPrint, RefusalPrint
from joldama.adapters.printing.qr import qr_code
from joldama.adapters.printing.sheet import Attachment, Check, Demo, Entry, Office, Row, Said, Sheet, Slip
from joldama.standard import citations, moments, refusals, words
from joldama.standard.counting import Counted, Unit
from joldama.standard.editions import edition
from joldama.standard.kinds import DeclaredKind, ResultField
from joldama.standard.organisation_numbers import number_key
from joldama.standard.typography import NBSP, bound


def referral_sheet(paper: ReferralPrint, *, copy: Copy) -> Sheet:
    """Lay out a referral; of kind 6 a record of guidance, with neither employer nor slip (A9)."""
    has_slip = _declared(paper).is_referral
    return _sheet(
        paper,
        title=_both(_declared(paper).title_key),
        rows=tuple(_referral_rows(paper, copy)),
        check=_check(paper),
        law_kk=_law(paper.edition, "kk", link=_page(paper.verify_url)),
        law_ru=_law(paper.edition, "ru", link=_page(paper.verify_url)),
        slip_kk=_slip(paper, "kk") if has_slip else None,
        slip_ru=_slip(paper, "ru") if has_slip else None,
    )


def _declared(paper: ReferralPrint) -> DeclaredKind:
    """Give what the edition of the case says of the kind."""
    return edition(paper.edition).declared(paper.kind)


def refusal_sheet(paper: RefusalPrint) -> Sheet:
    """Lay out a reasoned refusal: ground, basis, reasons, what to do next."""
    return _sheet(
        paper,
        title=_both("paper.refusal.title"),
        rows=tuple(_refusal_rows(paper)),
        check=None,
        law_kk=_law(paper.edition, "kk"),
        law_ru=_law(paper.edition, "ru"),
    )


ROOMY = 1240
"""Letters beside the printed form with which a paper without a slip is one page in larger letters, too."""


def _sheet(paper: Print, **said: Any) -> Sheet:
    sheet = Sheet(**_common(paper), **said)
    return replace(sheet, is_roomy=sheet.slip_kk is None and _letters(sheet) <= ROOMY)


def _letters(sheet: Sheet) -> int:
    """Count what differs from paper to paper, in the language that takes more."""
    rows = sum(max(_length(row.kk), _length(row.ru) if row.ru else 0) for row in sheet.rows)
    offices = (sheet.office_kk, sheet.office_ru)
    return (
        rows
        + max(len(one.name) + len(one.address) for one in offices)
        + sum(map(len, (*sheet.signed_kk, *sheet.signed_ru)))
    )


def _length(entry: Entry) -> int:
    return len(entry.detail) + sum(len(str(said)) for said in entry.said)


def attached(cms: bytes | None) -> Attachment | None:
    """Put the signed decision into the paper."""
    return None if cms is None else Attachment(cms, words.say("paper.attachment", "kk"))


def _common(paper: Print) -> dict[str, Any]:
    issued_at = paper.issued_at.astimezone(paper.zone)
    return {
        "service": _both("paper.service"),
        "number": f"№{NBSP}{paper.number}",
        "moment": f"{moments.day_in_table(issued_at)}, {moments.clock(issued_at, aligned=True)}",
        "demo": _demo() if paper.is_demo else None,
        "office_kk": _office(paper, "kk"),
        "office_ru": _office(paper, "ru"),
        "signed_kk": tuple(_signed(paper, "kk")),
        "signed_ru": tuple(_signed(paper, "ru")),
        "signature": _both("paper.signature"),
        "official": bound(paper.official.short),
        "seal": _both("paper.seal_place"),
    }


@cache
def _demo() -> Demo:
    kk, ru, en = (words.say("demo.banner", language) for language in words.LANGUAGES)
    return Demo(kk, ru, en, " · ".join(words.say("paper.demo", language) for language in words.LANGUAGES))


def _office(paper: Print, side: str) -> Office:
    return Office(paper.office[side], bound(paper.address[side]), bound(", ".join(paper.phones)))


def _referral_rows(paper: ReferralPrint, copy: Copy) -> Iterator[Row]:
    yield _row(lambda side: _recipient(paper, side, is_masked=copy is Copy.ORGANISATION))
    if not _declared(paper).is_referral:
        yield from _across(paper, *_declared(paper).required, *_declared(paper).optional)
    else:
        yield _row(lambda side: _destination(paper, side))
        yield _row(lambda side: _occupation(paper, side))
        terms = [field for field in _TERMS if field in _declared(paper).optional and paper.fields.get(field)]
        if terms:
            yield _row(lambda side: Entry(tuple(_field(paper, field, side) for field in terms)))
    if paper.valid_until_on:
        yield _row(lambda side: _validity(paper.valid_until_on, side))


def _refusal_rows(paper: RefusalPrint) -> Iterator[Row]:
    yield _row(lambda side: _recipient(paper, side, is_masked=False))
    yield _row(lambda side: _ground(paper, side))
    yield Row(Entry((Said(_two_labels("label.refusal_reason"), bound(paper.reasons)),)), None)
    yield _row(lambda side: _next(paper, side))


_TERMS = (
    ResultField.START_ON,
    ResultField.DURATION,
    ResultField.WAGE,
    ResultField.STIPEND,
    ResultField.WORK_HOURS,
)


def _recipient(paper: Print, side: str, *, is_masked: bool) -> Entry:
    """Name the recipient; on the organisation's copy without birth date and whole IIN (A36)."""
    iin = f"••••{NBSP}••••{NBSP}{paper.iin[-4:]}" if is_masked else paper.iin
    told = [f"{words.say('label.iin', side)}{NBSP}{iin}"]
    if paper.born_on and not is_masked:
        told.append(f"{words.say('label.birth_date', side)}: {moments.day_in_table(paper.born_on)}")
    told.append(f"{words.say('label.application_number', side)}: {paper.application_number}")
    named = Said(_label("paper.referral.person", side, person="", iin=""), paper.recipient.full)
    return Entry((named,), detail=bound(". ".join(told)), is_large=True)


def _destination(paper: ReferralPrint, side: str) -> Entry:
    organisation, number, address, contact = (
        paper.fields.get(field, "")
        for field in (
            ResultField.ORGANISATION,
            ResultField.BIN,
            ResultField.WORKPLACE_ADDRESS,
            ResultField.CONTACT_PERSON,
        )
    )
    told = [f"{words.say(number_key(number), side)}{NBSP}{number}, {address}"]
    if contact:
        told.append(f"{words.say(ResultField.CONTACT_PERSON.text_key, side)}: {contact}")
    named = Said(_label("paper.referral.to", side, organisation="", bin="", address=""), bound(organisation))
    return Entry((named,), detail=bound(". ".join(told)), is_large=True)


def _occupation(paper: ReferralPrint, side: str) -> Entry:
    if not _declared(paper).needs_training_kind:
        return Entry((_field(paper, ResultField.OCCUPATION, side),), is_large=True)
    course = _field(paper, ResultField.COURSE, side)
    told = words.say("paper.referral.course", side, course="", training_kind=paper.training_kind)
    return Entry((course,), detail=bound(told.partition("; ")[2]), is_large=True)


def _validity(last_day: date | None, side: str) -> Entry:
    assert last_day is not None
    return Entry((Said(words.say("label.valid_until", side), bound(moments.day_on_paper(last_day, side))),))


def _ground(paper: RefusalPrint, side: str) -> Entry:
    ground = paper.ground
    basis = [citations.cite(ground.paragraph, side)] if ground.paragraph else []
    basis += [words.say(ground.act.text_key, side)] if ground.act else []
    named = Said(words.say("label.refusal_ground", side), bound(words.say(ground.name_key, side)))
    return Entry((named,), detail=bound("; ".join(basis)), is_large=True)


def _next(paper: RefusalPrint, side: str) -> Entry:
    label = _label("paper.refusal.next", side, next="")
    return Entry((Said(label, bound(refusals.what_next(paper.ground, side))),))


def _across(paper: ReferralPrint, *fields: ResultField) -> Iterator[Row]:
    """Free text stands once, across the sheet: it is written in one language."""
    for field in fields:
        if text := paper.fields.get(field):
            yield Row(Entry((Said(_two_labels(field.text_key), bound(text)),)), None)


def _field(paper: ReferralPrint, field: ResultField, side: str) -> Said:
    text = paper.fields.get(field, "")
    if field is ResultField.START_ON:
        text = moments.day_in_table(date.fromisoformat(text))
    return Said(words.say(field.text_key, side), bound(text))


def _row(entry: Callable[[str], Entry]) -> Row:
    return Row(entry("kk"), entry("ru"))


@cache
def _two_labels(key: str) -> str:
    return f"{words.say(key, 'kk')} / {words.say(key, 'ru')}"


def _label(key: str, side: str, **values: str) -> str:
    """Give what stands before the colon in a line of the form, «label: text»."""
    return words.say(key, side, **values).partition(":")[0]


def _signed(paper: Print, side: str) -> Iterator[str]:
    said = {
        "position": paper.position[side],
        "signer": paper.official.short,
        "signed_at": paper.issued_at.astimezone(paper.zone),
    }
    yield bound(words.say("paper.referral.signed_eds", side, **said))
    if paper.deputy_order:
        yield bound(words.say("paper.deputy_order", side, order=paper.deputy_order))
    sealed_at = paper.sealed_at.astimezone(paper.zone)
    yield bound(words.say("paper.referral.sealed", side, provider=paper.office[side], sealed_at=sealed_at))


def _check(paper: ReferralPrint) -> Check:
    return Check(
        qr=qr_code(paper.verify_url),
        alt=words.say("paper.qr", "kk"),
        label=Bilingual(
            kk=_label("paper.referral.control_code", "kk", code=""),
            ru=_label("paper.referral.control_code", "ru", code=""),
        ),
        letters=paper.control_code,
    )


def _page(address: str) -> str:
    """Give the address of a page without what it is asked."""
    return address.partition("?")[0]


@cache
def _law(edition_id: str, side: str, *, link: str | None = None) -> tuple[str, ...]:
    """Free of charge (R7.1-b), appeal, how it is checked, force on paper, the standard (R0.1-a), telephones."""
    in_force = edition(edition_id)
    said = [words.say("paper.free", side) + ".", words.say("appeal.order", side)]
    if link:
        said.append(words.say("paper.referral.verify", side, link=link) + ".")
    said += [
        words.say("paper.edocument", side),
        words.say(in_force.reference_key, side) + ".",
        words.say("paper.contact", side) + ".",
    ]
    return tuple(bound(sentence) for sentence in said)


def _slip(paper: ReferralPrint, side: str) -> Slip:
    term = Counted(edition(paper.edition).figures.slip_return.amount, Unit.BUSINESS_DAY)
    issued_on = moments.day_on_paper(paper.issued_at.astimezone(paper.zone).date(), side)
    said = {"number": paper.number, "issued_on": issued_on, "person": paper.recipient}
    back = {
        "slip_term": term,
        "provider": paper.office[side],
        "address": paper.address[side],
        "phone": ", ".join(paper.phones),
    }
    return Slip(
        cut=words.say("paper.cut", side),
        title=words.say("paper.slip.title", side),
        referral=bound(words.say("paper.slip.referral", side, **said)),
        choices=tuple(
            words.say(key, side)
            for key in ("paper.slip.accepted", "paper.slip.rejected", "paper.slip.no_show")
        ),
        signed=words.say("paper.slip.signed", side),
        back=bound(words.say("paper.slip.return", side, **back)) + ".",
        online=words.say("paper.slip.online", side, link=_answer_page(paper.verify_url)) + ".",
    )


def _answer_page(verify_url: str) -> str:
    """Give the address at which an organisation answers: it stands beside the page that verifies."""
    return urljoin(verify_url, "/answer/")


@cache
def _both(key: str) -> Bilingual:
    return Bilingual(kk=bound(words.say(key, "kk")), ru=bound(words.say(key, "ru")))
