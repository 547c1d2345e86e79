"""The signer's local server: who left early is no fault, a fault is one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from joldama.demo.signer.keys import Keys
from joldama.demo.signer.server import Settings, make_server


@pytest.mark.parametrize(
    ("fault", "is_reported"),
    [(BrokenPipeError(), False), (ConnectionResetError(), False), (ValueError(), True)],
)
def test_only_faults_of_its_own_are_reported(
    fault: Exception, is_reported: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(
        port=0, origin="http://localhost", token="", now=lambda: datetime(2026, 3, 17, tzinfo=UTC)
    )
    with make_server(settings, Keys(tmp_path)) as server:
        try:
            raise fault
        except Exception:
            server.handle_error(None, ("127.0.0.1", 1))

    assert ("Traceback" in capsys.readouterr().err) is is_reported
