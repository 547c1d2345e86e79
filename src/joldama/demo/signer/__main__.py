"""The signer's process: `python -m joldama.demo.signer`, started by the supervisor of a demonstration."""

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from joldama.demo.signer.clock import signer_offset
from joldama.demo.signer.keys import Keys
from joldama.demo.signer.server import Settings, make_server


def main() -> int:
    """Serve until told to end."""
    folder = Path(os.environ["JOLDAMA_DATA"])
    url = os.environ["JOLDAMA_SIGNER_URL"]
    settings = Settings(
        port=urlsplit(url).port or 0,
        origin=os.environ["JOLDAMA_ORIGIN"],
        token=os.environ["JOLDAMA_SIGNER_TOKEN"],
        now=lambda: datetime.now(UTC) + signer_offset(folder),
    )
    keys = Keys(folder / "demo-pki")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with make_server(settings, keys) as server:
        server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
