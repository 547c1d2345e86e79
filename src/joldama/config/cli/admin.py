"""`joldama admin`: the keys and the first administrator of a real installation."""

import getpass
import os
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from joldama.config import launch
from joldama.config.cli.serve import DATABASE
from joldama.config.environment import default_keys, production_environment
from joldama.config.exits import Exit, Stopped
from joldama.config.postgres import default_home
from joldama.config.secrets import make_secrets, read_secrets


def add_to(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Add `joldama admin keys`, `joldama admin trust` and `joldama admin create`."""
    parser = subparsers.add_parser("admin", help="make the keys and the first administrator")
    commands = parser.add_subparsers(dest="admin_command", required=True, metavar="COMMAND")
    keys = commands.add_parser("keys", help="make the keys of this installation, once")
    keys.set_defaults(run=run_keys)
    trust = commands.add_parser(
        "trust",
        help="believe the certificates of a folder",
        description="Reads every certificate of a folder (.cer .crt .pem .der): a self-signed one becomes an "
        "anchor, any other an intermediate. Anchors of two sets never stand together.",
    )
    trust.add_argument("folder", type=Path, metavar="DIR")
    trust.add_argument("--set", dest="set_name", choices=("production", "test"), required=True)
    trust.set_defaults(run=run_trust)
    create = commands.add_parser(
        "create",
        help="make an administrator",
        description="Asks for a password (from a pipe: the first line) and shows the secret of the second "
        "factor, once.",
    )
    create.add_argument("login")
    create.add_argument("--surname", required=True)
    create.add_argument("--given-name", required=True)
    create.add_argument("--patronymic", default="")
    create.set_defaults(run=run_create)


def run_keys(args: Namespace) -> int:
    """Make the keys in JOLDAMA_SECRETS, else in the default folder; keys that stand are kept."""
    folder = Path(os.environ.get("JOLDAMA_SECRETS") or default_keys())
    stood = (folder / "keys.json").exists()
    try:
        make_secrets(folder)
    except OSError as error:
        raise Stopped(
            f"The keys cannot be written to {folder}: {error.strerror}.", Exit.FOLDER_REFUSED
        ) from error
    read_secrets(str(folder))
    print(f"The keys {'stand already' if stood else 'are made'} in {folder}.")
    print("Keep a copy in a safe place: without them nothing that carries a person can be read again.")
    return Exit.DONE


def run_trust(args: Namespace) -> int:
    """Believe the certificates of a folder from now on; those that are believed already stay."""
    home = default_home()
    with launch.opened_database(DATABASE, home=home, say=print) as database:
        os.environ.update(production_environment(home=home, database_url=database.url))
        import django

        django.setup()
        from joldama.config.production import believe

        for line in believe(args.folder, set_name=args.set_name):
            print(line)
    return Exit.DONE


def run_create(args: Namespace) -> int:
    """Make an administrator with a password and a second factor."""
    home = default_home()
    with launch.opened_database(DATABASE, home=home, say=print) as database:
        os.environ.update(production_environment(home=home, database_url=database.url))
        import django

        django.setup()
        from joldama.config.production import make_administrator, require_real

        require_real()
        secret = make_administrator(
            args.login,
            password=_password(),
            surname=args.surname,
            given_name=args.given_name,
            patronymic=args.patronymic,
        )
    print(f"The administrator {args.login} is made. The secret of the second factor, not shown again:")
    print(secret)
    return Exit.DONE


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("Again: "):
        raise Stopped("The two passwords differ: nothing was made.", Exit.USAGE)
    return first
