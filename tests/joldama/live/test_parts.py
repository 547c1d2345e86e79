"""Parts of a page are cut out as they stand."""

import pytest

from joldama.live.parts import parts_of

NESTED = '<div id="a" data-live="2"><div><img></div></div>'
OPEN = '<div id="a" data-live="2"><div><br><div/></div></div></div>'
WRITTEN = '<p id="a" data-live="2">1 &lt; 2 &amp; <!-- </p> --></p>'
WITHIN = '<ul id="a" data-live="2"><li id="b" data-live="5"></li></ul>'
LOUD = '<P ID="c" DATA-LIVE="2">Ә</P >'


@pytest.mark.parametrize(
    ("page", "parts"),
    [
        ("<p id='a' data-live=2>x</p>", {"a": "<p id='a' data-live=2>x</p>"}),
        ("<p>\n<b id=a data-live='2'>x\n</b>\n<i>", {"a": "<b id=a data-live='2'>x\n</b>"}),
        (f"<div>{NESTED}</div><p>", {"a": NESTED}),
        (f"{OPEN}x</div>", {"a": OPEN}),
        (f"<p>{WRITTEN}", {"a": WRITTEN}),
        (f"{WITHIN}\n\n  {LOUD}", {"a": WITHIN, "c": LOUD}),
        ('<p data-live="2">no name</p><p id="b">not live</p><input id="c" data-live="2">', {}),
        ('<p id="a" data-live="2">without an end', {}),
    ],
)
def test_parts_are_cut_out_as_they_stand(page: str, parts: dict[str, str]) -> None:
    assert parts_of(page) == parts
