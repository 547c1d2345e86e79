"""The emulated certification centre, asked over HTTP as an installation asks the real one, for the tests' authority."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from tests.factories import pki

from govkz.eds.keep import Keep
from joldama.demo.centre.emulated import EmulatedCentre, points_of
from joldama.demo.centre.server import make_server


@contextmanager
def serving(folder: Path, *, now: Callable[[], datetime]) -> Iterator[Path]:
    """Serve it; lend the file of its addresses, whose set is `demo`."""
    keep = Keep(folder / "centre")
    keep.save(pki.authority())
    server = make_server(0, EmulatedCentre(keep, now=now))
    file = folder / "points.toml"
    file.write_text(points_of(f"http://127.0.0.1:{server.server_port}"), encoding="utf-8")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield file
    finally:
        server.shutdown()
        server.server_close()
