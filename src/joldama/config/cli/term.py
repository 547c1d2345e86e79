"""Tell at the command line when something is due, step by step, by the standard."""

import json
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from govkz.workdays import OutsideCalendar, StaleZones, UnknownZone, published, zone_named
from joldama.config.exits import Exit, Stopped
from joldama.standard import terms
from joldama.standard.terms import Closed, ComplaintAddressee, ComplaintChannel, Term, Wait
from joldama.standard.words import LANGUAGES, say

COMPLAINTS = {
    "complaint-head": ComplaintAddressee.HEAD,
    "complaint-akim": ComplaintAddressee.AKIM,
    "complaint-quality": ComplaintAddressee.QUALITY,
}
KINDS = ("counter", "portal", *COMPLAINTS, "wait")

Answer = dict[str, object]


def add_to(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Add `joldama term KIND --at MOMENT`."""
    parser = subparsers.add_parser(
        "term",
        help="reckon when something is due, step by step, by the standard",
        description="Reckons a term and says how. Exit 0: reckoned, 1: out of hours, 2: wrong input.",
        epilog="With `--at -` each line of the input is a moment (for wait: two) and gets a line of JSON; "
        "a line that cannot be read gets its error, and the exit code is 1 at the end.",
    )
    parser.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    parser.add_argument(
        "--at", required=True, metavar="MOMENT", help="2026-03-20T17:20, seconds and offset allowed"
    )
    parser.add_argument("--until", metavar="MOMENT", help="for wait: when the ticket was called or closed")
    parser.add_argument(
        "--zone", default="Asia/Almaty", metavar="NAME", help="zone of the place (%(default)s)"
    )
    channels = [*ComplaintChannel]
    parser.add_argument("--channel", choices=channels, help="of a complaint; by hand if not said")
    parser.add_argument("--language", choices=LANGUAGES, default="kk", help="of the steps (%(default)s)")
    parser.add_argument("--json", action="store_true", help="answer with JSON")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Print the answer to one moment, or to each line of the input. Raises Stopped for wrong input."""
    question = _question(args)
    if args.at == "-":
        return _answer_lines(question)
    try:
        _print(question, *_moments(question, args.at), as_json=args.json)
    except Closed as closed:
        lines = [_closed_answer(closed, question)] if args.json else _closed_lines(closed, question)
        _say_all(lines)
        return Exit.NO
    return Exit.DONE


@dataclass(frozen=True)
class _Question:
    kind: str
    zone: ZoneInfo
    channel: ComplaintChannel
    until: str | None
    language: str

    @property
    def is_wait(self) -> bool:
        return self.kind == "wait"


def _question(args: Namespace) -> _Question:
    if args.channel and args.kind not in COMPLAINTS:
        raise Stopped("--channel goes with a complaint only.", Exit.USAGE)
    if args.until and args.kind != "wait":
        raise Stopped("--until goes with wait only.", Exit.USAGE)
    if args.kind == "wait" and not args.until and args.at != "-":
        raise Stopped("wait needs --until, the moment of the call or of closing.", Exit.USAGE)
    channel = ComplaintChannel(args.channel or "hand")
    return _Question(args.kind, _zone(args.zone), channel, args.until, args.language)


def _zone(name: str) -> ZoneInfo:
    if name == "UTC":
        raise Stopped("UTC is the zone of no place; write one like Asia/Almaty.", Exit.USAGE)
    try:
        return zone_named(name)
    except UnknownZone:
        raise Stopped(f"There is no time zone {_shown(name)}; write Asia/Almaty.", Exit.USAGE) from None
    except StaleZones as stale:
        raise Stopped(f"{str(stale)[0].upper()}{str(stale)[1:]}.", Exit.CONFIGURATION) from stale


def _moments(question: _Question, text: str) -> tuple[datetime, datetime | None]:
    """Return the moment asked about and, for a wait, its end; a line may hold both."""
    if not question.is_wait:
        return _moment(text, question.zone), None
    if question.until:
        return _moment(text, question.zone), _moment(question.until, question.zone)
    words = text.split()
    if len(words) not in (2, 4):  # a moment may be written with a space before the time of day
        raise Stopped("A wait needs two moments: of the ticket and of the call.", Exit.USAGE)
    halves = (words[: len(words) // 2], words[len(words) // 2 :])
    first, second = (_moment(" ".join(half), question.zone) for half in halves)
    return first, second


def _moment(text: str, zone: ZoneInfo) -> datetime:
    text = text.strip()
    try:
        moment = datetime.fromisoformat(text)
        local = moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone, fold=0)
        comes_back = local.astimezone(UTC).astimezone(zone)
    except (ValueError, OverflowError):
        raise Stopped(f"{_shown(text)} is not a moment like 2026-03-20T17:20.", Exit.USAGE) from None
    if ":" not in text and "T" not in text.upper():
        raise Stopped(f"{_shown(text)} has no time of day; write 2026-03-20T17:20.", Exit.USAGE)
    if comes_back.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Stopped(f"The clocks of {zone} never showed {_shown(text)}.", Exit.USAGE)
    return local


def _shown(text: str) -> str:
    return f"«{text}»" if len(text) <= 40 else f"«{text[:40]}…»"


def _reckoned(question: _Question, at: datetime, until: datetime | None) -> Term | Wait:
    """Raises Closed, and Stopped where the calendar ends or the wait runs backwards."""
    try:
        return _reckoning(question)(at, until)
    except OutsideCalendar as outside:
        years = f"{outside.first.year} to {outside.last.year}"
        raise Stopped(
            f"The calendar covers the years {years}, and this term leaves them.", Exit.USAGE
        ) from None


def _reckoning(question: _Question) -> Callable[[datetime, datetime | None], Term | Wait]:
    calendar, zone = published(), question.zone

    def wait(at: datetime, until: datetime | None) -> Wait:
        if until is None or until < at:
            raise Stopped("The wait ends before it starts.", Exit.USAGE)
        return terms.wait(at, until, zone=zone, calendar=calendar)

    def complaint(at: datetime, until: datetime | None) -> Term:
        addressee = COMPLAINTS[question.kind]
        return terms.complaint(addressee, at, channel=question.channel, zone=zone, calendar=calendar)

    match question.kind:
        case "counter":
            return lambda at, until: terms.counter(at, zone=zone, calendar=calendar)
        case "portal":
            return lambda at, until: terms.portal(at, zone=zone, calendar=calendar)
        case "wait":
            return wait
        case _:
            return complaint


def _print(question: _Question, at: datetime, until: datetime | None, *, as_json: bool) -> None:
    reckoned = _reckoned(question, at, until)
    _say_all([_answer(reckoned, question)] if as_json else _lines(reckoned, question))


def _say_all(lines: "list[Answer] | list[str]") -> None:
    for line in lines:
        print(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False))


def _answer(reckoned: Term | Wait, question: _Question) -> Answer:
    if isinstance(reckoned, Wait):
        return {"minutes": reckoned.minutes, "limit": reckoned.limit, "breach": reckoned.breach}
    return {
        "accepted_at": _iso(reckoned.accepted_at, question),
        "due_at": _iso(reckoned.due_at, question),
        "target_at": _iso(reckoned.target_at, question) if reckoned.target_at else None,
        "provisional": reckoned.provisional,
        "basis": list(reckoned.basis),
        "steps": [terms.tell(step, question.language) for step in reckoned.steps],
    }


def _lines(reckoned: Term | Wait, question: _Question) -> list[str]:
    if isinstance(reckoned, Wait):
        basis = "; ".join(say(f"basis.{point}", question.language) for point in reckoned.basis)
        told = [terms.tell(step, question.language) for step in reckoned.steps]
        return [*told, say("term.basis", question.language, basis=basis)]
    lines = [*terms.told(reckoned, question.language, zone=question.zone)]
    return [*lines, terms.tell(reckoned.warning, question.language)] if reckoned.warning else lines


def _closed_answer(closed: Closed, question: _Question) -> Answer:
    return {
        "opens_at": _iso(closed.opens_at, question),
        "reason": say(closed.reason.text_key, question.language),
    }


def _closed_lines(closed: Closed, question: _Question) -> list[str]:
    told = [terms.tell(step, question.language) for step in closed.steps]
    return [say(closed.reason.text_key, question.language), *told]


def _iso(at: datetime, question: _Question) -> str:
    return at.astimezone(question.zone).isoformat()


def _answer_lines(question: _Question) -> int:
    """Answer each line of the input; closed doors are an answer, a line that cannot be read is not."""
    all_read = True
    for number, line in enumerate(_input_lines(), start=1):
        try:
            answer = _answer(_reckoned(question, *_moments(question, line)), question)
        except Closed as closed:
            answer = _closed_answer(closed, question)
        except Stopped as stopped:
            all_read = False
            answer = {"error": str(stopped), "line": number}
        _say_all([answer])
    return Exit.DONE if all_read else Exit.NO


def _input_lines() -> Iterator[str]:
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace").rstrip("\r\n")
