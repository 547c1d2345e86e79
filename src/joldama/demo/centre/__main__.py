"""The emulated centre's process: `python -m joldama.demo.centre`, started by the supervisor of a demonstration."""

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from govkz.eds.keep import Keep
from joldama.adapters.centre.points import load_points
from joldama.demo.centre.emulated import EmulatedCentre, port_of
from joldama.demo.centre.server import make_server
from joldama.demo.signer.clock import signer_offset


def main() -> int:
    """Serve until told to end."""
    folder = Path(os.environ["JOLDAMA_DATA"])
    points = load_points(os.environ["JOLDAMA_CENTRE"], Path(os.environ["JOLDAMA_CENTRE_POINTS"]))
    centre = EmulatedCentre(Keep(folder / "demo-pki"), now=lambda: datetime.now(UTC) + signer_offset(folder))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with make_server(port_of(points.ocsp), centre) as server:
        server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
