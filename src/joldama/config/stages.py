"""The stages of a start that need Django, each in a process: `python -m joldama.config.stages NAME`.

The environment says everything (joldama.config.environment); the exit code is that of the command.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from joldama.config.ending import ended
from joldama.config.exits import Exit, Stopped


def prepare() -> int:
    """Bring a demonstration up: tables, reference data, people, keys, the files of the pages."""
    wanted = _wanted_clock()
    _set_up()
    from joldama.config.static import make_static
    from joldama.demo import prepare as demo

    make_static()
    try:
        demo.prepare(datetime.now(UTC), wanted=wanted)
    except demo.NotADemo as error:
        raise Stopped(
            "The database of DATABASE_URL is a real installation: no demonstration enters it.",
            Exit.CONFIGURATION,
        ) from error
    return Exit.DONE


def play() -> int:
    """Play the main job over HTTP against the servers that run."""
    _set_up()
    from joldama.demo.guided import play as play_guided

    play_guided(base_url=os.environ["JOLDAMA_ORIGIN"])
    return Exit.DONE


def day() -> int:
    """Play a virtual day at the counter over HTTP against the servers that run, and judge it."""
    _set_up()
    from joldama.demo.day.shown import show

    return Exit.DONE if show(base_url=os.environ["JOLDAMA_ORIGIN"], seed=_seed()) else Exit.NO


def migrate() -> int:
    """Bring a real installation's database up to this edition; a new one becomes real for good."""
    _set_up()
    from joldama.config.production import bring_up

    bring_up(datetime.now(UTC))
    return Exit.DONE


def ready() -> int:
    """Refuse to serve what is no real installation, and gather the files of the pages."""
    _set_up()
    from joldama.config.production import require_real
    from joldama.config.static import make_static

    require_real()
    make_static()
    return Exit.DONE


def _wanted_clock() -> datetime | None:
    given = os.environ.get("JOLDAMA_CLOCK")
    if not given:
        return None
    try:
        moment = datetime.fromisoformat(given)
    except ValueError as error:
        raise Stopped(f"JOLDAMA_CLOCK is no moment: {given!r}.", Exit.CONFIGURATION) from error
    if moment.tzinfo is None:
        raise Stopped("JOLDAMA_CLOCK needs its offset, as in 2026-03-20T17:20+05:00.", Exit.CONFIGURATION)
    return moment.astimezone(UTC)


def _seed() -> int:
    given = os.environ.get("JOLDAMA_DAY", "")
    if not given.isascii() or not given.isdigit():
        raise Stopped(f"JOLDAMA_DAY is no whole number: {given!r}.", Exit.CONFIGURATION)
    return int(given)


def _set_up() -> None:
    import django

    django.setup()


STAGES: dict[str, Callable[[], int]] = {
    "prepare": prepare,
    "play": play,
    "day": day,
    "migrate": migrate,
    "ready": ready,
}

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(ended(STAGES[sys.argv[1]]))
