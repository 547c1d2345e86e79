"""How the signer, which reads no database, learns what time it is in the demonstration."""

from datetime import timedelta
from pathlib import Path


def tell_signer(folder: Path, *, offset: timedelta) -> None:
    """Leave the offset where the demo signer, which reads no database, finds it."""
    _signers_file(folder).write_text(f"{offset.total_seconds()}\n")


def signer_offset(folder: Path) -> timedelta:
    """Read what `tell_signer` left; zero where nothing was left."""
    try:
        return timedelta(seconds=float(_signers_file(folder).read_text()))
    except (OSError, ValueError):
        return timedelta(0)


def _signers_file(folder: Path) -> Path:
    return folder / "demo-clock"
