from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from joldama.standard.channels import IssueForm
from joldama.standard.documents import DocumentKind
from joldama.standard.grounds import Ground, Tier, grounds
from joldama.standard.kinds import ResultField, ResultKind, TrainingKind
from joldama.standard.names import PersonName
from joldama.standard.papers import (
    AnnulmentPaper,
    ApplicationPaper,
    DecisionPaper,
    NotThisPaper,
    ReplyPaper,
    SignInPaper,
    UnwritablePaper,
)

AT = datetime(2026, 3, 20, 16, 20, 5, tzinfo=ZoneInfo("Asia/Almaty"))
AISHA = PersonName(surname="Нұрланова", given_name="Айша", patronymic="Серікқызы")
APPLICATION = ApplicationPaper(
    id=UUID("9f1c2a34-0000-4000-8000-000000000001"),
    draft="ABCEHKMO",
    origin="https://joldama.example",
    language="kk",
    at=AT,
    office="ТМР",
    place=UUID("9f1c2a34-0000-4000-8000-000000000002"),
    kind=ResultKind.PUBLIC_WORKS,
    other_kinds=(ResultKind.YOUTH_PRACTICE, ResultKind.CAREER_GUIDANCE),
    issue_form=IssueForm.ELECTRONIC,
    iin="880520200016",
    name=AISHA,
    document_kind=DocumentKind.ID_CARD_KZ,
    document_number="012345678",
    phone="+77010000000",
)
WRITTEN = """<?xml version='1.0' encoding='UTF-8'?>
<application xmlns="urn:joldama:application:1">
  <purpose>application</purpose>
  <id>9f1c2a34-0000-4000-8000-000000000001</id>
  <draft>ABCEHKMO</draft>
  <origin>https://joldama.example</origin>
  <language>kk</language>
  <at>2026-03-20T11:20:05Z</at>
  <office>ТМР</office>
  <place>9f1c2a34-0000-4000-8000-000000000002</place>
  <kind>PUBLIC_WORKS</kind>
  <other-kinds>
    <kind>YOUTH_PRACTICE</kind>
    <kind>CAREER_GUIDANCE</kind>
  </other-kinds>
  <oralman>no</oralman>
  <issue-form>ELECTRONIC</issue-form>
  <person>
    <iin>880520200016</iin>
    <surname>Нұрланова</surname>
    <given-name>Айша</given-name>
    <patronymic>Серікқызы</patronymic>
  </person>
  <document>
    <kind>ID_CARD_KZ</kind>
    <number>012345678</number>
  </document>
  <contact>
    <phone>+77010000000</phone>
  </contact>
</application>
""".encode()
SIGN_IN = SignInPaper(origin="http://localhost:8000", nonce="a_nonce-of_at-least_22_letters", at=AT)
GRANT = DecisionPaper(
    reference=UUID("9f1c2a34-0000-4000-8000-000000000003"),
    application="ТМР-2026-000001",
    name=AISHA,
    iin="880520200016",
    edition="2015-04-28",
    calendar_version="2026-1",
    kind=ResultKind.PUBLIC_WORKS,
    fields=(("bin", "150340000015"), ("organisation", "«Жасыл аула» ЖШС"), ("start_on", "2026-04-01")),
    official=PersonName(surname="Ахметов", given_name="Ерлан"),
    position="Бөлім басшысы",
    office="ТМР",
    at=AT,
)
REFUSAL = replace(
    GRANT,
    kind=None,
    fields=(),
    ground=Ground.FALSE_DATA,
    reasons="Бірінші жол.\nЕкінші жол <&> \r соңы.",
    deputy_order="№ 12, 2026-03-01",
)
REPLY = ReplyPaper(
    id=UUID("9f1c2a34-0000-4000-8000-000000000004"),
    origin="https://joldama.example",
    at=AT,
    referral="ТМР-Ж-2026-000001",
    bin="150340000015",
    answer="accepted",
    answered_on="2026-03-20",
    start_on="2026-03-23",
    order="14-ж, 20.03.2026",
)
ANNULMENT = AnnulmentPaper(
    reference=UUID("9f1c2a34-0000-4000-8000-000000000004"),
    application="ТМР-2026-000001",
    referral="ТМР-Ж-2026-000001",
    name=AISHA,
    iin="880520200016",
    edition="2015-04-28",
    calendar_version="2026-1",
    reason="Бірінші жол.\nЕкінші жол <&> \r соңы.",
    is_corrected=True,
    proposer=PersonName(surname="Досова", given_name="Гүлнар"),
    proposed_at=AT,
    official=PersonName(surname="Ахметов", given_name="Ерлан"),
    position="Бөлім басшысы",
    deputy_order="№ 12, 2026-03-01",
    office="ТМР",
    at=AT,
)
PAPERS = [APPLICATION, SIGN_IN, GRANT, REFUSAL, REPLY, ANNULMENT]


