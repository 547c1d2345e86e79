"""The signer's process: `python -m joldama.demo.signer`, started by the supervisor of a demonstration."""

import os
import signal
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from joldama.demo.signer.clock import signer_offset
from joldama.demo.signer.exchange import open_exchange
from joldama.demo.signer.keys import Keys
from joldama.demo.signer.requests import Requests
from joldama.demo.signer.server import Settings, make_server


def main() -> int:
    """Serve until told to end; the pages answer once the exchange takes connections."""
    folder, origin, requests = Path(os.environ["JOLDAMA_DATA"]), os.environ["JOLDAMA_ORIGIN"], Requests()
    settings = Settings(
        port=_port("JOLDAMA_SIGNER_URL"),
        origin=origin,
        now=lambda: datetime.now(UTC) + signer_offset(folder),
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    exchange = open_exchange(port=_port("JOLDAMA_NCALAYER"), origin=origin, requests=requests)
    threading.Thread(target=exchange.serve_forever, daemon=True).start()
    with make_server(settings, Keys(folder / "demo-pki"), requests) as server:
        server.serve_forever()
    return 0


def _port(variable: str) -> int:
    return urlsplit(os.environ[variable]).port or 0


if __name__ == "__main__":
    sys.exit(main())
