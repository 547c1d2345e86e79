"""`joldama journal`: derive the sealed journal again, print its checkpoints and the key that signs them."""

import base64
import json
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from joldama.config import launch
from joldama.config.answering import NO, NOT_KNOWN, UNUSABLE, YES, Parser, Unusable
from joldama.config.cli.demo import DATABASE as DEMO
from joldama.config.cli.serve import DATABASE
from joldama.config.exits import Exit, Stopped

if TYPE_CHECKING:
    from joldama.journal.checkpoints import Kept
    from joldama.journal.findings import Counted, Finding


def add_to(subparsers: "_SubParsersAction[Any]") -> None:
    """Add `joldama journal fsck`, `checkpoint` and `key`."""
    parser = subparsers.add_parser("journal", help="check the sealed journal")
    commands = parser.add_subparsers(
        dest="journal_command", required=True, metavar="COMMAND", parser_class=Parser
    )
    fsck = _command(
        commands,
        "fsck",
        run_fsck,
        "derive every seal again and name what does not fit",
        " Exit 0 everything stands as it was sealed, 1 something was changed, added or removed, 2 nothing was, "
        "and not everything is sealed and signed, 64 input that cannot be used.",
    )
    fsck.add_argument("--office", metavar="CODE", help="the rows of one office's chains only")
    fsck.add_argument(
        "--against", type=Path, metavar="FILE", help="checkpoints that were kept elsewhere (- for the input)"
    )
    fsck.add_argument("--json", action="store_true", help="print JSON")
    checkpoint = _command(
        commands,
        "checkpoint",
        run_checkpoint,
        "print the last signed checkpoints, a line of JSON each, to be kept elsewhere",
    )
    checkpoint.add_argument("--last", type=int, default=1, metavar="N", help="how many (%(default)s)")
    _command(commands, "key", run_key, "print the public halves of the keys that sign checkpoints")


def run_fsck(args: Namespace) -> int:
    """Check, and name what does not fit."""
    with launch.looked_into(DEMO if args.demo else DATABASE, is_demo=args.demo):
        from joldama.journal.fsck import check

        against = _kept(args.against) if args.against else []
        counted, found = check(office=_office(args.office) if args.office else None, against=against)
        codes = _codes()
    if args.json:
        print(json.dumps(_as_json(counted, found, codes), ensure_ascii=False, indent=2))
    else:
        print("\n".join([*(_line(one, codes) for one in found), _sum(counted, found)]))
    return _code_of(found)


def run_checkpoint(args: Namespace) -> int:
    """Print checkpoints, the last one last."""
    with launch.looked_into(DEMO if args.demo else DATABASE, is_demo=args.demo):
        from joldama.journal.models import Checkpoint

        latest = list(Checkpoint.objects.order_by("-number")[: max(args.last, 0)])
    for one in reversed(latest):
        signature = base64.b64encode(bytes(one.signature)).decode()
        print(json.dumps({"body": one.body, "signature": signature}, ensure_ascii=False))
    if not latest:
        raise Stopped("Nothing is signed yet.", Exit.NO)
    return Exit.DONE


def run_key(args: Namespace) -> int:
    """Print each key: its name, and its public half as PEM."""
    with launch.looked_into(DEMO if args.demo else DATABASE, is_demo=args.demo):
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        from joldama.vault import signing

        for name, half in signing.public_keys().items():
            key = Ed25519PublicKey.from_public_bytes(half)
            pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
            print(f"{name}\n{pem}", end="")
    return Exit.DONE


def _kept(file: Path) -> "list[Kept]":
    """Read checkpoints that were kept elsewhere. Raises Unusable where one was not signed by this installation."""
    from joldama.journal.checkpoints import Kept
    from joldama.vault import signing

    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"{file} cannot be read: {error}.") from error
    kept = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            body, signature = told["body"], base64.b64decode(told["signature"], validate=True)
            said = json.loads(body)
            is_signed = signing.is_signed(body, signature, key=said["key"])
            kept.append(Kept(int(said["number"]), body))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Unusable(f"Line {number} of {file} is no checkpoint.") from error
        if not is_signed:
            raise Unusable(f"Line {number} of {file} was not signed by a key of this installation.")
    if not kept:
        raise Unusable(f"{file} holds no checkpoint.")
    return kept


def _office(code: str) -> UUID:
    from joldama.people.models import Office

    found = Office.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise Unusable(f"There is no office {code!r}.")
    return found


def _codes() -> dict[UUID, str]:
    from joldama.people.models import Office

    return dict(Office.objects.values_list("pk", "code"))


def _line(one: "Finding", codes: dict[UUID, str]) -> str:
    where = [one.fault.value, _whose(one, codes)]
    if one.batch is not None:
        where.append(f"batch {one.batch}")
    return f"{', '.join(filter(None, where))}: {one.told}"


def _whose(one: "Finding", codes: dict[UUID, str]) -> str:
    if one.ledger is None:
        return ""
    office = codes.get(one.office, str(one.office)) if one.office and one.office.int else "no office"
    return f"{one.ledger.value}s of {office}"


def _sum(counted: "Counted", found: "list[Finding]") -> str:
    looked_at = f"{counted.rows} rows in {counted.batches} batches, {counted.checkpoints} checkpoints"
    return (
        f"{looked_at}: {len(found)} do not fit."
        if found
        else f"{looked_at}: everything stands as it was sealed."
    )


def _as_json(counted: "Counted", found: "list[Finding]", codes: dict[UUID, str]) -> dict[str, Any]:
    return {
        "rows": counted.rows,
        "batches": counted.batches,
        "checkpoints": counted.checkpoints,
        "findings": [
            {
                "fault": one.fault.value,
                "ledger": one.ledger.value if one.ledger else None,
                "office": codes.get(one.office, str(one.office)) if one.office and one.office.int else None,
                "batch": one.batch,
                "row": one.row,
                "told": one.told,
            }
            for one in found
        ],
    }


def _code_of(found: "list[Finding]") -> int:
    if any(one.fault.is_tampering for one in found):
        return NO
    return NOT_KNOWN if found else YES


def _command(
    commands: "_SubParsersAction[Any]", name: str, run: Any, summary: str, more: str = ""
) -> ArgumentParser:
    command: ArgumentParser = commands.add_parser(
        name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.{more}"
    )
    command.add_argument("--demo", action="store_true", help="look into the database of the demonstration")
    command.set_defaults(run=_answered, run_journal=run)
    return command


def _answered(args: Namespace) -> int:
    """Run the command; what cannot be used gets one sentence and 64."""
    try:
        return int(args.run_journal(args))
    except Unusable as unusable:
        print(f"joldama journal: {unusable}", file=sys.stderr)
        return UNUSABLE
