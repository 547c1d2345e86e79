"""What a process that prints and seals holds after many papers, and what one costs it in CPU.

A thousand papers by default; `JOLDAMA_PAPERS=10000 ./joldama bench paper_memory` is the long form. The raw limit
is the same process before its first paper.
"""

import multiprocessing
import os
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

PAPERS = int(os.environ.get("JOLDAMA_PAPERS", "1000"))
GOAL_MB = 250.0
GOAL_CPU_MS = 40.0
_SPAWN = multiprocessing.get_context("spawn")


def run() -> dict[str, float]:
    """Give megabytes resident at the start, after a tenth and at the end, and milliseconds of CPU of a paper."""
    ours, theirs = _SPAWN.Pipe()
    with tempfile.TemporaryDirectory() as folder:
        printer = _SPAWN.Process(target=_print, args=(theirs, Path(folder), PAPERS))
        printer.start()
        theirs.close()
        figures: dict[str, float] = ours.recv()
        printer.join()
    return {
        **figures,
        "goal_mb": GOAL_MB,
        "goal_cpu_ms": GOAL_CPU_MS,
        "ratio": figures["after_all_mb"] / figures["raw_mb"],
    }


def _print(pipe: Connection, folder: Path, papers: int) -> None:
    """Print and seal papers of every kind, each of another person, and send the figures."""
    from dataclasses import replace
    from datetime import timedelta

    from tests.factories.prints import CMS, ISSUED_AT, referral
    from tests.factories.seals import office_seal

    from joldama.adapters.printing import Copy, render_referral
    from joldama.standard.kinds import ResultKind
    from joldama.standard.names import PersonName

    seal, kinds = office_seal(), list(ResultKind)
    raw, early = _resident_mb(), 0.0
    rendering = sealing = 0.0
    for place in range(papers):
        paper = replace(
            referral(kinds[place % len(kinds)]),
            number=f"АСТ-Ж-2026-{place:06}",
            recipient=PersonName(surname=f"Нұрланова{place}", given_name="Айша", patronymic="Серікқызы"),
        )
        began = time.process_time()
        pdf = render_referral(paper, fonts=folder, decision_cms=CMS, copy=Copy.RECIPIENT)
        rendered = time.process_time()
        seal.apply(pdf, at=ISSUED_AT + timedelta(seconds=2))
        rendering += rendered - began
        sealing += time.process_time() - rendered
        early = _resident_mb() if place == papers // 10 else early
    pipe.send(
        {
            "papers": float(papers),
            "raw_mb": raw,
            "after_a_tenth_mb": early,
            "after_all_mb": _resident_mb(),
            "render_cpu_ms": rendering / papers * 1e3,
            "seal_cpu_ms": sealing / papers * 1e3,
        }
    )


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
