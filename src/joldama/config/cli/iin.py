"""Tell at the command line whether numbers are individual identification numbers."""

import json
from argparse import ArgumentParser, Namespace, _SubParsersAction

from govkz import iin

SENTENCES = {
    iin.Fault.LENGTH: "an IIN has twelve digits",
    iin.Fault.CHARACTERS: "an IIN is written with the digits 0 to 9 only",
    iin.Fault.CHECK_DIGIT: "the check digit does not agree",
    iin.Fault.NEVER_ISSUED: "never issued, as no check digit fits the first eleven",
}


def add_to(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Add `joldama iin check NUMBER…`."""
    parser = subparsers.add_parser("iin", help="check individual identification numbers")
    commands = parser.add_subparsers(dest="iin_command", required=True, metavar="COMMAND")
    check = commands.add_parser(
        "check",
        help="check the digits of one or more numbers",
        description="Checks each number; birth date and sex are hints only. Exit 0: all valid, 1: not all.",
    )
    check.add_argument("numbers", nargs="+", metavar="NUMBER")
    check.add_argument("--json", action="store_true", help="one JSON line a number")
    check.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Print a line for each number; 1 where any of them is not valid."""
    answers = [_answer(number) for number in args.numbers]
    for answer in answers:
        print(json.dumps(answer, ensure_ascii=False) if args.json else _line(answer))
    return 0 if all(answer["valid"] for answer in answers) else 1


def _answer(number: str) -> dict[str, object]:
    try:
        parsed = iin.parse(number)
    except iin.InvalidIin as refused:
        return {"number": number, "valid": False, "reason": refused.fault.value, "hints": None}
    born = parsed.birth_date_hint
    hints = {
        "birth_date": born.isoformat() if born else None,
        "century": parsed.century_hint,
        "sex": parsed.sex_hint.value if parsed.sex_hint else None,
    }
    return {"number": str(parsed), "valid": True, "reason": None, "hints": hints}


def _line(answer: dict[str, object]) -> str:
    if not answer["valid"]:
        return f"{answer['number']}: not valid, {SENTENCES[iin.Fault(str(answer['reason']))]}"
    hints = answer["hints"]
    assert isinstance(hints, dict)
    known = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in hints.items() if value is not None)
    return f"{answer['number']}: valid" + (f" (hints: {known})" if known else "")
