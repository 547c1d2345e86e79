"""The stages of a start that need Django, each in a process: `python -m joldama.config.stages NAME`.

The environment says everything (joldama.config.environment); the exit code is that of the command.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from joldama.config.ending import ended
from joldama.config.exits import Exit


def prepare() -> int:
    """Bring a demonstration up: tables, reference data, people, keys, pages' files."""
    _set_up()
    from joldama.config.static import make_static
    from joldama.demo.prepare import prepare as prepare_demo

    make_static()
    prepare_demo(datetime.now(UTC))
    return Exit.DONE


def play() -> int:
    """Play the main job over HTTP against the servers that run."""
    _set_up()
    from joldama.demo.guided import play as play_guided

    play_guided(base_url=os.environ["JOLDAMA_ORIGIN"], signer_url=os.environ["JOLDAMA_SIGNER_URL"])
    return Exit.DONE


def _set_up() -> None:
    import django

    django.setup()


STAGES: dict[str, Callable[[], int]] = {"prepare": prepare, "play": play}

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(ended(STAGES[sys.argv[1]]))
