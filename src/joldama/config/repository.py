"""The repository this edition runs from: the proofs live there, not in the installed package."""

import os
from pathlib import Path

import joldama
from joldama.config.exits import Exit, Stopped


def enter_repository() -> Path:
    """Make the repository's root the working folder and return it; raise Stopped where there is none."""
    root = Path(joldama.__file__).resolve().parents[2]
    if not (root / "pyproject.toml").exists() or not (root / "tests").is_dir():
        raise Stopped("The proofs are part of the repository: run ./joldama there.", Exit.USAGE)
    os.chdir(root)
    return root
