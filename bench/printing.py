"""How long a sealed paper takes, beside raw limits of the same run: an empty page, one RSA signature."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import perf_counter

import typst
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from tests.factories.prints import CMS, ISSUED_AT, referral, refusal
from tests.factories.seals import office_seal

from joldama.adapters.printing import Copy, render_referral, render_refusal
from joldama.adapters.signer import check_seal

PAPERS = 40
SEALED_AT = ISSUED_AT + timedelta(seconds=2)
GOAL_RENDER_MS = 40.0


def run() -> dict[str, float]:
    """Measure render, seal and check of one paper in milliseconds (median), each number another."""
    with tempfile.TemporaryDirectory() as folder:
        return _run(Path(folder))


def _run(folder: Path) -> dict[str, float]:
    papers = iter(range(1_000_000))
    seal = office_seal()

    def render() -> bytes:
        paper = replace(referral(), number=f"АСТ-Ж-2026-{next(papers):06}")
        return render_referral(paper, fonts=folder, decision_cms=CMS, copy=Copy.RECIPIENT)

    def refuse() -> bytes:
        paper = replace(refusal(), number=f"АСТ-Б-2026-{next(papers):06}")
        return render_refusal(paper, fonts=folder, decision_cms=CMS)

    pdf = render()
    sealed = seal.apply(pdf, at=SEALED_AT)
    raw_page, raw_rsa = _median(_empty_page(folder)), _median(_raw_signature())
    rendered, refused = _median(render), _median(refuse)
    put_on = _median(lambda: seal.apply(pdf, at=SEALED_AT))
    return {
        "raw_page_ms": raw_page,
        "render_ms": rendered,
        "render_ratio": rendered / raw_page,
        "render_goal_ms": GOAL_RENDER_MS,
        "refusal_ms": refused,
        "raw_rsa_ms": raw_rsa,
        "seal_ms": put_on,
        "seal_ratio": put_on / raw_rsa,
        "check_ms": _median(lambda: check_seal(sealed)),
        "sealed_bytes": float(len(sealed)),
    }


def _empty_page(folder: Path) -> Callable[[], object]:
    """Set a page with its number as the only word, to the same standards."""
    pages = iter(range(1_000_000))
    (folder / "empty.typ").write_text(
        '#set document(title: "-", date: datetime(year: 2026, month: 3, day: 26))\n'
        '#set text(font: "Noto Sans", fallback: false, lang: "kk")\n#sys.inputs.number',
        encoding="utf-8",
    )
    typesetter = typst.Compiler(folder / "empty.typ", font_paths=[folder], ignore_system_fonts=True)
    return lambda: typesetter.compile(
        sys_inputs={"number": str(next(pages))}, format="pdf", pdf_standards=["a-3b", "ua-1"]
    )


def _raw_signature() -> Callable[[], object]:
    key = office_seal().key
    return lambda: key.sign(bytes(100), PKCS1v15(), SHA256())


def _median(work: Callable[[], object]) -> float:
    work()
    taken = []
    for _ in range(PAPERS):
        began = perf_counter()
        work()
        taken.append((perf_counter() - began) * 1e3)
    return sorted(taken)[PAPERS // 2]


if __name__ == "__main__":
    for word, value in run().items():
        print(f"{word:<20}{value:10.2f}")
