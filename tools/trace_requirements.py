"""Write docs/standard/requirements.md: each requirement, the code that meets it, the tests that show it.

Usage: python tools/trace_requirements.py
"""

import re
from collections.abc import Iterable
from pathlib import Path

from joldama.standard.editions import Edition, current

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "standard" / "requirements.md"
OPEN = ROOT / "docs" / "standard" / "open.txt"
CODE = (ROOT / "src" / "joldama", ROOT / "govkz" / "src" / "govkz")
TESTS = (ROOT / "tests",)
READ = (".py", ".html", ".typ")
# Names ids to show that they are recognised.
_SPEAKS_OF_IDS = {"tests/house/test_citations.py"}

_CITED = re.compile(r"\b(R(?:\d+|P)\.\d+-[a-z]|A\d{1,2}|S\d{2})\b")

PAGE = """\
# Requirements

Made by `tools/trace_requirements.py` from the edition {edition} of the standard and the ids that code and tests cite;
correct those, not this page. *Open* stands for what is not yet met whole (`docs/standard/open.txt`): it may be cited
already where a part of it stands.

Met: {met} of {count}.

| Requirement | What it asks | Code | Tests |
|---|---|---|---|
{rows}
"""


def cited_in(text: str) -> set[str]:
    """Return the ids of requirements, readings and scenarios that a text cites."""
    return set(_CITED.findall(text))


def cited_below(folders: Iterable[Path]) -> dict[str, set[str]]:
    """Return the ids cited in each file below the folders, by its path from the root."""
    cited = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix in READ and name not in _SPEAKS_OF_IDS:
                cited[name] = cited_in(path.read_text(encoding="utf-8"))
    return cited


def traced() -> str:
    """Return the whole page."""
    edition = current()
    standing_open = set(OPEN.read_text(encoding="utf-8").split())
    count = len(edition.requirements)
    return PAGE.format(
        edition=edition.id,
        met=count - len(standing_open),
        count=count,
        rows="\n".join(_rows(edition, standing_open)),
    )


def _rows(edition: Edition, standing_open: set[str]) -> list[str]:
    code, tests = cited_below(CODE), cited_below(TESTS)
    return [
        f"| {one.id}{' *open*' if one.id in standing_open else ''} | {one.text.replace('|', '&#124;')} "
        f"| {_citing(one.id, code)} | {_citing(one.id, tests)} |"
        for one in edition.requirements
    ]


def _citing(requirement: str, cited: dict[str, set[str]]) -> str:
    return "<br>".join(f"`{name}`" for name, ids in cited.items() if requirement in ids)


if __name__ == "__main__":
    TARGET.write_text(traced(), encoding="utf-8")
