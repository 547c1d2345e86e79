"""Verify and make electronic signatures at the command line.

Exit codes of `verify`: 0 passed, 1 failed, 2 indeterminate, 64 input that cannot be used. The words of the
JSON are those of `govkz.eds.reports`.
"""

import json
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path
from typing import Any, NoReturn

from govkz import eds


class Code(IntEnum):
    """How the commands end."""

    PASSED = 0
    FAILED = 1
    INDETERMINATE = 2
    UNUSABLE = 64


CODES = {
    eds.Status.PASSED: Code.PASSED,
    eds.Status.FAILED: Code.FAILED,
    eds.Status.INDETERMINATE: Code.INDETERMINATE,
}
UNUSABLE = {
    eds.Reason.MALFORMED: "is not a signed message that can be read",
    eds.Reason.TOO_LARGE: "is larger than a signed message may be (16 MiB)",
    eds.Reason.NO_SIGNER: "is not signed",
}


class Unusable(Exception):
    """The input cannot be used; the message is the sentence that says why."""


class _Parser(ArgumentParser):
    """Ends with 64 where the arguments are wrong: 2 says that a signature is indeterminate."""

    def error(self, message: str) -> NoReturn:
        self.exit(Code.UNUSABLE, f"joldama eds: {message}; `{self.prog} --help` tells more.\n")


def add_to(subparsers: "_SubParsersAction[Any]") -> None:
    """Add `joldama eds verify FILE` and `joldama eds sign FILE`."""
    parser = subparsers.add_parser("eds", help="verify and make electronic signatures")
    commands = parser.add_subparsers(
        dest="eds_command", required=True, metavar="COMMAND", parser_class=_Parser
    )
    _add_verify(commands)
    _add_sign(commands)


def _add_verify(commands: "_SubParsersAction[_Parser]") -> None:
    verify = commands.add_parser(
        "verify",
        help="judge a signed message (CMS) or a certificate",
        description="Judges each signer. Exit 0 passed, 1 failed, 2 indeterminate, 64 unusable input.",
    )
    verify.add_argument("file", type=Path, metavar="FILE", help="CMS in DER, PEM or base64, or a certificate")
    verify.add_argument("--content", type=Path, metavar="FILE", help="the document of a detached signature")
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
    verify.add_argument(
        "--at",
        metavar="MOMENT",
        help="moment of receipt, 2026-03-20T17:20+05:00; UTC if not said; now if absent",
    )
    verify.add_argument(
        "--as", dest="holder", choices=("individual", "official"), help="who has to have signed"
    )
    verify.add_argument("--iin", metavar="IIN", help="of the person who has to have signed")
    verify.add_argument("--bin", metavar="BIN", help="of the official's organisation")
    verify.add_argument("--json", action="store_true", help="answer with JSON")
    verify.set_defaults(run=run)


