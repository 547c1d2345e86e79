import os
import re
from dataclasses import fields
from datetime import date, time
from hashlib import sha256
from pathlib import Path

import pytest

from joldama.standard.channels import Channel
from joldama.standard.citations import cite
from joldama.standard.documents import DocumentKind
from joldama.standard.editions import EDITIONS, NoEdition, current, edition, edition_on
from joldama.standard.figures import Figure
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultKind
from joldama.standard.passport import passport
from joldama.standard.words import LANGUAGES, say
from joldama.standard.workflows import APPLICATION, REFERRAL

HERE = Path(__file__).parent
SPEC = os.environ.get("JOLDAMA_SPEC")
NUMBERS = (
    "1 2 3 3.1 3.2 4 4.1 4.2 4.3 5 6 6.1 6.2 6.3 6.4 6.5 6.6 7 8 8.1 8.2 9 "
    "10.1 10.2 10.3 10.4 10.5 10.6 10.7 10.8 11 12 13 14 15"
)
needs_spec = pytest.mark.skipif(not SPEC, reason="JOLDAMA_SPEC does not name the folder of the specification")


def test_the_edition_of_2015_is_in_force_from_its_date_on():
    assert [edition_on(date(year, 9, 15)).id for year in (2015, 2026)] == ["2015-04-28", "2015-04-28"]
    assert edition("2015-04-28") is current() is EDITIONS[-1]


def test_no_edition_is_in_force_before_the_order():
    with pytest.raises(NoEdition, match="no edition of the standard on 2015-04-27"):
        edition_on(date(2015, 4, 27))


def test_an_unknown_edition_is_named():
    with pytest.raises(NoEdition, match="no edition «2014-01-01»"):
        edition("2014-01-01")


def test_the_edition_says_where_it_is_published_and_whom_to_ask():
    it = current()

    assert (it.order, it.dated, it.annex) == ("279", date(2015, 4, 28), 28)
    assert (it.registration.number, it.registration.registered_on) == ("11342", date(2015, 6, 12))
    assert it.phones == ("8 (7172) 24 07 49", "8 (7172) 24 12 91")
    assert (it.contact_centre, it.site, it.portal) == ("1414", "www.mzsr.gov.kz", "www.egov.kz")
    assert say(it.reference_key, "en") == (
        "Annex 28 to order No. 279 of the Minister of Health and Social Development of the Republic of "
        "Kazakhstan of 28 April 2015"
    )


def test_every_point_item_and_part_has_its_place():
    numbers = list(dict.fromkeys(passage.paragraph for passage in current().passages))

    assert numbers == [
        "1",
        "2",
        "3",
        "3.1",
        "3.2",
        "4",
        "4.1",
        "4.2",
        "4.3",
        "5",
        "6",
        "6.1",
        "6.2",
        "6.3",
        "6.4",
        "6.5",
        "6.6",
        "7",
        "8",
        "8.1",
        "8.2",
        "9",
        "10.1",
        "10.2",
        "10.3",
        "10.4",
        "10.5",
        "10.6",
        "10.7",
        "10.8",
        "11",
        "12",
        "13",
        "14",
        "15",
    ]
    assert [len(current().of(str(point))) for point in range(1, 16)] == [
        1, 1, 4, 4, 1, 8, 1, 5, 5, 8, 1, 1, 1, 1, 1,
    ]  # fmt: skip


def test_a_paragraph_is_quoted_with_its_number_and_shown_without():
    (passage,) = current().of("7")

    assert passage.text("kk") == (
        "7. Мемлекеттік қызмет жеке тұлғаларға (бұдан әрі – көрсетілетін қызметті алушы) тегін көрсетіледі."
    )
    assert passage.body("en") == (
        "The state service is given to natural persons (below: the recipient) free of charge."
    )


def test_a_paragraph_that_does_not_exist_is_not_invented():
    with pytest.raises(LookupError, match="has no paragraph «16»"):
        current().of("16")


def test_the_official_text_is_unchanged():
    recorded = [line.split() for line in (HERE / "official.sha256").read_text(encoding="utf-8").splitlines()]

    assert [[sha256(p.kk.encode()).hexdigest(), p.paragraph] for p in current().passages] == recorded


@needs_spec
def test_the_official_text_is_that_of_the_specification():
    lines = (Path(SPEC) / "standard.kk.txt").read_text(encoding="utf-8").splitlines()
    texts = [re.sub(r"^- ", "", line.strip()) for line in lines if line.strip()]
    headings = [f"{chapter.number}. {chapter.kk}" for chapter in current().chapters]

    start = texts.index(headings[0])

    assert [text for text in texts[start:] if text not in headings] == [p.kk for p in current().passages]


