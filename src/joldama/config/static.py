"""Gather the files of the pages (styles, scripts, fonts) where the web server finds them, once an edition."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from joldama.ui.fonts import make_fonts


def make_static() -> None:
    """Collect the static files unless those that stand were collected from the same sources."""
    make_fonts(settings.JOLDAMA_GENERATED / "fonts")
    target = Path(settings.STATIC_ROOT)
    target.mkdir(parents=True, exist_ok=True)
    stamp = target / ".sources"
    sources = _sources()
    if stamp.exists() and stamp.read_text() == sources:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(sources)


def _sources() -> str:
    """Return a mark that changes with any file's name, size or time."""
    marks = []
    for finder in get_finders():
        for name, storage in finder.list(None):
            state = Path(storage.path(name)).stat()
            marks.append(f"{name} {state.st_size} {state.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(marks)).encode()).hexdigest()
