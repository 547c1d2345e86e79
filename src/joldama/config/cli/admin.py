"""`joldama admin`: the keys and the first administrator of a real installation."""

import getpass
import os
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from joldama.config import launch
from joldama.config.cli.serve import DATABASE
from joldama.config.environment import default_keys, demo_keys, production_environment
from joldama.config.exits import Exit, Stopped
from joldama.config.postgres import default_home
from joldama.config.secrets import make_secrets, read_secrets, renew_code_key, withdraw_code_key
from joldama.vault.code_key import KeptKey, public_half


def add_to(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Add `joldama admin keys`, `code-key`, `trust` and `create`."""
    parser = subparsers.add_parser("admin", help="make the keys and the first administrator")
    commands = parser.add_subparsers(dest="admin_command", required=True, metavar="COMMAND")
    keys = commands.add_parser("keys", help="make the keys of this installation, once")
    keys.set_defaults(run=run_keys)
    code_key = commands.add_parser(
        "code-key",
        help="show the keys that sign the codes on papers, make the next one",
        description="Prints the keys by number. With --new the next one is made and signs from the next start of "
        "`serve` on; what the one before it signed stays good. With --withdraw a key is believed no more, whatever "
        "it signed and when: for one that somebody else may have.",
    )
    code_key.add_argument("--new", action="store_true", help="make the next key")
    code_key.add_argument("--withdraw", type=int, metavar="NUMBER", help="believe this key no more")
    code_key.add_argument("--demo", action="store_true", help="the keys of the demonstration")
    code_key.set_defaults(run=run_code_key)
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


def run_code_key(args: Namespace) -> int:
    """Show the keys of the codes; make the next one, or withdraw one, where that was asked for."""
    folder = Path(os.environ.get("JOLDAMA_SECRETS") or (demo_keys() if args.demo else default_keys()))
    secrets = read_secrets(str(folder))
    if args.withdraw is not None and args.withdraw not in secrets.code_keys:
        raise Stopped(f"There is no key {args.withdraw}.", Exit.USAGE)
    if args.withdraw is not None:
        secrets = withdraw_code_key(folder, args.withdraw)
    if args.new:
        secrets = renew_code_key(folder)
    for number, kept in sorted(secrets.code_keys.items()):
        print(f"{number}  {public_half(number, kept).name.hex()}  {_days(kept)}")
    if args.new or args.withdraw is not None:
        print("Start `joldama serve` anew today: until then it signs with the key it knows.")
    return Exit.DONE


def _days(kept: KeptKey) -> str:
    if kept.is_withdrawn:
        return f"since {kept.since_on}, withdrawn"
    return f"since {kept.since_on}" + (f", until {kept.until_on}" if kept.until_on else ", signs")


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
