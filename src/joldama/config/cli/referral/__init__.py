"""`joldama referral verify`: say whether a referral that somebody holds is an office's, whole, and since when.

Exit codes as those of `joldama eds verify`: 0 passed, 1 failed, 2 indeterminate, 64 input that cannot be used.
"""

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path
from typing import Any

from joldama.config.answering import Parser
from joldama.config.cli.eds import inputs
from joldama.config.cli.eds.inputs import UNUSABLE, Unusable
from joldama.config.cli.referral import code, paper


def add_to(subparsers: "_SubParsersAction[Any]") -> None:
    """Add `joldama referral verify FILE`."""
    parser = subparsers.add_parser("referral", help="verify referrals")
    commands = parser.add_subparsers(
        dest="referral_command", required=True, metavar="COMMAND", parser_class=Parser
    )
    verify: ArgumentParser = commands.add_parser(
        "verify",
        help="say whether a sealed referral, or the code on it, is an office's and as it was",
        description="Judges the seal of a PDF and the decision attached to it, by the certificates one trusts; what "
        "else is needed may lie in the file. Whether the referral was replaced or annulled since is known to the "
        "page of verification only. Exit 0 passed, 1 failed, 2 indeterminate, 64 unusable input.",
    )
    verify.add_argument(
        "file", metavar="FILE", help="a sealed PDF, or the text of a QR code or a file with it"
    )
    verify.add_argument(
        "--keys", type=Path, metavar="FILE", help="of a code: the published keys (/verify/keys/)"
    )
    verify.add_argument("--origin", metavar="ADDRESS", help="of a code: the portal it has to lead to")
    verify.add_argument(
        "--trust",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="folder of certificates: self-signed ones are anchors, others intermediates",
    )
    verify.add_argument(
        "--crl", type=Path, action="append", default=[], metavar="FILE", help="revocation list"
    )
    verify.add_argument("--ocsp", type=Path, action="append", default=[], metavar="FILE", help="OCSP answer")
    verify.add_argument(
        "--at", metavar="MOMENT", help="as known at this moment, 2026-03-20T17:20+05:00; now if absent"
    )
    verify.add_argument("--bin", metavar="BIN", help="of the office that has to have sealed it")
    verify.add_argument("--json", action="store_true", help="answer with JSON")
    verify.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Print what was found; the exit code is the verdict."""
    try:
        if code.is_code(args.file):
            return code.verify(args, args.file)
        content = inputs.bytes_of(Path(args.file))
        text = content[: code.LONGEST].decode(errors="replace")
        return code.verify(args, text) if code.is_code(text) else paper.verify(args, content)
    except Unusable as unusable:
        print(f"joldama referral: {unusable}", file=sys.stderr)
        return UNUSABLE
