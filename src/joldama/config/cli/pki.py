"""`joldama pki`: a test PKI that looks like the national one: made, shown, revoked in, served.

For trying out and testing: its CAs say DEMO in their names, and a real installation refuses them as anchors.
"""

import re
from argparse import ArgumentParser, Namespace, _SubParsersAction
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from govkz.eds import certificates, pkcs12
from govkz.eds.addresses import Addresses
from govkz.eds.algorithms import name_of
from govkz.eds.identities import Identity
from govkz.eds.keep import Keep
from govkz.eds.pki import Algorithm, Authority, Organisation, Person
from govkz.eds.reports import Role
from joldama.config.cli.demo import port_number
from joldama.config.exits import Exit, Stopped
from joldama.config.ports import LOOPBACK, require_free

PORT = 8090
PASSWORD = "Qwerty12"
"""As the published test keys of the national centre have it: these keys are worth as little."""

_PERSON = Person("Сынақов", "Сынақ", "900101100014", "Сынақұлы")
_OFFICIAL = Person("Үлгіев", "Үлгі", "800202200029", "Үлгіұлы")
_OFFICE = Organisation("«Үлгі» мекемесі", "140140081790")


def add_to(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Add `joldama pki make|show|revoke|serve DIR`."""
    parser = subparsers.add_parser("pki", help="make and serve a test PKI")
    commands = parser.add_subparsers(dest="pki_command", required=True, metavar="COMMAND")
    make = _command(
        commands, "make", run_make, "make root and issuing CAs (RSA and GOST), people and services"
    )
    make.add_argument("--base", default=f"http://{LOOPBACK}:{PORT}", help="where it will be served")
    _command(commands, "show", run_show, "show the certificates of a folder")
    revoke = _command(commands, "revoke", run_revoke, "revoke a certificate from now on")
    revoke.add_argument("name", metavar="NAME", help="as `show` lists it")
    serve = _command(
        commands, "serve", run_serve, "answer as OCSP responder, list point and time-stamping authority"
    )
    serve.add_argument("--port", type=port_number, default=PORT)


def run_make(args: Namespace) -> int:
    """Make it, with a PKCS#12 file for each holder; a folder that has one already is refused."""
    keep, at = Keep(args.folder), datetime.now(UTC)
    if keep.exists:
        raise Stopped(f"There is a PKI in {args.folder} already: name another folder.", Exit.NO)
    try:
        authority = Authority.create(at=at, addresses=Addresses(args.base.rstrip("/")))
        keep.save(authority)
        for name, identity in _holders(authority, at).items():
            keep.save_identity(name, identity)
            _write_key_store(keep, name, identity, authority)
        keep.reissue_crls(at=at)
    except OSError as error:
        raise Stopped(f"{args.folder} cannot be written: {error.strerror}.", Exit.FOLDER_REFUSED) from error
    print(f"Made in {args.folder}; the password of every key in p12/ is {PASSWORD}.")
    return run_show(args)


def run_show(args: Namespace) -> int:
    """Print CAs and holders: name, role, algorithm, end, whether revoked."""
    keep = _kept(args.folder)
    authority = keep.load()
    for hierarchy in authority.hierarchies:
        for what, identity in (("root", hierarchy.root), ("issuing", hierarchy.issuing)):
            print(f"{what + ' ' + hierarchy.word:<18}{_told(identity)}")
    for name in keep.names():
        identity = keep.load_identity(name)
        revoked = "  REVOKED" if authority.has_revoked(identity) else ""
        print(f"{name:<18}{_told(identity)}{revoked}")
    return Exit.DONE


def run_revoke(args: Namespace) -> int:
    """Name a certificate in every list and answer from now on."""
    keep, at = _kept(args.folder), datetime.now(UTC)
    if args.name not in keep.names():
        raise Stopped(
            f"There is no {args.name!r}; `joldama pki show {args.folder}` lists the names.", Exit.NO
        )
    authority = keep.load()
    authority.revoke(keep.load_identity(args.name), at=at)
    keep.save(authority)
    keep.reissue_crls(at=at)
    print(f"{args.name} is revoked since {at:%Y-%m-%d %H:%M:%S} UTC.")
    return Exit.DONE


def run_serve(args: Namespace) -> int:
    """Serve on loopback until Ctrl-C; print the file of addresses for JOLDAMA_CENTRE_POINTS."""
    keep = _kept(args.folder)
    require_free(args.port)
    from joldama.demo.centre.emulated import EmulatedCentre, points_of
    from joldama.demo.centre.server import make_server

    points = args.folder / "points.toml"
    points.write_text(points_of(f"http://{LOOPBACK}:{args.port}"), encoding="utf-8")
    centre = EmulatedCentre(keep, now=lambda: datetime.now(UTC))
    with make_server(args.port, centre) as server:
        print(
            f"Serving on http://{LOOPBACK}:{args.port}; its addresses stand in {points}. Ctrl-C ends.",
            flush=True,
        )
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return Exit.DONE


def _holders(authority: Authority, at: datetime) -> dict[str, Identity]:
    found: dict[str, Identity] = {}
    for word, algorithm in (("rsa", Algorithm.RSA), ("gost", Algorithm.GOST)):
        found |= {
            f"person-{word}": authority.person(_PERSON, at=at, algorithm=algorithm),
            f"auth-{word}": authority.authentication(_PERSON, at=at, algorithm=algorithm),
            f"head-{word}": authority.official(
                _OFFICIAL, _OFFICE, role=Role.HEAD, at=at, algorithm=algorithm
            ),
            f"system-{word}": authority.system("АЖ Үлгі", _OFFICE, at=at, algorithm=algorithm),
        }
    return found


def _write_key_store(keep: Keep, name: str, identity: Identity, authority: Authority) -> None:
    file = keep.folder / "p12" / f"{name}.p12"
    file.parent.mkdir(mode=0o700, exist_ok=True)
    store = pkcs12.write(identity.key, identity.certificate, password=PASSWORD)
    file.touch(mode=0o600)
    file.write_bytes(store)


def _told(identity: Identity) -> str:
    known = certificates.read(identity.certificate)
    role = f", {known.role}" if known.role else ""
    name = re.sub(r"\s+", " ", known.name or "")
    return f"{name}{role}, {name_of(identity.key.algorithm)}, until {known.not_after:%Y-%m-%d}"


def _kept(folder: Path) -> Keep:
    keep = Keep(folder)
    if not keep.exists:
        raise Stopped(f"There is no PKI in {folder}: make one with `joldama pki make {folder}`.", Exit.NO)
    return keep


def _command(commands: "_SubParsersAction[Any]", name: str, run: Any, summary: str) -> ArgumentParser:
    command: ArgumentParser = commands.add_parser(
        name, help=summary, description=summary[0].upper() + summary[1:] + "."
    )
    command.add_argument("folder", type=Path, metavar="DIR")
    command.set_defaults(run=run)
    return command
