"""A signature that is not taken is refused in words of its own, which say what to do."""

from datetime import timedelta

import pytest
from tests.factories import pki
from tests.factories.steps import MONDAY_TEN

from govkz.eds import Reason
from govkz.eds.pki import Authority, Person
from joldama.procedures import official_signing
from joldama.procedures.refused_signature import TELLING_FIRST, SignatureRefused, refusal_of, text_key_of
from joldama.signatures.judging import judge_person
from joldama.signatures.models import Purpose
from joldama.signatures.operations import keep_revocation_list, trust
from joldama.standard import words
from joldama.standard.refusals import Refused

IIN = "900115267840"
ALIA = Person("Серікова", "Әлия", IIN)


def said(refused: Refused) -> str:
    return refused.parts("en")[0]


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence_of_its_own_with_what_to_do(reason: Reason) -> None:
    key = text_key_of(frozenset({reason}))

    assert reason in TELLING_FIRST
    assert all(len(words.parts(key, language)) == 3 for language in words.LANGUAGES)
    assert [other for other in Reason if text_key_of(frozenset({other})) == key] == [reason]


@pytest.mark.parametrize("reason", Reason)
def test_an_official_is_told_each_reason_too(reason: Reason) -> None:
    key = official_signing.SignatureRefused(frozenset({reason})).text_key

    assert len(words.parts(key, "kk")) == 3
    assert key.endswith(f".{reason}")


def test_an_official_is_told_of_a_test_key() -> None:
    refused = official_signing.SignatureRefused(frozenset({Reason.NO_ANCHOR}), is_test_key=True)

    assert words.part(refused.text_key, "en", 0) == "The signature was not accepted: this is a test key."


def test_a_reason_nobody_knows_yet_is_told_without_its_name() -> None:
    assert words.part(text_key_of(frozenset()), "en", 0) == "The signature was not accepted."


def test_the_most_telling_reason_speaks() -> None:
    reasons = frozenset({Reason.EXPIRED, Reason.WRONG_KEY_USAGE, Reason.NO_REVOCATION_DATA})

    assert text_key_of(reasons) == "error.key_authentication"


@pytest.fixture
def production(db: None) -> Authority:
    """The one centre believed here; its name says nothing of a test."""
    authority = Authority.create(at=MONDAY_TEN, label="2015")
    for certificate in authority.certificates:
        trust(certificate, set_name="production")
    keep_revocation_list(authority.crl(at=MONDAY_TEN))
    return authority


def refused_with(key: object, purpose: Purpose = Purpose.SIGN_IN) -> str:
    cms = key.sign(b"<paper/>", at=MONDAY_TEN)  # type: ignore[attr-defined]
    return said(refusal_of(judge_person(cms, iin=IIN, at=MONDAY_TEN), purpose))


def test_each_wrong_key_is_told_by_its_kind(production: Authority) -> None:
    other = Authority.create(at=MONDAY_TEN, label="2019")
    organisation = pki.Organisation("Басқарма", "140940311897")
    late = MONDAY_TEN + timedelta(days=400)

    found = {
        "authentication": refused_with(production.authentication(ALIA, at=MONDAY_TEN)),
        "organisation": refused_with(
            production.official(ALIA, organisation, role=pki.Role.HEAD, at=MONDAY_TEN)
        ),
        "person": refused_with(production.person(Person("Досов", "Самат", "850916125478"), at=MONDAY_TEN)),
        "test": refused_with(pki.person(IIN)),
        "centre": refused_with(other.person(ALIA, at=MONDAY_TEN)),
        "ended": refused_with(production.person(ALIA, at=MONDAY_TEN, until=MONDAY_TEN - timedelta(hours=1))),
        "early": refused_with(production.person(ALIA, at=late)),
    }

    assert found == {
        "authentication": "This key cannot sign.",
        "organisation": "This is an organisation's key.",
        "person": "The signature was not accepted: the EDS belongs to another person.",
        "test": "This is a test key.",
        "centre": "The signature is not confirmed.",
        "ended": "The signature was not accepted: the EDS certificate has expired.",
        "early": "The signature was not accepted: the EDS certificate is not valid yet.",
    }


def test_a_test_key_is_none_where_tests_are_believed(db: None) -> None:
    authority = Authority.create(at=MONDAY_TEN, label="TEST 2015")
    for certificate in authority.certificates:
        trust(certificate, set_name="test")

    assert refused_with(pki.person(IIN)) == "The signature is not confirmed."


def test_an_application_is_refused_on_its_own_ground_where_there_is_one(production: Authority) -> None:
    expired = production.person(ALIA, at=MONDAY_TEN, until=MONDAY_TEN - timedelta(hours=1))
    authentication = production.authentication(ALIA, at=MONDAY_TEN)

    assert refused_with(expired, Purpose.APPLICATION).startswith("Application not accepted:")
    assert refused_with(authentication, Purpose.APPLICATION) == "This key cannot sign."


def test_bytes_that_are_no_signature_at_all_are_told_so(production: Authority) -> None:
    refused = refusal_of(judge_person(b"nothing", iin=IIN, at=MONDAY_TEN), Purpose.COMPLAINT)

    assert isinstance(refused, SignatureRefused)
    assert refused.text_key == "signature.malformed"