@needs_spec
def test_the_passport_is_that_of_the_specification():
    raw = (Path(SPEC) / "passport.kk.txt").read_text(encoding="utf-8")
    table = " ".join(re.sub(r"<[^>]+>", " ", raw.partition("төлқұжаты\n")[2]).split())

    rows = passport(current(), "kk").rows

    assert " ".join(f"{row.label} {row.text}" for row in rows) == table


@pytest.mark.parametrize("passage", current().passages, ids=lambda passage: passage.paragraph)
def test_every_translation_keeps_the_numbers_of_the_official_text(passage):
    figures = [
        re.findall(r"\d[\d.]*\d|\d", re.sub(r"^\d+[.)]", "", text)) for text in (passage.kk, passage.ru)
    ]
    english = re.findall(r"\d[\d.]*\d|\d", re.sub(r"^\d+[.)]", "", passage.en))

    assert sorted(figures[0]) == sorted(figures[1]) == sorted(english)


def test_the_figures_of_the_edition_are_those_of_its_text():
    figures = current().figures
    said = {p.paragraph: p.kk for p in current().passages if p.is_item or p.chapter == 3}
    hours = current().of("8")[2].kk

    assert (
        f"– {figures.counter_result.amount} минут; порталда – {figures.portal_result.amount} (бір) жұмыс күні"
        in (said[figures.counter_result.paragraph])
    )
    assert f"– {figures.wait.amount} минут" in said[figures.wait.paragraph]
    assert f"– {figures.serving.amount} минут" in said[figures.serving.paragraph]
    assert (
        f" {figures.complaint_to_head.amount} (бес) жұмыс күні" in said[figures.complaint_to_head.paragraph]
    )
    assert figures.complaint_to_akim == figures.complaint_to_head
    assert (
        f" {figures.complaint_to_quality_body.amount} (он бес) жұмыс күні"
        in (said[figures.complaint_to_quality_body.paragraph])
    )
    assert [time(int(h), int(m)) for h, m in re.findall(r"(\d+)\.(\d\d)", hours)] == [
        figures.hours.lunch_from,
        figures.hours.lunch_to,
        figures.hours.opens,
        figures.hours.closes,
    ]


def test_the_kinds_are_named_as_in_point_6():
    items = [passage.kk for passage in current().of("6") if passage.is_item]

    assert items == [
        f"{kind.number}) {say(kind.text_key, 'kk')}{'.' if kind.number == 6 else ';'}" for kind in ResultKind
    ]


def test_the_documents_are_named_as_in_point_9():
    text = current().of("9")[1].kk
    shared = {"PASSPORT_KZ": "паспорты"}

    assert [kind for kind in DocumentKind if shared.get(kind, say(kind.text_key, "kk")) not in text] == []


def test_every_cited_paragraph_exists_and_can_be_named():
    cited = {move.paragraph for workflow in (APPLICATION, REFERRAL) for move in workflow.moves}
    cited |= {ground.paragraph for ground in Ground if ground.paragraph}
    cited |= {kind.paragraph for kind in ResultKind}
    figures = [getattr(current().figures, field.name) for field in fields(current().figures)]
    cited |= {figure.paragraph for figure in figures if isinstance(figure, Figure) and figure.paragraph}

    assert [(p, bool(current().of(p)), bool(cite(p, "kk"))) for p in sorted(cited)] == [
        (p, True, True) for p in sorted(cited)
    ]


def test_requirements_have_unique_ids_and_a_point():
    requirements = current().requirements

    assert len({requirement.id for requirement in requirements}) == len(requirements) == 73
    assert {requirement.point for requirement in requirements} == {*(str(n) for n in range(16)), "P"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_passport_has_ten_rows_and_a_note_unless_it_is_official(language):
    card = passport(current(), language)

    assert [row.number for row in card.rows] == list(range(1, 11))
    assert [row.paragraph for row in card.rows] == ["1", "3", "3", "7", "7", "4", "5", "8", "9", "6"]
    assert card.note == (None if language == "kk" else say("translation.unofficial", language))


def test_the_passport_as_plain_values_is_ready_for_json():
    plain = passport(current(), "en").as_plain()

    assert (plain["edition"], plain["language"], plain["official"]) == ("2015-04-28", "en", False)
    assert plain["rows"][2] == {
        "number": 3,
        "label": "Institution that accepts applications and issues results",
        "paragraph": "3",
        "lines": [
            "Applications are accepted and the results of delivering the state service are issued through:",
            "1) the provider;",
            "2) the “electronic government” web portal www.egov.kz (below: the portal).",
        ],
    }


def test_the_lists_of_the_edition_are_the_closed_lists():
    it = current()

    assert (it.channels, it.kinds, it.documents) == (tuple(Channel), tuple(ResultKind), tuple(DocumentKind))
