"""`joldama eds sign`: sign a file with a key and its certificate, from one PKCS#12 file or two files."""

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from govkz import eds
from govkz.eds import amending, certificates, pkcs12
from joldama.config.cli.eds import inputs
from joldama.config.cli.eds.inputs import Unusable

DONE = 0
# What is made, and what its name ends in where none is said.
SUFFIXES = {"cms": ".cms", "xml": ".signed.xml", "soap": ".signed.xml"}
# The key and its certificate in DER.
Signer = tuple[eds.SigningKey, bytes]


def add_to(commands: "_SubParsersAction[Any]") -> None:
    """Add `sign FILE`."""
    sign: ArgumentParser = commands.add_parser(
        "sign",
        help="sign a file",
        description="Makes a signed message (CMS), signs an XML document (also one that is signed already), "
        "or the Body of a SOAP message. Exit 0 signed, 64 unusable input.",
    )
    sign.add_argument("file", type=Path, metavar="FILE")
    sign.add_argument("--p12", type=Path, metavar="FILE", help="key and certificate as NUCA hands them out")
    inputs.add_password(sign)
    sign.add_argument("--key", type=Path, metavar="FILE", help="private key, PKCS#8; instead of --p12")
    sign.add_argument("--cert", type=Path, metavar="FILE", help="its certificate")
    sign.add_argument("--format", choices=tuple(SUFFIXES), default="cms", help="cms if not said")
    sign.add_argument(
        "--add", action="store_true", help="FILE is a signed message (CMS): sign its content too"
    )
    sign.add_argument("--content", type=Path, metavar="FILE", help="with --add: of a detached signature")
    sign.add_argument("--detached", action="store_true", help="leave the content out of the message")
    sign.add_argument("--pem", action="store_true", help='write "BEGIN CMS" text instead of DER')
    sign.add_argument("--out", type=Path, metavar="FILE", help="FILE.cms or FILE.signed.xml if not said")
    sign.set_defaults(run_eds=run)


def run(args: Namespace) -> int:
    """Write what was signed and print its name."""
    _require_sense(args)
    signer = _signer(args)
    try:
        signed = MAKERS[args.format](args, inputs.bytes_of(args.file), signer)
    except eds.Obsolete as obsolete:
        raise Unusable(f"{args.p12 or args.key} does not sign: {obsolete}.") from obsolete
    except amending.OtherContent as other:
        raise Unusable(f"{args.file} cannot be signed: {other}.") from other
    except eds.Malformed as malformed:
        raise Unusable(f"{args.file} cannot be signed: {malformed}.") from malformed
    out = args.out or args.file.with_name(args.file.name + SUFFIXES[args.format])
    try:
        out.write_bytes(signed)
    except OSError as refused:
        raise Unusable(f"{out} cannot be written: {refused.strerror}.") from refused
    print(out)
    return DONE


def _require_sense(args: Namespace) -> None:
    if args.format != "cms" and (args.detached or args.pem or args.add):
        raise Unusable("--add, --detached and --pem go with --format cms.")
    if args.content and not args.add:
        raise Unusable("--content goes with --add.")
    if args.add and args.detached:
        raise Unusable("--add leaves the message attached or detached as it is.")


def _message(args: Namespace, content: bytes, by: Signer) -> bytes:
    key, certificate = by
    at = datetime.now(UTC)
    if args.add:
        document = inputs.bytes_of(args.content) if args.content else None
        message = amending.add_signer(content, key=key, certificate=certificate, at=at, content=document)
    else:
        message = eds.sign_cms(content, key=key, certificate=certificate, at=at, detached=args.detached)
    return eds.as_pem(message) if args.pem else message


def _document(args: Namespace, content: bytes, by: Signer) -> bytes:
    key, certificate = by
    return eds.sign_xml(content, key=key, certificate=certificate)


def _soap(args: Namespace, content: bytes, by: Signer) -> bytes:
    key, certificate = by
    return eds.sign_soap(content, key=key, certificate=certificate)


MAKERS: dict[str, Callable[[Namespace, bytes, Signer], bytes]] = {
    "cms": _message,
    "xml": _document,
    "soap": _soap,
}


def _signer(args: Namespace) -> Signer:
    if bool(args.p12) == bool(args.key or args.cert) or bool(args.key) != bool(args.cert):
        raise Unusable("name either --p12 with --password-file, or --key and --cert.")
    if not args.p12:
        key = inputs.parsed(args.key, eds.read_key, what="an unencrypted private key")
        known = inputs.parsed(args.cert, certificates.read, what="a certificate")
        if not pkcs12.are_one(key, known):
            raise Unusable(f"{args.cert} is the certificate of another key than {args.key}.")
        return key, known.encoded
    store = inputs.key_store(args.p12, args.password_file)
    certificate = inputs.own_certificate(store, args.p12)
    try:
        return store.key, certificate
    except eds.Malformed as malformed:
        raise Unusable(f"{args.p12} holds a key that cannot sign here: {malformed}.") from malformed
