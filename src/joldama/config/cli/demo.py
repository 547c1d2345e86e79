"""`joldama demo`: the main job before your eyes, or a demonstration to try out yourself."""

import signal
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Mapping
from pathlib import Path

from joldama.config import launch, ports
from joldama.config.environment import demo_environment
from joldama.config.exits import Exit, Stopped
from joldama.config.postgres import default_home
from joldama.config.supervisor import Supervisor

DATABASE = "joldama_demo"
PORT = 8000
_PATIENCE = 60.0  # seconds the servers get to answer


def add_to(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Add `joldama demo [--once | --serve | --day [SEED]] [--port N]`."""
    parser = subparsers.add_parser(
        "demo",
        help="play the main job; --serve: try it yourself",
        description="Starts an embedded database with invented people and plays the main job over HTTP: an "
        "application signed on the portal and one at the counter each become a referral. Needs no set-up.",
    )
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--once", action="store_true", help="play the job and end (this is the default)")
    way.add_argument("--serve", action="store_true", help="go on serving until Ctrl-C")
    way.add_argument(
        "--day",
        type=int,
        nargs="?",
        const=1,
        metavar="SEED",
        help="play a whole day at the counter, faster than life; the same seed is the same day",
    )
    parser.add_argument("--port", type=port_number, help=f"port of the pages (--serve: {PORT})")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Start everything, play or serve, and end everything that was started."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    port = args.port or (PORT if args.serve else ports.free_port())
    ports.require_free(port)
    home = default_home()
    print("Joldama, a demonstration without legal force: invented people, a database of its own.")
    steps = launch.Steps(_say)
    with launch.opened_database(DATABASE, home=home, say=_say) as database:
        steps.done(database.how)
        ncalayer_port, signer_port, gateway_port, phone_port, centre_port, live_port = (
            ports.free_port() for _ in range(6)
        )
        environment = demo_environment(
            home=home,
            database_url=database.url,
            port=port,
            ncalayer_port=ncalayer_port,
            signer_port=signer_port,
            gateway_port=gateway_port,
            phone_port=phone_port,
            centre_port=centre_port,
            live_port=live_port,
        )
        if args.day is not None:
            environment |= {"JOLDAMA_DAY": str(args.day), "JOLDAMA_CLOCK_FILE": str(home / "demo-clock")}
        code = launch.run_stage("prepare", environment)
        if code != Exit.DONE:
            return code
        steps.done("tables, reference data, demo people, keys and certificates")
        with _supervisor(home, environment, port, live_port, database) as house:
            house.wait_until(
                lambda: (
                    ports.answers(port, "/healthz")
                    and ports.listens(signer_port)
                    and ports.listens(gateway_port)
                    and ports.listens(phone_port)
                    and ports.listens(centre_port)
                    and ports.answers(live_port, "/live/healthz")
                ),
                patience=_PATIENCE,
            )
            steps.done("web, worker, live pages, signer, gateway, phone, centre answer")
            if args.serve:
                return _serve(house, environment)
            return _play(house, environment, "play" if args.day is None else "day")


def _supervisor(
    home: Path, environment: Mapping[str, str], port: int, live_port: int, database: launch.Opened
) -> Supervisor:
    log = home / "log"
    return Supervisor(
        [
            launch.web(port=port, log=log / "web.log"),
            launch.worker(log=log / "worker.log"),
            launch.live(port=live_port, web_port=port, log=log / "live.log"),
            launch.demo_signer(log=log / "signer.log"),
            launch.demo_gateway(log=log / "demo-gateway.log"),
            launch.demo_phone(log=log / "phone.log"),
            launch.demo_centre(log=log / "demo-centre.log"),
        ],
        environment=environment,
        database=database.server,
        say=_say,
    )


def _serve(house: Supervisor, environment: Mapping[str, str]) -> int:
    print(
        f"\nOpen {environment['JOLDAMA_ORIGIN']} – it lists the demo people of every role. Ctrl-C ends.",
        flush=True,
    )
    house.run()
    print("\nEverything that was started has ended; the data stay.")
    return Exit.DONE


def _play(house: Supervisor, environment: Mapping[str, str], stage: str) -> int:
    print(flush=True)
    task = launch.start_stage(stage, environment)
    try:
        code = house.run(task)
    finally:
        launch.end(task)
    if code is None:
        return Exit.INTERRUPTED
    if code == Exit.DONE:
        print("\nTo look around yourself: ./joldama demo --serve")
    return code


def port_number(text: str) -> int:
    """Read a port; raise Stopped for anything else."""
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise Stopped(f"A port is a number from 1 to 65535, not {text!r}.", Exit.USAGE)


def _say(sentence: str) -> None:
    print(sentence, flush=True)
