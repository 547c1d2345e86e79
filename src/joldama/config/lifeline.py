"""Tie a child process to its parent, so that nothing lives on however the parent ends (also by kill -9)."""

import ctypes
import os
import signal
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1  # prctl(2)

# Loaded before any fork: a child between fork and exec must not load libraries.
_prctl = getattr(ctypes.CDLL(None, use_errno=True), "prctl", None)


def tied_to_parent(death_signal: signal.Signals) -> Callable[[], None]:
    """Return a `preexec_fn` after which the kernel sends `death_signal` once the starting thread has ended.

    `subprocess` drops the user before it calls `preexec_fn`; the order matters, setuid clears the wish.
    The starter must be the main thread: the kernel watches the thread, not the process.
    """
    parent = os.getpid()

    def tie() -> None:
        die_with_parent(death_signal)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def die_with_parent(death_signal: signal.Signals) -> None:
    """Ask the kernel to send `death_signal` to this process when its parent ends; no-op outside Linux."""
    if _prctl is not None:
        _prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
