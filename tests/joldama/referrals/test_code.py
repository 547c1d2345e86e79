"""The signed code on a referral: what it says is believed only from those who may say it (A33)."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.forged_codes import Forged, forged
from tests.factories.paper_codes import CODED, DAY, KEYS, ORIGIN, ROTATED, SIGNING, Handmade, payload, written

from joldama.referrals import code
from joldama.referrals.code import Finding, Read
from joldama.standard.kinds import ResultKind
from joldama.vault.code_key import CodeKey, NoKeys, published, read_published

CORPUS = forged()


def read(text: str, keys: tuple[CodeKey, ...] = KEYS) -> Read:
    return code.read(text, origin=ORIGIN, keys=keys)


def test_what_was_written_is_read() -> None:
    assert read(written()) == Read(Finding.GENUINE, CODED, KEYS[2])


def test_a_record_of_guidance_has_no_last_day() -> None:
    guidance = replace(CODED, kind=ResultKind.CAREER_GUIDANCE, valid_until_on=None)

    assert read(written(guidance)).coded == guidance


def test_another_program_writes_what_we_read() -> None:
    assert read(Handmade().signed().text()) == Read(Finding.GENUINE, CODED, KEYS[2])


def test_a_key_goes_on_being_believed_for_what_it_signed_until_its_last_day() -> None:
    last = replace(CODED, issued_on=date(2026, 3, 20))

    assert read(written(last, ROTATED)).finding is Finding.GENUINE


def test_nothing_of_the_person_is_told_but_initials_and_four_digits() -> None:
    """A33: no more than whoever has the control code is told online."""
    address, _, digits = unquote(written()).partition("#")

    assert address == f"{ORIGIN}/verify/?n={CODED.number}&d=2026-03-26&c=KXMATBCA"
    told = int(digits).to_bytes(105)
    assert told[:12].hex() == "d28449a201260444" + KEYS[2].name.hex()
    assert told[12:39] == b"\xa0\x58\x18" + payload()
    assert told[39:41] == b"\x58\x40"


def test_blanks_around_a_code_are_no_part_of_it() -> None:
    assert read(f" {written()}\r\n").finding is Finding.GENUINE


def test_an_address_shown_in_plain_letters_is_the_same_address() -> None:
    assert read(unquote(written())).finding is Finding.GENUINE


@pytest.mark.parametrize(("text", "finding"), [each[1:] for each in CORPUS], ids=[each[0] for each in CORPUS])
def test_a_forged_or_damaged_code_is_refused_with_the_right_reason(text: str, finding: Finding) -> None:
    found = read(text)

    assert (found.finding, found.coded) == (finding, None)


def test_the_corpus_is_large_and_each_reason_has_its_part() -> None:
    counted = Counter(finding for _name, _text, finding in CORPUS)

    assert len(CORPUS) >= 250
    assert {finding for finding, count in counted.items() if count >= 10} == set(Finding) - {Finding.GENUINE}
    assert len({name for name, _text, _finding in CORPUS}) == len(CORPUS)


@given(st.integers(min_value=0, max_value=839), st.integers(min_value=0, max_value=104))
def test_no_bit_of_the_message_can_be_changed(bit: int, at: int) -> None:
    address, _, digits = _WRITTEN.partition("#")

    assert read(f"{address}#{int(digits) ^ 1 << bit}").finding is not Finding.GENUINE


@given(st.text(max_size=300))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    assert read(text).finding is Finding.NOT_OURS
    assert read(f"{ORIGIN}/verify/?{text}").finding is not Finding.GENUINE
    assert read(f"{_WRITTEN.partition('#')[0]}#{text}").finding is not Finding.GENUINE


@given(st.binary(min_size=1, max_size=200))
def test_no_bytes_at_all_break_the_reader(message: bytes) -> None:
    assert read(Handmade().text(b"\xd2" + message)).finding is not Finding.GENUINE


_WRITTEN = written()


def test_keys_are_published_and_read_again() -> None:
    told = json.dumps(published(KEYS))

    assert read_published(told) == KEYS
    assert "secret" not in told
    assert str(int.from_bytes(SIGNING.secret)) not in told


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"keys": [{}]}', '{"keys": [1]}', "\x00", '{"keys": {"x": 1}}']
)
def test_what_is_no_set_of_keys_is_said(text: str) -> None:
    with pytest.raises(NoKeys):
        read_published(text)


def test_a_forgery_that_would_pass_is_seen() -> None:
    """The corpus itself: one that nobody tampered with does not pass for a forged one."""
    untouched: Forged = ("untouched", Handmade(day=DAY.isoformat()).signed().text(), Finding.FORGED)

    assert read(untouched[1]).finding is not untouched[2]
