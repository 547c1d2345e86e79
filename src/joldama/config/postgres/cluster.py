"""Make the data folder, whole or not at all, and refuse one that another major version made."""

import shutil
import subprocess
from pathlib import Path
from signal import SIGKILL

from joldama.config.lifeline import tied_to_parent
from joldama.config.postgres import faults
from joldama.config.postgres.binaries import Binaries
from joldama.config.postgres.place import SUPERUSER, Place

_ROOM_NEEDED = 150 * 1024 * 1024  # a new data folder takes about 40 MB, its first log segments 16 MB each
_BUILTIN_LOCALE_SINCE = 17


def check_major(place: Place, binaries: Binaries) -> None:
    """Raise Stopped where the data were made by another major version."""
    try:
        found = (place.data / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        return
    if found != str(binaries.major):
        raise faults.other_major(data=place.data, found=found, ours=binaries.major)


def make_cluster(place: Place, binaries: Binaries, *, durable: bool) -> None:
    """Make the data folder unless it stands; a start that broke off leaves nothing that looks like one."""
    if (place.data / "PG_VERSION").exists():
        return
    if shutil.disk_usage(place.folder).free < _ROOM_NEEDED:
        raise faults.disk_full(place.home)
    draft = place.data.with_name("data.init")
    shutil.rmtree(draft, ignore_errors=True)
    answer = subprocess.run(
        _initdb(place, binaries, draft, durable=durable),
        env={},
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
        preexec_fn=tied_to_parent(SIGKILL),
        **place.owner.process_arguments(),
    )
    if answer.returncode != 0:
        place.log.write_text(answer.stdout + answer.stderr)
        shutil.rmtree(draft, ignore_errors=True)
        if "No space left" in answer.stderr:
            raise faults.disk_full(place.home)
        raise faults.failed("The database could not be made", place.log, _last_line(answer.stderr))
    draft.rename(place.data)


def _initdb(place: Place, binaries: Binaries, draft: Path, *, durable: bool) -> list[str]:
    locale = (
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if binaries.major >= _BUILTIN_LOCALE_SINCE
        else ["--locale-provider=libc", "--locale=C.UTF-8"]
    )
    return [
        str(binaries.initdb),
        f"--pgdata={draft}",
        f"--username={SUPERUSER}",
        f"--pwfile={place.password_file}",
        "--encoding=UTF8",
        *locale,
        "--auth=scram-sha-256",
        "--data-checksums",
        *([] if durable else ["--no-sync"]),
    ]


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""
