"""Every paper has the structure that PDF/UA-1 and PDF/A-3b ask for, before its seal and after it."""

from datetime import timedelta
from io import BytesIO

import pytest
from pyhanko.pdf_utils import generic, writer
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.reader import PdfFileReader
from tests.factories.prints import CMS, ISSUED_AT, long_referral, referral, refusal
from tests.factories.seals import office_seal
from tests.pdf_structure import structural_faults

from joldama.adapters.printing import Copy, render_referral, render_refusal
from joldama.standard.kinds import ResultKind


@pytest.fixture(scope="module")
def paper(fonts) -> bytes:
    return render_referral(referral(), fonts=fonts, decision_cms=CMS, copy=Copy.RECIPIENT)


@pytest.mark.parametrize("kind", ResultKind)
def test_each_kind_is_structured_for_readers_and_archives(fonts, kind):
    pdf = render_referral(referral(kind), fonts=fonts, decision_cms=CMS, copy=Copy.RECIPIENT)

    assert structural_faults(pdf) == []


def test_two_pages_the_organisations_copy_and_a_refusal_are_structured_as_well(fonts):
    papers = [
        render_referral(long_referral(), fonts=fonts, decision_cms=CMS, copy=Copy.RECIPIENT),
        render_referral(referral(), fonts=fonts, decision_cms=None, copy=Copy.ORGANISATION),
        render_refusal(refusal(), fonts=fonts, decision_cms=CMS),
    ]

    assert [structural_faults(pdf) for pdf in papers] == [[]] * 3


def test_the_seal_leaves_the_structure_whole(paper):
    assert structural_faults(office_seal().apply(paper, at=ISSUED_AT + timedelta(seconds=2))) == []


def _catalogue(name, value):
    def change(root):
        root[pdf_name(name)] = value

    return change


def _without(name):
    def change(root):
        del root[name]

    return change


def _no_words_for_the_figure(root):
    for tag in _all_tags(root["/StructTreeRoot"]):
        if tag["/S"] == "/Figure":
            del tag["/Alt"]


def _heading_of_the_third_level(root):
    next(tag for tag in _all_tags(root["/StructTreeRoot"]) if tag["/S"] == "/H2")[pdf_name("/S")] = pdf_name(
        "/H4"
    )


def _a_tag_nobody_knows(root):
    next(tag for tag in _all_tags(root["/StructTreeRoot"]) if tag["/S"] == "/P")[pdf_name("/S")] = pdf_name(
        "/Wording"
    )


def _text_outside_every_tag(root):
    page = root["/Pages"]["/Kids"][0]
    page["/Contents"]._data = page["/Contents"].data + b"\nBT (x) Tj ET"
    page["/Contents"]._encoded_data = None


def _a_tag_without_its_content(root):
    tag = next(one for one in _all_tags(root["/StructTreeRoot"]) if "/Pg" in one)
    tag[pdf_name("/K")] = generic.NumberObject(4711)


def _a_font_without_letters(root):
    fonts = root["/Pages"]["/Kids"][0]["/Resources"]["/Font"]
    del fonts[next(iter(fonts))]["/ToUnicode"]


def _a_font_that_is_not_embedded(root):
    fonts = root["/Pages"]["/Kids"][0]["/Resources"]["/Font"]
    described = fonts[next(iter(fonts))]["/DescendantFonts"][0]["/FontDescriptor"]
    for name in [name for name in described if name.startswith("/FontFile")]:
        del described[name]


def _an_attachment_without_words(root):
    del root["/AF"][0]["/Desc"]


def _all_tags(node):
    from tests.pdf_structure import _tags

    return list(_tags(node))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (_without("/MarkInfo"), "not marked as tagged"),
        (_without("/Lang"), "no language"),
        (_without("/ViewerPreferences"), "the window shows the file's name"),
        (_without("/OutputIntents"), "no output intent"),
        (_without("/StructTreeRoot"), "no tree of tags"),
        (_without("/AF"), "not associated with"),
        (_catalogue("/AA", generic.DictionaryObject()), "forbidden: /AA"),
        (_no_words_for_the_figure, "a figure without words"),
        (_heading_of_the_third_level, "headings skip a level"),
        (_a_tag_nobody_knows, "unknown type /Wording"),
        (_text_outside_every_tag, "paint outside"),
        (_a_tag_without_its_content, "tagged"),
        (_a_font_without_letters, "no way from its shapes"),
        (_a_font_that_is_not_embedded, "not embedded"),
        (_an_attachment_without_words, "without /Desc"),
    ],
)
def test_what_is_missing_is_found(paper, change, fault):
    """Negative controls."""
    rewritten = writer.copy_into_new_writer(PdfFileReader(BytesIO(paper)))
    change(rewritten.root)
    out = BytesIO()
    rewritten.write(out)

    assert [found for found in structural_faults(out.getvalue()) if fault in found]


def test_a_paper_that_claims_less_is_found(paper):
    """Negative control."""
    claimed = paper.replace(b"<pdfaid:conformance>B", b"<pdfaid:conformance>U")

    assert structural_faults(claimed) == ["does not claim pdfaid:conformance B"]
