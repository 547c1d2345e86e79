"""The phone's process: `python -m joldama.demo.phone`, started by the supervisor of a demonstration."""

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from joldama.demo.phone.calls import Calls
from joldama.demo.phone.server import Settings, make_server
from joldama.demo.signer.clock import signer_offset
from joldama.demo.signer.keys import Keys


def main() -> int:
    """Serve until told to end."""
    folder = Path(os.environ["JOLDAMA_DATA"])
    url = os.environ["JOLDAMA_PHONE_URL"]
    settings = Settings(url=url, now=lambda: datetime.now(UTC) + signer_offset(folder))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with (
        Calls(os.environ["JOLDAMA_ORIGIN"]) as calls,
        make_server(settings, Keys(folder / "demo-pki"), calls, port=urlsplit(url).port or 0) as server,
    ):
        server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
