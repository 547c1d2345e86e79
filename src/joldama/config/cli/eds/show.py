"""`joldama eds show`: say in words what a file is and what stands in it, without judging it."""

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable
from pathlib import Path
from typing import Any

from govkz import eds
from govkz.eds import gost, kinds
from govkz.eds.kinds import Kind
from joldama.config.cli.eds import inputs, portraits
from joldama.config.cli.eds.inputs import Unusable
from joldama.config.cli.eds.portraits import Portrait

DONE = 0

NAMES = {
    Kind.CMS: "signed message (CMS)",
    Kind.XML: "XML document",
    Kind.SOAP: "SOAP message",
    Kind.CERTIFICATE: "certificate",
    Kind.PKCS12: "private key with its certificate (PKCS#12)",
    Kind.PRIVATE_KEY: "private key (PKCS#8)",
    Kind.CRL: "revocation list (CRL)",
    Kind.OCSP: "answer about a certificate (OCSP)",
    Kind.TIMESTAMP: "time stamp",
    Kind.TIMESTAMP_ANSWER: "time stamp as it was answered (TSP)",
}
PORTRAITS: dict[Kind, Callable[[bytes], Portrait]] = {
    Kind.CMS: portraits.of_message,
    Kind.XML: portraits.of_document,
    Kind.SOAP: portraits.of_document,
    Kind.CERTIFICATE: portraits.of_certificate,
    Kind.PRIVATE_KEY: portraits.of_private_key,
    Kind.CRL: portraits.of_list,
    Kind.OCSP: portraits.of_answer,
    Kind.TIMESTAMP: portraits.of_timestamp,
    Kind.TIMESTAMP_ANSWER: portraits.of_timestamp_answer,
}


def add_to(commands: "_SubParsersAction[Any]") -> None:
    """Add `show FILE`."""
    show: ArgumentParser = commands.add_parser(
        "show",
        help="say what a file is",
        description="Says what stands in a file; judges nothing. Exit 0 shown, 64 unusable input.",
    )
    show.add_argument("file", type=Path, metavar="FILE")
    inputs.add_password(show)
    show.set_defaults(run_eds=run)


def run(args: Namespace) -> int:
    """Print the portrait of the file."""
    blob = inputs.bytes_of(args.file)
    kind = kinds.of(blob)
    if kind is None or kind not in NAMES:
        raise Unusable(f"{args.file} is nothing that belongs to a signature.")
    try:
        rows = _portrait(kind, blob, args)
    except eds.Malformed as malformed:
        raise Unusable(
            f"{args.file} begins as a {NAMES[kind]} and cannot be read: {malformed}."
        ) from malformed
    print("\n".join([NAMES[kind], *_lines(rows), f"GOST is reckoned here by {gost.backend()}"]))
    return DONE


def _portrait(kind: Kind, blob: bytes, args: Namespace) -> Portrait:
    if kind is Kind.PKCS12:
        return portraits.of_key_store(inputs.key_store(args.file, args.password_file))
    return PORTRAITS[kind](blob)


def _lines(rows: Portrait) -> list[str]:
    """Write the rows; what is absent is left out."""
    lines = []
    for row in rows:
        if isinstance(row, str):
            lines.append(f"  {row}")
        elif row[1]:
            lines.append(f"  {row[0]:<15}{row[1]}")
    return lines
