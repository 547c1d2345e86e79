"""The pictures of the README are there, small, and few; the browser stories make them."""

import re

from tests.house.tree import ROOT

LARGEST, MOST = 120_000, 13
"""Bytes of a picture, and how many there are: whoever fetches the repository fetches them all."""

SHOWN = re.compile(r"\]\(docs/screens/([a-z0-9-]+)\.png\)")


def test_the_pictures_are_small_and_each_stands_in_the_readme() -> None:
    kept = {path.stem: path.stat().st_size for path in (ROOT / "docs" / "screens").glob("*.png")}
    shown = SHOWN.findall((ROOT / "README.md").read_text(encoding="utf-8"))

    assert sorted(shown) == sorted(kept)
    assert 0 < len(kept) <= MOST
    assert {name: size for name, size in kept.items() if size > LARGEST} == {}


def test_a_picture_in_a_text_is_seen() -> None:
    assert SHOWN.findall("![a](docs/screens/head.png) [b](docs/x.png)") == ["head"]
