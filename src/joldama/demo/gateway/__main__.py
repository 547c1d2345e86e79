"""The emulated gateway's process: `python -m joldama.demo.gateway`, started by the supervisor of a demonstration."""

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from joldama.demo.gateway.moods import Moods
from joldama.demo.gateway.register import EmulatedRegister
from joldama.demo.gateway.server import make_server
from joldama.demo.signer.clock import signer_offset
from joldama.demo.visitors import applicants


def main() -> int:
    """Serve until told to end."""
    folder = Path(os.environ["JOLDAMA_DATA"])
    port = urlsplit(os.environ["JOLDAMA_GATEWAY"]).port or 0
    register = EmulatedRegister(
        people=lambda: applicants(folder), now=lambda: datetime.now(UTC) + signer_offset(folder)
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with make_server(port, register, Moods(folder)) as server:
        server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
