"""Has the emulated gateway be silent or faulty: a file in the demonstration's data folder, read at each message.

`demo-gateway.json` is a list, of which the first entry that fits is taken:
`[{"mood": "silent", "times": 3}]` keeps silent three times, `{"mood": "fault", "iin": "…"}` fails for one
person until the file is changed. Without the file the gateway answers.
"""

import json
import threading
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any


class Mood(StrEnum):
    """How a message is met."""

    ANSWERS = "answers"
    SILENT = "silent"
    """The connection is kept and nothing comes."""
    FAULT = "fault"
    """A fault of the gateway that may pass."""
    FAILURE = "failure"
    """The service could not process the message and does not say why."""
    REJECTS = "rejects"
    """A fault that says the message itself is wrong."""
    GARBLED = "garbled"
    """A page of a server in front of the gateway instead of a message."""


class Moods:
    """What the file says, counted down as it is followed."""

    def __init__(self, folder: Path) -> None:
        self._file = _file(folder)
        self._lock = threading.Lock()

    def meet(self, iin: str) -> Mood:
        """Say how a message about a person is met; a question by a document has no number of his."""
        with self._lock:
            entries = self._read()
            for entry in entries:
                if entry.get("iin") in (None, "", iin) and entry.get("times", 1) > 0:
                    self._count(entry, entries)
                    return Mood(entry["mood"])
        return Mood.ANSWERS

    def _count(self, entry: dict[str, Any], entries: list[dict[str, Any]]) -> None:
        if "times" in entry:
            entry["times"] -= 1
            _write(self._file, entries)

    def _read(self) -> list[dict[str, Any]]:
        with suppress(OSError, ValueError):
            read = json.loads(self._file.read_text(encoding="utf-8"))
            if isinstance(read, list):
                return [entry for entry in read if _is_whole(entry)]
        return []


def tell_gateway(folder: Path, mood: Mood, *, iin: str = "", times: int | None = None) -> None:
    """Have the gateway be in a mood, about everybody or one person, for so many messages or for good."""
    entry: dict[str, Any] = {"mood": mood.value, "iin": iin}
    _write(_file(folder), [entry if times is None else {**entry, "times": times}])


def _is_whole(entry: object) -> bool:
    return (
        isinstance(entry, dict) and entry.get("mood") in set(Mood) and isinstance(entry.get("times", 1), int)
    )


def _write(file: Path, entries: list[dict[str, Any]]) -> None:
    """Write at once: a reader finds the old file or the new one."""
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(entries), encoding="utf-8")
    fresh.replace(file)


def _file(folder: Path) -> Path:
    return folder / "demo-gateway.json"
