"""S20: the kinds of result are data of an edition, and say of themselves what is needed, given and how long (¶6)."""

from pathlib import Path

import pytest

from joldama.standard.editions import EDITIONS, current
from joldama.standard.figures import FOLDER
from joldama.standard.kinds import (
    DeclaredKind,
    Receiver,
    ResultDocument,
    ResultKind,
    Undeclarable,
    declared_kinds,
)
from joldama.standard.words import has, say

FIRST = EDITIONS[0]
DECLARED = [one for edition in EDITIONS for one in edition.declared_kinds]


def test_a_kind_declares_receiver_document_and_validity():
    """R6.1-d, R6.1-e, A9"""
    assert [
        (
            one.number,
            one.kind.name,
            one.receiver.name,
            one.document.name,
            one.validity and one.validity.amount,
        )
        for one in FIRST.declared_kinds
    ] == [
        (1, "JOB_PLACEMENT", "EMPLOYER", "REFERRAL", 5),
        (2, "PUBLIC_WORKS", "EMPLOYER", "REFERRAL", 5),
        (3, "VOCATIONAL_TRAINING", "TRAINING_ORGANISATION", "REFERRAL", 5),
        (4, "SOCIAL_WORKPLACE", "EMPLOYER", "REFERRAL", 5),
        (5, "YOUTH_PRACTICE", "EMPLOYER", "REFERRAL", 5),
        (6, "CAREER_GUIDANCE", "NOBODY", "RECORD", None),
    ]


@pytest.mark.parametrize("one", DECLARED, ids=lambda one: f"{one.edition}-{one}")
def test_every_word_of_a_declared_kind_exists(one: DeclaredKind):
    keys = [one.text_key, one.short_key, one.explanation_key, one.title_key]
    keys += [one.field_key(field) for field in (*one.required, *one.optional)]
    keys += [one.receiver.text_key, one.document.text_key, *(each.text_key for each in one.training_kinds)]

    assert [key for key in keys if not has(key)] == []


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
def test_the_official_name_is_the_item_of_its_edition_word_for_word(edition):
    """R6.1-a: in Kazakh; the others are translations."""
    for one in edition.declared_kinds:
        (passage,) = edition.of(one.paragraph)
        assert passage.kk.rstrip(";.") == f"{one.number}) {say(one.text_key, 'kk')}"


@pytest.mark.parametrize("kind", ResultKind)
def test_a_kind_by_itself_answers_what_the_first_edition_says(kind: ResultKind):
    declared = FIRST.declared(kind)

    for name in (
        "number",
        "paragraph",
        "text_key",
        "short_key",
        "explanation_key",
        "title_key",
        "receiver",
        "is_referral",
        "needs_training_kind",
        "required",
        "optional",
    ):
        assert getattr(kind, name) == getattr(declared, name)
    assert [kind.field_key(field) for field in declared.required] == [
        declared.field_key(field) for field in declared.required
    ]


def test_no_kind_names_a_field_that_sends_somebody_where_nobody_is_sent():
    """R6.1-d: a record of guidance has neither employer nor place."""
    guidance = current().declared(ResultKind.CAREER_GUIDANCE)

    assert (guidance.receiver, guidance.document) == (Receiver.NOBODY, ResultDocument.RECORD)
    assert {*guidance.required, *guidance.optional} == {"guidance_given", "recommendation"}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("validity = 5", "", "JOB_PLACEMENT sends somebody somewhere, or it does not"),
        ('receiver = "employer"', 'receiver = "nobody"', "JOB_PLACEMENT sends somebody somewhere"),
        ('"organisation", ', "", "JOB_PLACEMENT sends somebody somewhere"),
        ('document = "record"', 'document = "record"\nvalidity = 5', "CAREER_GUIDANCE sends somebody"),
        ('"wage", ', '"occupation", ', "a field of JOB_PLACEMENT is both required and optional"),
        ('"PUBLIC_WORKS"\nparagraph', '"JOB_PLACEMENT"\nparagraph', "a kind stands twice"),
        ('code = "PUBLIC_WORKS"', 'code = "PUBLIC_WORK"', "PUBLIC_WORK"),
        ('receiver = "employer"', 'receiver = "anybody"', "anybody"),
        ('"wage"', '"salary"', "salary"),
    ],
)
def test_data_that_contradict_themselves_are_not_read(tmp_path: Path, before: str, after: str, said: str):
    text = (FOLDER / f"{FIRST.id}-kinds.toml").read_text(encoding="utf-8")
    assert before in text
    (tmp_path / "changed-kinds.toml").write_text(text.replace(before, after, 1), encoding="utf-8")

    with pytest.raises((Undeclarable, ValueError), match=said):
        declared_kinds("changed", tmp_path)


def test_an_edition_without_a_kind_says_so():
    with pytest.raises(LookupError, match="has no kind GUESSED"):
        current().declared("GUESSED")  # type: ignore[arg-type]
