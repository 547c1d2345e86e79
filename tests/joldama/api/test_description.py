"""The description of the calls is the one that was agreed, and names what the judge asks."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from joldama.api.description import described
from joldama.openings.tables.columns import TableSort, columns_of
from joldama.openings.tables.judging import judge_rows


def references(told):
    if isinstance(told, dict):
        for name, value in told.items():
            if name == "$ref":
                yield value
            yield from references(value)
    elif isinstance(told, list):
        for value in told:
            yield from references(value)


@pytest.fixture
def shown(settings):
    settings.JOLDAMA_ORIGIN = "https://joldama.example"
    return described()


def test_the_description_is_the_one_that_was_agreed(shown, snapshot):
    assert json.dumps(shown, ensure_ascii=False, indent=1) == snapshot


def test_everybody_may_read_it(db):
    answer = Client().get(reverse("api:description"))

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json()["paths"].keys() == {reverse("api:openings"), reverse("api:close-openings")}


def test_every_reference_leads_to_something(shown):
    names = {f"#/components/schemas/{name}" for name in shown["components"]["schemas"]}

    assert set(references(shown)) <= names


def test_what_is_required_is_what_the_judge_asks_of_an_empty_item(shown):
    faults = judge_rows([(1, {})], TableSort.OPENINGS, today=None).faults

    asked = {one.column for one in faults if one.key == "tables.fault.required"}
    assert set(shown["components"]["schemas"]["Opening"]["required"]) == asked
    assert set(shown["components"]["schemas"]["Opening"]["properties"]) == {
        column.name for column in columns_of(TableSort.OPENINGS)
    }
