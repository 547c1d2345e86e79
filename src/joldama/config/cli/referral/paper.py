"""Verify a sealed PDF: the seal, what proves it, the decision attached to it."""

import json
from argparse import Namespace
from datetime import datetime
from typing import Any

from govkz import eds
from joldama.adapters.signer import Attached, Examination, Flaw, examine
from joldama.config.cli.eds import inputs
from joldama.config.cli.eds.inputs import Unusable
from joldama.config.cli.eds.verify import CODES, lines_of, verdict, words_of


def verify(args: Namespace, blob: bytes) -> int:
    """Print what was found; gives the exit code."""
    found = examine(
        blob,
        trust=inputs.trust(args.trust),
        crls=[inputs.parsed(file, eds.Crl, what="a revocation list") for file in args.crl],
        ocsps=[inputs.parsed(file, eds.Ocsp, what="an OCSP answer") for file in args.ocsp],
        at=inputs.moment(args.at),
        office_bin=args.bin,
    )
    if found.flaw is Flaw.NOT_A_PDF:
        raise Unusable(f"{args.file} is not a PDF that can be read (at most 16 MiB).")
    if args.json:
        print(json.dumps(_as_json(found), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(found)))
    return CODES[found.status]


def _lines(found: Examination) -> list[str]:
    lines = [verdict(found.status, _reasons(found))]
    known = {
        "paper": found.title or None,
        "sealed_at": _written(found.claimed_at),
        "proved_at": _written(found.proved_at),
        "lasts_until": _written(found.lasts_until),
    }
    lines += [f"  {word:<12}{value}" for word, value in known.items() if value is not None]
    if found.seal:
        lines += ["  seal", *(f"    {line}" for line in lines_of(found.seal))]
    if found.decision:
        lines += ["  decision", *(f"    {line}" for line in _decided(found.decision))]
    elif found.flaw is None:
        lines.append("  decision    not attached: this is the organisation's copy")
    return lines


def _decided(decision: Attached) -> list[str]:
    lines = [verdict(decision.report.status, decision.report.document_reasons)]
    lines += [f"  {word:<12}{value}" for word, value in _contents(decision).items() if value]
    for signer in decision.report.signers:
        lines += ["  signer", *(f"    {line}" for line in lines_of(signer))]
    return lines


def _as_json(found: Examination) -> dict[str, Any]:
    return {
        "status": found.status.value,
        "reasons": list(_reasons(found)),
        "paper": found.title,
        "sealed_at": _written(found.claimed_at),
        "proved_at": _written(found.proved_at),
        "lasts_until": _written(found.lasts_until),
        "stamps": found.stamps,
        "seal": words_of(found.seal) if found.seal else None,
        "decision": _decision_as_json(found.decision) if found.decision else None,
    }


def _decision_as_json(decision: Attached) -> dict[str, Any]:
    return {
        "status": decision.report.status.value,
        "reasons": [reason.value for reason in decision.report.document_reasons],
        "signers": [words_of(signer) for signer in decision.report.signers],
        **_contents(decision),
    }


def _contents(decision: Attached) -> dict[str, str | None]:
    """Give what the decision says of itself; nothing of the person, whose copy it is."""
    paper = decision.paper
    if paper is None:
        return {}
    return {
        "application": paper.application,
        "kind": paper.kind,
        "ground": paper.ground,
        "official": paper.official.full,
        "position": paper.position,
        "office": paper.office,
        "decided_at": _written(paper.at),
    }


def _reasons(found: Examination) -> tuple[str, ...]:
    """Give what is wrong with the file, the seal, and what was added to it, in this order."""
    return (*([found.flaw.value] if found.flaw else []), *(reason.value for reason in found.reasons))


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
