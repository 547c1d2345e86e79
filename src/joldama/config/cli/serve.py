"""`joldama serve`: a real installation – web server, worker, live pages and, without DATABASE_URL, the database."""

import os
import signal
from argparse import ArgumentParser, Namespace, _SubParsersAction

from joldama.config import launch, ports
from joldama.config.cli.demo import port_number
from joldama.config.environment import production_environment
from joldama.config.exits import Exit, Stopped
from joldama.config.postgres import default_home
from joldama.config.supervisor import Supervisor

DATABASE = "joldama"
_PATIENCE = 60.0  # seconds the web server gets to answer


def add_to(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Add `joldama serve [--address A] [--port N] [--live-port N] [--workers N]`."""
    parser = subparsers.add_parser(
        "serve",
        help="run a real installation",
        description="Serves the database of DATABASE_URL (else the embedded one) with the keys of "
        "JOLDAMA_SECRETS at the address people open, JOLDAMA_ORIGIN. First: joldama admin keys, "
        "joldama migrate, joldama admin create. SIGTERM or Ctrl-C ends everything.",
    )
    parser.add_argument("--address", default=ports.LOOPBACK, help="where to listen (%(default)s)")
    parser.add_argument("--port", type=port_number, default=8000, help="the port (%(default)s)")
    parser.add_argument(
        "--live-port", type=port_number, help="the port of the live pages (the one after --port)"
    )
    parser.add_argument("--workers", type=int, help="web processes (one a core)")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Refuse what is no real installation, then serve until told to end."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if not os.environ.get("JOLDAMA_ORIGIN"):
        raise Stopped(
            "JOLDAMA_ORIGIN is missing: the address people open, as in https://joldama.example.kz.",
            Exit.CONFIGURATION,
        )
    live_port = args.live_port or port_number(str(args.port + 1))
    for port in (args.port, live_port):
        ports.require_free(port, address=args.address)
    home = default_home()
    with launch.opened_database(DATABASE, home=home, say=_say) as database:
        environment = production_environment(home=home, database_url=database.url)
        code = launch.run_stage("ready", environment)
        if code != Exit.DONE:
            return code
        roles = [
            launch.web(port=args.port, log=None, address=args.address, workers=args.workers),
            launch.worker(log=None),
            launch.live(port=live_port, web_port=args.port, log=None, address=args.address),
        ]
        with Supervisor(roles, environment=environment, database=database.server, say=_say) as house:
            house.wait_until(
                lambda: (
                    ports.answers(args.port, "/healthz", address=args.address)
                    and ports.answers(live_port, "/live/healthz", address=args.address)
                ),
                patience=_PATIENCE,
            )
            _say(
                f"joldama serves {environment['JOLDAMA_ORIGIN']} on {args.address}:{args.port}, "
                f"/live/ on {args.address}:{live_port}"
            )
            if not os.environ.get("JOLDAMA_PROXIES"):
                _say(
                    "JOLDAMA_PROXIES names nobody: whoever comes through a server in front seems to be that server."
                )
            house.run()
    return Exit.DONE


def _say(sentence: str) -> None:
    print(sentence, flush=True)
