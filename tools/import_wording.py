"""Turn the tables of the wording document into the catalogue files of `joldama.standard`.

Usage: python tools/import_wording.py WORDING.md

Every table whose header begins with `| key |` is read: key, Kazakh, Russian, English; one file per section.
Times written with a dot (14.30) become times with a colon, as section (j) of the document asks of everything
that is not a quotation of the standard.
"""

import re
import sys
from pathlib import Path

TEXTS = Path(__file__).parent.parent / "src" / "joldama" / "standard" / "texts"
SECTIONS = {
    "a": "service",
    "b": "statuses",
    "c": "actions",
    "d": "labels",
    "e": "refusals",
    "f": "terms",
    "g": "notices",
    "h": "voice",
    "i": "papers",
}
TIME_WITH_DOT = re.compile(r"(?<!\d)(?<!\d\.)(\d{1,2})\.([0-5]\d)(?!\.?\d)")


def main(wording: Path) -> None:
    for letter, entries in read(wording.read_text(encoding="utf-8")).items():
        target = TEXTS / f"catalogue-{SECTIONS[letter]}.toml"
        target.write_text(as_toml(letter, entries), encoding="utf-8")
        print(f"{target.name}: {len(entries)}")  # noqa: T201 -- a tool answers on the terminal


def read(document: str) -> dict[str, list[tuple[str, str, str, str]]]:
    """Return the rows of each lettered section: key, Kazakh, Russian, English."""
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    letter, inside = "", False
    for line in document.splitlines():
        if heading := re.match(r"## \((\w)\)", line):
            letter = heading[1]
        if not line.startswith("|"):
            inside = False
            continue
        cells = cells_of(line)
        if cells[0] == "key":
            inside = True
        elif inside and not set(cells[0]) <= set("-: "):
            key, kk, ru, en = cells
            found.setdefault(letter, []).append((key, kk, ru, en))
    return found


def cells_of(line: str) -> list[str]:
    parts = re.split(r"(?<!\\)\|", line.strip().strip("|"))
    return [TIME_WITH_DOT.sub(r"\1:\2", part.strip().replace("\\|", "|")) for part in parts]


def as_toml(letter: str, entries: list[tuple[str, str, str, str]]) -> str:
    lines = [f"# Section ({letter}) of the wording document; made by tools/import_wording.py.", ""]
    for key, *texts in entries:
        lines.append(f'["{key}"]')
        lines += [f"{code} = {quoted(text)}" for code, text in zip(("kk", "ru", "en"), texts, strict=True)]
        lines.append("")
    return "\n".join(lines)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    main(Path(sys.argv[1]))
