"""The messages of the three calls, against samples that clients of eGov Mobile have published."""

import base64
import json
from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govkz.mobile import (
    LARGEST,
    App,
    FiguresUnreadable,
    Invitation,
    Misfit,
    NotUnderstood,
    Organisation,
    Paper,
    load_figures,
    read_signed,
)
from govkz.mobile.figures import SHIPPED

FIGURES = load_figures()
ADDRESS = "https://joldama.example.kz/mobile/tOk-en_1/mgovSign"
PAPER = Paper(id=1, kk="Өтініш", ru="Заявление", en="Application", meta=(("сан", "47"),), content=b"<a/>")


def answer(**changes) -> dict:
    """What the phone sends: the same structure, the signature in its place."""
    message = PAPER.written(FIGURES)
    message["documentsToSign"][0]["document"]["file"]["data"] = base64.b64encode(b"signed").decode()
    document = {**message["documentsToSign"][0], **changes.pop("document", {})}
    return {**message, "documentsToSign": [document], **changes}


def read(message: object) -> bytes:
    return read_signed(json.dumps(message).encode(), paper_id=1, figures=FIGURES)


def misfit(body: bytes) -> Misfit:
    with pytest.raises(NotUnderstood) as raised:
        read_signed(body, paper_id=1, figures=FIGURES)
    return raised.value.misfit


def test_the_code_and_the_links_carry_the_whole_first_address() -> None:
    assert FIGURES.content(ADDRESS) == f"mobileSign:{ADDRESS}"
    for app, host in ((App.MOBILE, "/mobileSign/"), (App.BUSINESS, "/businessSign/")):
        parts = urlsplit(FIGURES.link(f"{ADDRESS}?a=1&b=2", app))
        assert (parts.netloc, parts.path) == ("m.egov.kz", host)
        assert parse_qs(parts.query)["link"] == [f"{ADDRESS}?a=1&b=2"]


def test_the_first_answer_names_who_asks_until_when_and_where_the_document_is() -> None:
    invitation = Invitation(
        description="Өтініш",
        expires_at=datetime(2026, 3, 17, 5, 10, tzinfo=UTC),
        organisation=Organisation(kk="Ұйым", ru="Орган", en="Office", bin="140940311897"),
        uri="https://joldama.example.kz/mobile/t/document",
    )

    assert invitation.written(FIGURES) == {
        "description": "Өтініш",
        "expiry_date": "2026-03-17T05:10:00.000+00:00",
        "organisation": {"nameRu": "Орган", "nameKz": "Ұйым", "nameEn": "Office", "bin": "140940311897"},
        "document": {
            "uri": "https://joldama.example.kz/mobile/t/document",
            "auth_type": "None",
            "auth_token": "",
        },
    }


def test_the_second_answer_holds_the_very_bytes() -> None:
    assert PAPER.written(FIGURES) == {
        "signMethod": "CMS_WITH_DATA",
        "documentsToSign": [
            {
                "id": 1,
                "nameRu": "Заявление",
                "nameKz": "Өтініш",
                "nameEn": "Application",
                "meta": [{"name": "сан", "value": "47"}],
                "document": {"file": {"mime": "", "data": "PGEvPg=="}},
            }
        ],
    }


@pytest.mark.parametrize(
    "message",
    [
        answer(),
        answer(version=1, organisation={}),
        answer(document={"id": "1", "documentCms": None}),
        answer(document={"document": {"file": {"data": " c2ln\nbmVk \n", "size": 1}}}),
    ],
)
def test_what_was_signed_is_read_and_members_nobody_described_are_passed_over(message: dict) -> None:
    assert read(message) == b"signed"


