"""The worker's process begins before anybody has set Django up: it does that itself."""

import subprocess
import sys


def test_the_worker_can_be_entered_before_django_is_set_up():
    entered = "from joldama.worker.running import main; assert callable(main)"

    done = subprocess.run(
        [sys.executable, "-P", "-c", entered], env={}, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