def test_an_application_is_written_as_these_bytes_and_no_other():
    assert APPLICATION.to_xml() == WRITTEN


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: type(paper).__name__)
def test_a_paper_reads_what_it_wrote(paper):
    assert type(paper).from_xml(paper.to_xml()) == paper


def test_a_moment_is_read_in_utc():
    assert ApplicationPaper.from_xml(WRITTEN).at == datetime(2026, 3, 20, 11, 20, 5, tzinfo=UTC)
    assert ApplicationPaper.from_xml(WRITTEN).at.tzinfo is UTC


def test_a_refusal_names_the_paragraph_and_the_act_of_its_ground():
    root = etree.fromstring(REFUSAL.to_xml())
    refusal = root.find("{urn:joldama:decision:1}refusal")

    assert [(etree.QName(part).localname, part.text, dict(part.attrib)) for part in refusal] == [
        ("ground", "FALSE_DATA", {}),
        ("paragraph", "9", {}),
        ("act", None, {"code": "state_services_19_1", "number": "88-V", "dated": "2013-04-15"}),
    ]


@pytest.mark.parametrize("ground", grounds(Tier.REFUSED))
def test_every_ground_of_a_refusal_can_be_written(ground):
    paper = replace(REFUSAL, ground=ground)

    assert DecisionPaper.from_xml(paper.to_xml()) == paper


@pytest.mark.parametrize("ground", [*grounds(Tier.NOT_ACCEPTED), *grounds(Tier.CLOSED)])
def test_a_ground_of_another_tier_is_no_refusal(ground):
    with pytest.raises(UnwritablePaper, match="SCHEMAV_CVC_ENUMERATION_VALID at /decision/refusal/ground"):
        replace(REFUSAL, ground=ground).to_xml()


def test_the_schema_of_a_decision_knows_every_kind_and_field():
    for kind in ResultKind:
        training = TrainingKind.RETRAINING if kind.needs_training_kind else None
        fields = tuple((field.value, "2026-04-01") for field in (*kind.required, *kind.optional))
        paper = replace(GRANT, kind=kind, training_kind=training, fields=fields)

        assert DecisionPaper.from_xml(paper.to_xml()) == paper

    assert {field for kind in ResultKind for field in (*kind.required, *kind.optional)} == set(ResultField)


@pytest.mark.parametrize(
    "change",
    [{"referral": "ТМР-2026-000001"}, {"reason": ""}, {"reason": "\x0b"}, {"at": AT.replace(tzinfo=None)}],
)
def test_an_annulment_names_a_referral_a_reason_and_a_moment(change):
    """A referral on a blank has the blank's number (A38)."""
    assert replace(ANNULMENT, referral="ТМР-Қ-2026-000001").to_xml()

    with pytest.raises(UnwritablePaper):
        replace(ANNULMENT, **change).to_xml()