def test_a_message_in_pem_is_left_as_it_came() -> None:
    pem = "-----BEGIN CMS-----\nc2lnbmVk\n-----END CMS-----\n"

    assert read(answer(document={"document": {"file": {"data": pem}}})) == pem.strip().encode()


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (None, Misfit.WRONG_SHAPE),
        ([], Misfit.WRONG_SHAPE),
        ({}, Misfit.OTHER_METHOD),
        (answer(signMethod="XML"), Misfit.OTHER_METHOD),
        (answer(signMethod="CMS_SIGN_ONLY"), Misfit.OTHER_METHOD),
        (answer(documentsToSign=None), Misfit.WRONG_SHAPE),
        (answer(documentsToSign=[]), Misfit.OTHER_DOCUMENT),
        (answer(documentsToSign=[{}, {}]), Misfit.OTHER_DOCUMENT),
        (answer(documentsToSign=["x"]), Misfit.WRONG_SHAPE),
        (answer(document={"id": 2}), Misfit.OTHER_DOCUMENT),
        (answer(document={"id": True}), Misfit.WRONG_SHAPE),
        (answer(document={"id": None}), Misfit.WRONG_SHAPE),
        (answer(document={"id": 1.0}), Misfit.WRONG_SHAPE),
        (answer(document={"nameKz": 5}), Misfit.WRONG_SHAPE),
        (answer(document={"nameKz": "x" * 2001}), Misfit.WRONG_SHAPE),
        (answer(document={"meta": {}}), Misfit.WRONG_SHAPE),
        (answer(document={"meta": [1]}), Misfit.WRONG_SHAPE),
        (answer(document={"meta": [{"name": []}]}), Misfit.WRONG_SHAPE),
        (answer(document={"meta": [{}] * 51}), Misfit.WRONG_SHAPE),
        (answer(document={"document": None}), Misfit.WRONG_SHAPE),
        (answer(document={"document": {"file": {"data": None}}}), Misfit.WRONG_SHAPE),
        (answer(document={"document": {"file": {"data": "", "mime": 1}}}), Misfit.WRONG_SHAPE),
        (answer(document={"document": {"file": {"data": ""}}}), Misfit.NO_SIGNATURE),
        (answer(document={"document": {"file": {"data": "c2lnbmVk!"}}}), Misfit.NO_SIGNATURE),
        (answer(document={"document": {"file": {"data": "сигн"}}}), Misfit.NO_SIGNATURE),
    ],
)
def test_whatever_does_not_fit_is_named(message: object, expected: Misfit) -> None:
    assert misfit(json.dumps(message).encode()) is expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", Misfit.NOT_JSON),
        (b"{", Misfit.NOT_JSON),
        (b"\xff", Misfit.NOT_JSON),
        (b'{"signMethod": NaN}', Misfit.NOT_JSON),
        (b'{"a": 1, "a": 2}', Misfit.NOT_JSON),
        (b"[" * 200_000, Misfit.NOT_JSON),
        (b"9" * 10_000, Misfit.NOT_JSON),
        (b" " * (LARGEST + 1), Misfit.TOO_LARGE),
    ],
)
def test_what_is_no_json_or_too_much_is_named(body: bytes, expected: Misfit) -> None:
    assert misfit(body) is expected


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(
    where=st.sampled_from(["signMethod", "documentsToSign", "id", "meta", "document", "file", "data"]),
    value=_JSON,
)
def test_no_value_anywhere_breaks_the_reader(where: str, value: object) -> None:
    message = answer()
    document = message["documentsToSign"][0]
    file = document["document"]["file"]
    holder = {
        "id": document,
        "meta": document,
        "document": document,
        "file": document["document"],
        "data": file,
    }
    holder.get(where, message)[where] = value

    with suppress(NotUnderstood):
        assert read(message)


def test_the_shipped_figures_say_since_when_and_who_told_them() -> None:
    assert FIGURES.since.year == 2026
    assert FIGURES.source


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("since = 2026-11-22", "since = 1"),
        ("https://m.egov.kz/mobileSign/", "http://m.egov.kz/mobileSign/"),
        ("?link={address}&isi=1597880144", "?isi=1597880144"),
        ('auth_type = "None"', "auth_type = 1"),
        ("taken = 200", 'taken = "no"'),
        ('prefix = "mobileSign:"', ""),
        ("[links]", "[links"),
    ],
)
def test_a_file_that_is_not_whole_is_not_read(tmp_path, old: str, new: str) -> None:
    text = SHIPPED.read_text()
    assert old in text
    changed = tmp_path / "figures.toml"
    changed.write_text(text.replace(old, new))

    with pytest.raises(FiguresUnreadable):
        load_figures(changed)


def test_a_file_that_is_not_there_is_not_read(tmp_path) -> None:
    with pytest.raises(FiguresUnreadable):
        load_figures(tmp_path / "none.toml")
