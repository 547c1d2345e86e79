"""`joldama queue prove`: was anybody called out of turn? Derived from the sealed journal alone."""

import json
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from govkz.queue.proof import Fault, Violation
from joldama.config import launch
from joldama.config.answering import NO, NOT_KNOWN, UNUSABLE, YES, Parser, Unusable
from joldama.config.cli.demo import DATABASE as DEMO
from joldama.config.cli.serve import DATABASE
from joldama.standard.blanks import ticket_name
from joldama.standard.tickets import name_of
from joldama.standard.words import LANGUAGES, say

if TYPE_CHECKING:
    from joldama.people.models import Place
    from joldama.procedures.line_proof import DayProof


def add_to(subparsers: "_SubParsersAction[Any]") -> None:
    """Add `joldama queue prove PLACE DATE`."""
    parser = subparsers.add_parser("queue", help="prove the order of a waiting line")
    commands = parser.add_subparsers(
        dest="queue_command", required=True, metavar="COMMAND", parser_class=Parser
    )
    prove: ArgumentParser = commands.add_parser(
        "prove",
        help="derive the order of a day from the sealed journal and name any call out of turn",
        description="Derives the order of a waiting line on one day from the sealed journal alone, holding each row "
        "against its seal. Exit 0 proved, 1 a call out of turn or another violation, 2 it cannot be proved: rows "
        "are not sealed yet, or were changed, 64 no such place or day.",
    )
    prove.add_argument(
        "place", metavar="PLACE", help="code of an office, whose main place it is, or id of a place"
    )
    prove.add_argument("on", metavar="DATE", help="the local day of the place, as in 2026-03-20")
    prove.add_argument("--language", choices=LANGUAGES, default="kk", help="of the proof (%(default)s)")
    prove.add_argument("--json", action="store_true", help="print JSON")
    prove.add_argument("--demo", action="store_true", help="look into the database of the demonstration")
    prove.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Derive and print; what cannot be used gets one sentence and 64."""
    try:
        on = _day(args.on)
        with launch.looked_into(DEMO if args.demo else DATABASE, is_demo=args.demo):
            from joldama.procedures.line_proof import prove_line

            proof = prove_line(_place(args.place), on)
    except Unusable as unusable:
        print(f"joldama queue: {unusable}", file=sys.stderr)
        return UNUSABLE
    if args.json:
        print(json.dumps(_as_json(proof, args.language), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(proof, args.language)))
    return {"proved": YES, "violated": NO, "not_provable": NOT_KNOWN}[proof.outcome.value]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unusable(f"{text!r} is no day like 2026-03-20.") from None


def _place(named: str) -> "Place":
    from joldama.people.models import Place

    places = Place.objects.select_related("office")
    try:
        found = places.filter(pk=UUID(named)).first()
    except ValueError:
        found = places.filter(office__code=named, is_main=True).first()
    if found is None:
        raise Unusable(f"There is no office or place {named!r}.")
    return found


def _lines(proof: "DayProof", language: str) -> Iterator[str]:
    line = proof.line
    place = f"{proof.place.office.code}, {getattr(proof.place, language)}"
    yield say("proof.title", language, day=proof.on, place=place)
    if proof.rows:
        yield say("proof.tickets", language, taken=line.taken)
        yield say(
            "proof.calls",
            language,
            called=line.called,
            served=line.served,
            no_shows=line.no_shows,
            closed=line.closed,
        )
        if line.waiting or line.at_windows:
            yield say(
                "proof.open", language, waiting=_names(line.waiting), at_windows=_names(line.at_windows)
            )
        yield say("proof.read", language, rows=proof.rows, checkpoints=_span(proof.checkpoints))
    elif line.holds and not proof.sheets and not proof.strays:
        yield say("proof.nobody", language)
    if line.violations:
        yield say("proof.violated", language)
        yield from (f"  {_told(one, proof, language)}" for one in line.violations)
    for sheet in proof.sheets:
        kept = sheet.line
        yield say("proof.sheet", language, number=sheet.sheet, taken=kept.taken, called=kept.called)
        if kept.violations:
            yield say("proof.violated", language)
            yield from (f"  {_told(one, proof, language, sheet=sheet.sheet)}" for one in kept.violations)
    if doubts := list(_doubts(proof, language)):
        yield say("proof.not_provable", language)
        yield from (f"  {doubt}" for doubt in doubts)
    if (proof.rows or proof.sheets) and proof.outcome.value == "proved":
        yield say("proof.proved", language)


def _told(one: Violation, proof: "DayProof", language: str, *, sheet: str = "") -> str:
    """Tell a violation; of a sheet of paper its tickets by their names, and no window."""
    named = partial(ticket_name, sheet) if sheet else name_of
    values: dict[str, Any] = {"others": ", ".join(map(named, one.others)) or "–"}
    if one.entry is not None:
        values |= {
            "time": f"{one.entry.at.astimezone(proof.place.zone):%H:%M:%S}",
            "ticket": named(one.entry.number),
            "window": one.entry.window or "–",
        }
    if sheet and one.fault is Fault.OUT_OF_TURN:
        return say("proof.sheet.out_of_turn", language, **values)
    return say(f"proof.{one.fault}", language, **values)


def _doubts(proof: "DayProof", language: str) -> Iterator[str]:
    if unsealed := proof.unsealed + sum(sheet.unsealed for sheet in proof.sheets):
        yield say("proof.unsealed", language, count=unsealed)
    if proof.unreadable:
        yield say("proof.unreadable", language, count=proof.unreadable)
    if proof.other_days:
        yield say("proof.other_days", language, count=proof.other_days)
    if proof.strays:
        yield say("proof.strays", language, count=proof.strays)
    for fault, count in Counter(one.fault for one in proof.findings).items():
        yield say("proof.finding", language, fault=fault, count=count)
    if proof.findings:
        yield say("proof.more", language, office=proof.place.office.code)


def _names(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(name_of, numbers)) or "–"


def _span(numbers: tuple[int, ...]) -> str:
    if not numbers:
        return "–"
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"


def _as_json(proof: "DayProof", language: str) -> dict[str, Any]:
    line = proof.line
    return {
        "office": proof.place.office.code,
        "place": str(proof.place.pk),
        "date": proof.on.isoformat(),
        "outcome": proof.outcome.value,
        "tickets": line.taken,
        "calls": line.called,
        "served": line.served,
        "no_shows": line.no_shows,
        "closed": line.closed,
        "waiting": list(line.waiting),
        "at_windows": list(line.at_windows),
        "violations": [_violation(one, proof, language) for one in line.violations],
        "sheets": [
            {
                "number": sheet.sheet,
                "tickets": sheet.line.taken,
                "calls": sheet.line.called,
                "unsealed": sheet.unsealed,
                "violations": [
                    {**_violation(one, proof, language, sheet=sheet.sheet), "window": None}
                    for one in sheet.line.violations
                ],
            }
            for sheet in proof.sheets
        ],
        "rows": proof.rows,
        "unsealed": proof.unsealed,
        "unreadable": proof.unreadable,
        "other_days": proof.other_days,
        "strays": proof.strays,
        "checkpoints": list(proof.checkpoints),
        "findings": [
            {"fault": one.fault.value, "batch": one.batch, "row": one.row, "told": one.told}
            for one in proof.findings
        ],
    }


def _violation(one: Violation, proof: "DayProof", language: str, *, sheet: str = "") -> dict[str, Any]:
    entry = one.entry
    return {
        "fault": one.fault.value,
        "ticket": entry.number if entry else None,
        "at": entry.at.astimezone(proof.place.zone).isoformat() if entry else None,
        "window": entry.window if entry else None,
        "others": list(one.others),
        "told": _told(one, proof, language, sheet=sheet),
    }