@pytest.mark.parametrize(
    ("paper", "other"),
    [
        (APPLICATION, SignInPaper),
        (APPLICATION, DecisionPaper),
        (SIGN_IN, ApplicationPaper),
        (SIGN_IN, DecisionPaper),
        (GRANT, ApplicationPaper),
        (REFUSAL, SignInPaper),
        (ANNULMENT, DecisionPaper),
        (GRANT, AnnulmentPaper),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else type(value).__name__,
)
def test_a_paper_of_one_purpose_is_never_taken_for_another(paper, other):
    with pytest.raises(NotThisPaper, match="SCHEMAV_CVC_ELT_1"):
        other.from_xml(paper.to_xml())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not well-formed XML"),
        (b"\xff\xfe<", "not UTF-8"),
        (WRITTEN[:-20], "not well-formed XML"),
        (WRITTEN + b" " * 70_000, "more than 65536 bytes"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]>' + WRITTEN, "has a DOCTYPE"),
        (WRITTEN.replace(b"UTF-8", b"UTF-16"), "declares to be something else than XML 1.0 in UTF-8"),
        (WRITTEN.replace(b"</id>", b"</id><!-- x -->"), "not written as this version writes it"),
        (WRITTEN.replace(b"  <id>", b"<?x y?>  <id>"), "not written as this version writes it"),
        (WRITTEN.rstrip(), "not written as this version writes it"),
        (
            WRITTEN.replace(b"T11:20:05Z", b"T24:00:00Z"),
            "no moment at at",
        ),
        (
            WRITTEN.replace(b"880520200016", b"88052020001"),
            "SCHEMAV_CVC_PATTERN_VALID at /application/person/iin",
        ),
        (
            WRITTEN.replace(b"<purpose>application", b"<purpose>sign-in"),
            "SCHEMAV_CVC_ENUMERATION_VALID at /application/purpose",
        ),
        (
            WRITTEN.replace(b"PUBLIC_WORKS", b"VOCATIONAL_TRAINING"),
            "training-kind belongs to kind 3 and to it alone",
        ),
        (WRITTEN.replace(b"YOUTH_PRACTICE", b"PUBLIC_WORKS"), "other-kinds repeat the kind asked for"),
        (
            WRITTEN.replace(b"YOUTH_PRACTICE", b"CAREER_GUIDANCE"),
            "SCHEMAV_CVC_IDC at /application/other-kinds/kind",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bytes_that_are_not_this_paper_are_refused_with_a_reason(data, reason):
    with pytest.raises(NotThisPaper) as caught:
        ApplicationPaper.from_xml(data)

    assert caught.value.reason == reason


def test_the_reason_never_repeats_what_a_person_typed():
    with pytest.raises(UnwritablePaper) as caught:
        replace(APPLICATION, iin="not an IIN").to_xml()

    assert str(caught.value) == "SCHEMAV_CVC_PATTERN_VALID at /application/person/iin"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"document_number": "01\x00"}, "number has a character that XML cannot carry"),
        ({"at": AT.replace(tzinfo=None)}, "a moment has no zone"),
        ({"training_kind": TrainingKind.ADVANCED}, "training-kind belongs to kind 3 and to it alone"),
    ],
)
def test_a_value_that_does_not_fit_is_not_written(changed, reason):
    with pytest.raises(UnwritablePaper) as caught:
        replace(APPLICATION, **changed).to_xml()

    assert str(caught.value) == reason


@pytest.mark.parametrize("changed", [{"ground": Ground.FALSE_DATA}, {"kind": None, "fields": ()}])
def test_a_decision_has_a_kind_or_a_ground_and_not_both(changed):
    with pytest.raises(UnwritablePaper, match="a decision has a kind or a ground, one of them"):
        replace(GRANT, **changed).to_xml()


def test_an_entity_is_never_expanded():
    bomb = WRITTEN.replace("Нұрланова".encode(), b"&lol;")

    with pytest.raises(NotThisPaper, match="not well-formed XML"):
        ApplicationPaper.from_xml(bomb)