def _add_sign(commands: "_SubParsersAction[_Parser]") -> None:
    sign = commands.add_parser(
        "sign",
        help="sign a file with an RSA key",
        description="Makes a signed message (CMS). Exit 0 signed, 64 unusable input.",
    )
    sign.add_argument("file", type=Path, metavar="FILE")
    sign.add_argument("--key", type=Path, required=True, metavar="FILE", help="private key, PKCS#8")
    sign.add_argument("--cert", type=Path, required=True, metavar="FILE", help="its certificate")
    sign.add_argument("--detached", action="store_true", help="leave the content out of the message")
    sign.add_argument("--pem", action="store_true", help='write "BEGIN CMS" text instead of DER')
    sign.add_argument("--out", type=Path, metavar="FILE", help="FILE.cms if not said")
    sign.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Run `verify` or `sign`; what cannot be used gets one sentence and 64."""
    try:
        return _verify(args) if args.eds_command == "verify" else _sign(args)
    except Unusable as unusable:
        print(f"joldama eds: {unusable}", file=sys.stderr)
        return Code.UNUSABLE


def _verify(args: Namespace) -> int:
    report = _judged(args)
    if report.document_reasons and (sentence := UNUSABLE.get(report.document_reasons[0])):
        raise Unusable(f"{args.file} {sentence}.")
    if args.json:
        # The interface promises these two words; what a stored report holds besides is no part of it.
        answer = {key: value for key, value in report.to_dict().items() if key in ("status", "signers")}
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(report)))
    return CODES[report.status]


def _judged(args: Namespace) -> eds.Report:
    blob, content = _bytes(args.file), _bytes(args.content) if args.content else None
    trust, crls = _trust(args.trust), [_crl(file) for file in args.crl]
    at, policy = _moment(args.at), _policy(args)
    report = eds.verify_cms(blob, content=content, trust=trust, crls=crls, at=at, policy=policy).report
    if eds.Reason.MALFORMED not in report.document_reasons:
        return report
    # Not a message: perhaps a certificate, which is judged as if its holder had signed.
    of_certificate = eds.verify_certificate(blob, trust=trust, crls=crls, at=at, policy=policy)
    return report if of_certificate.document_reasons else of_certificate


def _sign(args: Namespace) -> int:
    key, certificate = _key(args.key), _bytes(args.cert)
    try:
        message = eds.sign_cms(
            _bytes(args.file), key=key, certificate=certificate, at=datetime.now(UTC), detached=args.detached
        )
    except eds.Malformed as malformed:
        raise Unusable(f"{args.cert} is not a certificate that can be read.") from malformed
    out = args.out or args.file.with_name(args.file.name + ".cms")
    try:
        out.write_bytes(eds.as_pem(message) if args.pem else message)
    except OSError as refused:
        raise Unusable(f"{out} cannot be written: {refused.strerror}.") from refused
    print(out)
    return Code.PASSED


def _policy(args: Namespace) -> eds.Policy:
    if args.bin and args.holder != "official":
        raise Unusable("--bin goes with --as official.")
    if args.holder == "official":
        return eds.official(args.bin, args.iin)
    if args.holder == "individual":
        return eds.individual(args.iin)
    if args.iin:
        raise Unusable("--iin goes with --as individual or --as official.")
    return eds.any_signer()


def _trust(folders: list[Path]) -> eds.Trust:
    try:
        return eds.Trust.of_folders(*folders)
    except eds.NothingToTrust as empty:
        raise Unusable(f"{empty} holds no certificate (.cer .crt .pem .der).") from empty
    except eds.Malformed as malformed:
        raise Unusable(f"{malformed}.") from malformed
    except OSError as unreadable:
        raise Unusable(f"{unreadable.filename} cannot be read: {unreadable.strerror}.") from unreadable


def _crl(file: Path) -> eds.Crl:
    try:
        return eds.Crl(_bytes(file))
    except eds.Malformed as malformed:
        raise Unusable(f"{file} is not a revocation list that can be read.") from malformed


def _key(file: Path) -> eds.SigningKey:
    try:
        return eds.read_key(_bytes(file))
    except eds.Malformed as malformed:
        raise Unusable(f"{file} is not an unencrypted private key that can be read.") from malformed


def _moment(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    try:
        at = datetime.fromisoformat(text)
    except ValueError as unreadable:
        raise Unusable(f"--at {text!r} is not a moment such as 2026-03-20T17:20+05:00.") from unreadable
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as unreadable:
        raise Unusable(f"{file} cannot be read: {unreadable.strerror}.") from unreadable


def _lines(report: eds.Report) -> list[str]:
    lines = [_verdict(report.status, report.document_reasons)]
    for signer in report.signers:
        lines.append(f"  {_verdict(signer.status, signer.reasons)}")
        known = {
            "name": signer.name,
            "iin": signer.iin,
            "bin": signer.bin,
            "role": signer.role,
            "algorithm": signer.algorithm,
            "serial": signer.serial,
            "signed_at": signer.signed_at.isoformat() if signer.signed_at else None,
            "revocation": signer.revocation.status if signer.revocation else None,
        }
        lines += [f"    {word:<11}{value}" for word, value in known.items() if value is not None]
    return lines


def _verdict(status: eds.Status, reasons: tuple[eds.Reason, ...]) -> str:
    return f"{status}: {', '.join(reasons)}" if reasons else f"{status}"
