"""`joldama migrate`: bring the database of a real installation up to this edition."""

from argparse import ArgumentParser, Namespace, _SubParsersAction

from joldama.config import launch
from joldama.config.cli.serve import DATABASE
from joldama.config.environment import production_environment
from joldama.config.postgres import default_home


def add_to(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Add `joldama migrate`."""
    parser = subparsers.add_parser(
        "migrate",
        help="bring the database up to this edition",
        description="Makes or changes the tables and loads the shipped reference data; a new database "
        "becomes that of a real installation, for good. A demonstration migrates by itself.",
    )
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Migrate the database of DATABASE_URL, else the embedded one."""
    home = default_home()
    with launch.opened_database(DATABASE, home=home, say=print) as database:
        environment = production_environment(home=home, database_url=database.url)
        return launch.run_stage("migrate", environment)
