"""`joldama eds verify`: judge whatever is signed, or a certificate, by what is handed in."""

import json
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import Any

from govkz import eds
from govkz.eds import kinds
from govkz.eds.kinds import Kind
from joldama.config.cli.eds import inputs
from joldama.config.cli.eds.inputs import Unusable


class Code(IntEnum):
    """How the verdicts end."""

    PASSED = 0
    FAILED = 1
    INDETERMINATE = 2


CODES = {
    eds.Status.PASSED: Code.PASSED,
    eds.Status.FAILED: Code.FAILED,
    eds.Status.INDETERMINATE: Code.INDETERMINATE,
}
UNUSABLE = {
    eds.Reason.MALFORMED: "is not a signed message that can be read",
    eds.Reason.TOO_LARGE: "is larger than a signed message may be (16 MiB; XML: 4 MiB, SOAP: 8 MiB, 20 000 elements)",
    eds.Reason.NO_SIGNER: "is not signed",
}
# What can be read and is no signature of somebody.
NOT_SIGNED = {
    Kind.PRIVATE_KEY: "is a private key: nobody's signature stands in it",
    Kind.CRL: "is a revocation list: hand it in with --crl",
    Kind.OCSP: "is an OCSP answer: hand it in with --ocsp",
    Kind.TIMESTAMP: "is a time stamp: it is judged inside the message it belongs to",
    Kind.TIMESTAMP_ANSWER: "is a time stamp: it is judged inside the message it belongs to",
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is judged, and by what."""

    file: Path
    blob: bytes
    content: bytes | None
    password_file: Path | None
    trust: eds.Trust
    crls: tuple[eds.Crl, ...]
    ocsps: tuple[eds.Ocsp, ...]
    at: datetime
    policy: eds.Policy

    @property
    def by(self) -> dict[str, Any]:
        """Give what every kind is judged by."""
        return {
            "trust": self.trust,
            "crls": self.crls,
            "ocsps": self.ocsps,
            "at": self.at,
            "policy": self.policy,
        }


def add_to(commands: "_SubParsersAction[Any]") -> None:
    """Add `verify FILE`."""
    verify: ArgumentParser = commands.add_parser(
        "verify",
        help="judge a signed message, a certificate or a PKCS#12 file",
        description="Judges each signer. Exit 0 passed, 1 failed, 2 indeterminate, 64 unusable input.",
    )
    verify.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="CMS in DER, PEM or base64, signed XML or SOAP, a certificate, a PKCS#12 file",
    )
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
    verify.add_argument("--ocsp", type=Path, action="append", default=[], metavar="FILE", help="OCSP answer")
    verify.add_argument(
        "--at",
        metavar="MOMENT",
        help="moment of receipt, 2026-03-20T17:20+05:00; UTC if not said; now if absent",
    )
    verify.add_argument(
        "--as", dest="holder", choices=("individual", "official", "system"), help="who has to have signed"
    )
    verify.add_argument("--iin", metavar="IIN", help="of the person who has to have signed")
    verify.add_argument("--bin", metavar="BIN", help="of the official's or system's organisation")
    inputs.add_password(verify)
    verify.add_argument("--json", action="store_true", help="answer with JSON")
    verify.set_defaults(run_eds=run)


def run(args: Namespace) -> int:
    """Print the report of the file; the exit code is the verdict."""
    report = _judged(_question(args))
    if report.document_reasons and (sentence := UNUSABLE.get(report.document_reasons[0])):
        raise Unusable(f"{args.file} {sentence}.")
    if args.json:
        print(json.dumps(_promised(report), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(report)))
    return CODES[report.status]


def _promised(report: eds.Report) -> dict[str, Any]:
    """Give the words that the interface promises; what a stored report holds besides is no part of it."""
    return {"status": report.status.value, "signers": [words_of(signer) for signer in report.signers]}


def words_of(signer: eds.SignerReport) -> dict[str, Any]:
    """Give what the interface promises to tell of a signer in JSON."""
    return {word: value for word, value in signer.to_dict().items() if word != "policies"}


def _question(args: Namespace) -> Question:
    return Question(
        file=args.file,
        blob=inputs.bytes_of(args.file),
        content=inputs.bytes_of(args.content) if args.content else None,
        password_file=args.password_file,
        trust=inputs.trust(args.trust),
        crls=tuple(inputs.parsed(file, eds.Crl, what="a revocation list") for file in args.crl),
        ocsps=tuple(inputs.parsed(file, eds.Ocsp, what="an OCSP answer") for file in args.ocsp),
        at=inputs.moment(args.at),
        policy=_policy(args),
    )


def _judged(question: Question) -> eds.Report:
    kind = kinds.of(question.blob)
    if kind in NOT_SIGNED:
        raise Unusable(f"{question.file} {NOT_SIGNED[kind]}.")
    if question.content is not None and kind is not Kind.CMS:
        raise Unusable("--content goes with a detached CMS.")
    if kind not in JUDGES:
        raise Unusable(f"{question.file} {UNUSABLE[eds.Reason.MALFORMED]}.")
    return JUDGES[kind](question)


def _message(question: Question) -> eds.Report:
    return eds.verify_cms(question.blob, content=question.content, **question.by).report


def _document(question: Question) -> eds.Report:
    return eds.verify_xml(question.blob, **question.by).report


def _soap(question: Question) -> eds.Report:
    return eds.verify_soap(question.blob, **question.by).report


def _certificate(question: Question) -> eds.Report:
    """Judge a certificate as if its holder had signed."""
    return eds.verify_certificate(question.blob, **question.by)


def _key_store(question: Question) -> eds.Report:
    store = inputs.key_store(question.file, question.password_file)
    return eds.verify_certificate(inputs.own_certificate(store, question.file), **question.by)


JUDGES: dict[Kind, Callable[[Question], eds.Report]] = {
    Kind.CMS: _message,
    Kind.XML: _document,
    Kind.SOAP: _soap,
    Kind.CERTIFICATE: _certificate,
    Kind.PKCS12: _key_store,
}


def _policy(args: Namespace) -> eds.Policy:
    if args.bin and args.holder not in ("official", "system"):
        raise Unusable("--bin goes with --as official or --as system.")
    if args.iin and args.holder not in ("individual", "official"):
        raise Unusable("--iin goes with --as individual or --as official.")
    if args.holder == "system":
        return eds.system(args.bin)
    if args.holder == "official":
        return eds.official(args.bin, args.iin)
    if args.holder == "individual":
        return eds.individual(args.iin)
    return eds.any_signer()


def _lines(report: eds.Report) -> list[str]:
    lines = [verdict(report.status, report.document_reasons)]
    for signer in report.signers:
        lines += [f"  {line}" for line in lines_of(signer)]
    return lines


def lines_of(signer: eds.SignerReport) -> list[str]:
    """Give the lines that tell of a signer, the verdict first."""
    known = {
        "name": signer.name,
        "iin": signer.iin,
        "bin": signer.bin,
        "role": signer.role,
        "algorithm": signer.algorithm,
        "serial": signer.serial,
        "signed_at": signer.signed_at.isoformat() if signer.signed_at else None,
        "timestamp": signer.timestamp.isoformat() if signer.timestamp else None,
        "revocation": signer.revocation.status if signer.revocation else None,
    }
    told = [f"  {word:<11}{value}" for word, value in known.items() if value is not None]
    return [verdict(signer.status, signer.reasons), *told]


def verdict(status: eds.Status, reasons: Sequence[str]) -> str:
    """Give a status, with the reasons where there are any."""
    return f"{status}: {', '.join(reasons)}" if reasons else f"{status}"
