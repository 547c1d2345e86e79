"""The web server process: granian before the WSGI application, one process a core.

Run by the supervisor as `python -m joldama.config.web --port 8000`.
"""

import argparse
import gc
import os
from signal import SIGTERM
from typing import Any

from joldama.config.lifeline import die_with_parent

_SECONDS_TO_END = 5  # what a request under way gets when the server stops


def application() -> Any:
    """Load the application in a worker process, tied to the process that started the worker."""
    die_with_parent(SIGTERM)
    from joldama.config import wsgi
    from joldama.config.proxies import behind_proxies

    gc.freeze()  # what is loaded by now stays: the collector need not walk it again and again
    return behind_proxies(wsgi.application, os.environ.get("JOLDAMA_PROXIES", ""))


def main() -> None:
    """Serve until told to end."""
    # Imported here: the workers import this module too, and need nothing of it.
    from granian import Granian
    from granian.constants import Interfaces

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    Granian(
        "joldama.config.web:application",
        factory=True,
        interface=Interfaces.WSGI,
        address=args.address,
        port=args.port,
        workers=args.workers,
        blocking_threads=1,
        respawn_failed_workers=True,
        respawn_interval=0.2,
        workers_kill_timeout=_SECONDS_TO_END,
        websockets=False,
    ).serve()


if __name__ == "__main__":
    main()
