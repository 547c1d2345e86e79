"""The processes below one, and the CPU they have spent as the system counts it."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def family(root: int) -> list[int]:
    """Give a process and all below it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _fields(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, ahead = [], [root]
    while ahead:
        pid = ahead.pop()
        found.append(pid)
        ahead += children.get(pid, [])
    return found


def parent(pid: int) -> int:
    """Give the process above a living one."""
    return int(_fields(pid)[1])


def cpu_seconds(root: int) -> float:
    """Give what a process and all below it have spent so far, those that have ended included."""
    return sum(sum(map(int, _fields(pid)[11:15])) for pid in family(root)) / _TICKS


def _fields(pid: int) -> list[str]:
    """Read what stands behind a process's name in its `stat` (proc(5)); nothing once it has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
