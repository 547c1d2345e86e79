from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import pki, world
from tests.factories.seals import keep_seal
from tests.factories.steps import FIELDS, MONDAY_TEN, drafted, sent, signed, walked_in
from tests.pdf import attachments_of, needs_poppler, signature_lines, text_of

from joldama.adapters.signer import NoSeal, SealOutsideValidity, check_seal
from joldama.procedures import issue, prepare
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultField, ResultKind
from joldama.standard.typography import unbound
from joldama.worker import sealing
from joldama.worker.sealing import printed, seal_folder

SEALED_AT = MONDAY_TEN + timedelta(seconds=3)


def seal(decision, *, at):
    """Print and seal a decision at one moment."""
    return sealed_of(decision, printed(decision, at=at), at=at)


def sealed_of(decision, papers, *, at):
    return sealing.seal(papers, office_bin=decision.application.office.bin, at=at)


def plain(text):
    return " ".join(unbound(text).split())


@pytest.fixture
def decision(astana, seals):
    """A referral to public works, signed by the head of Astana."""
    application = sent(astana)
    drafted(astana, application)
    return signed(astana, application)


@needs_poppler
def test_a_signed_referral_becomes_two_sealed_papers_of_the_same_number(decision):
    papers = seal(decision, at=SEALED_AT)

    for pdf in (papers.recipient, papers.organisation):
        assert "Signature Validation: Signature is Valid." in signature_lines(pdf)
        assert "Total document signed" in signature_lines(pdf)
        assert check_seal(pdf).bin == decision.application.office.bin
        assert decision.number in text_of(pdf)


@needs_poppler
def test_the_paper_says_what_was_signed(decision):
    text = plain(text_of(seal(decision, at=SEALED_AT).recipient))

    person, referral = decision.application.person, decision.referral
    said = [
        f"Берілді: {person.name.full}",
        f"ЖСН {person.iin}",
        f"Өтініштің нөмірі: {decision.application.number}",
        "Қоғамдық жұмыстарға жолдама",
        FIELDS[ResultField.ORGANISATION],
        f"БСН {FIELDS[ResultField.BIN]}",
        FIELDS[ResultField.WORKPLACE_ADDRESS],
        FIELDS[ResultField.OCCUPATION],
        f"{decision.signed_by.position('kk')}, {decision.signed_by.name.short}",
        f"{decision.signed_by.position('ru')}, {decision.signed_by.name.short}",
        "14.09.2015, 10:00",
        referral.control_code,
        "http://localhost:8000/verify/",
        decision.application.place.address("ru"),
    ]
    assert [part for part in said if part not in text] == []


@needs_poppler
def test_only_the_recipients_own_copy_carries_the_decision_and_the_whole_number(decision):
    papers = seal(decision, at=SEALED_AT)

    assert attachments_of(papers.recipient) == {"decision.cms": bytes(decision.signature.cms)}
    assert attachments_of(papers.organisation) == {}
    assert decision.application.person.iin not in text_of(papers.organisation)


@needs_poppler
def test_a_demonstration_is_said_on_the_paper(decision):
    text = plain(text_of(seal(decision, at=SEALED_AT).organisation))

    assert "Demonstration, no legal force" in text


@needs_poppler
def test_a_refusal_becomes_one_sealed_paper(astana, seals):
    application = walked_in(astana)
    prepare.take(application, by=astana.specialist, at=MONDAY_TEN)
    prepare.draft_refusal(
        application,
        ground=Ground.FALSE_DATA,
        reasons="Қалада бос орын жоқ.",
        by=astana.specialist,
        at=MONDAY_TEN,
    )
    refused = signed(astana, application)

    papers = seal(refused, at=SEALED_AT)

    text = plain(text_of(papers.recipient))
    assert papers.organisation is None
    assert check_seal(papers.recipient).holds
    assert [refused.number in text, "Қалада бос орын жоқ." in text, "мәліметтер дұрыс емес" in text] == [
        True
    ] * 3
    assert attachments_of(papers.recipient) == {"decision.cms": bytes(refused.signature.cms)}


@needs_poppler
def test_a_record_of_guidance_becomes_one_sealed_paper(astana, seals):
    application = walked_in(astana, kind=ResultKind.CAREER_GUIDANCE)
    prepare.take(application, by=astana.specialist, at=MONDAY_TEN)
    prepare.draft_referral(
        application,
        kind=ResultKind.CAREER_GUIDANCE,
        fields={ResultField.GUIDANCE_GIVEN: "Жеке кеңес берілді."},
        by=astana.specialist,
        at=MONDAY_TEN,
    )
    guided = signed(astana, application)

    papers = seal(guided, at=SEALED_AT)

    assert papers.organisation is None
    assert "Жеке кеңес берілді." in plain(text_of(papers.recipient))
    assert check_seal(papers.recipient).holds


@needs_poppler
def test_a_deputys_order_stands_on_the_paper(astana, seals):
    world.by_order(astana.deputy, starts_on=MONDAY_TEN.date(), ends_on=MONDAY_TEN.date())
    application = sent(astana)
    drafted(astana, application)
    decision = signed(astana, application, by=astana.deputy)

    text = plain(text_of(seal(decision, at=SEALED_AT).recipient))

    assert "Басшының міндетін атқарады, бұйрық: № 17-Ө" in text
    assert astana.deputy.name.short in text


def test_sealed_papers_are_kept_and_offered_on_the_portal(decision):
    waiting = issue.unsealed_decision(decision.pk)

    papers = issue.keep_unsealed(waiting, printed(waiting, at=SEALED_AT))
    issue.receive_sealed(waiting, sealed_of(waiting, papers, at=SEALED_AT), at=SEALED_AT)

    decision.application.refresh_from_db()
    assert decision.application.state == "ISSUED"
    assert [check_seal(bytes(paper.pdf)).holds for paper in decision.papers.order_by("copy")] == [True, True]
    assert issue.unsealed_decision(decision.pk) is None


def test_what_was_kept_is_what_is_sealed_whoever_prints_later(decision):
    kept = issue.keep_unsealed(decision, printed(decision, at=SEALED_AT))

    again = issue.keep_unsealed(decision, printed(decision, at=SEALED_AT + timedelta(hours=1)))

    assert again == kept == issue.unsealed_papers(decision)
    later = SEALED_AT + timedelta(hours=2)
    assert sealed_of(decision, again, at=later) == sealed_of(decision, kept, at=SEALED_AT)
    assert sealed_of(decision, kept, at=later).recipient.startswith(kept.recipient)


def test_another_paper_than_the_kept_one_is_not_taken(decision):
    kept = issue.keep_unsealed(decision, printed(decision, at=SEALED_AT))
    other = replace(kept, recipient=printed(decision, at=SEALED_AT + timedelta(hours=1)).recipient)

    with pytest.raises(issue.OtherPaper):
        issue.receive_sealed(decision, sealed_of(decision, other, at=SEALED_AT), at=SEALED_AT)

    assert issue.unsealed_decision(decision.pk) == decision


def test_once_sealed_the_bytes_stand_once_and_their_digest_stays(decision):
    kept = issue.keep_unsealed(decision, printed(decision, at=SEALED_AT))
    issue.receive_sealed(decision, sealed_of(decision, kept, at=SEALED_AT), at=SEALED_AT)

    for row in decision.unsealed_papers.all():
        sealed = bytes(decision.papers.get(copy=row.copy).pdf)
        assert (row.pdf, row.begins(sealed), row.begins(sealed[1:])) == (None, True, False)


def test_a_seal_renewed_meanwhile_claims_no_moment_before_it_held(decision, seals):
    early = printed(decision, at=pki.FROM - timedelta(days=365))

    sealed = sealed_of(decision, early, at=SEALED_AT)

    claimed = SEALED_AT.astimezone(UTC).strftime("%Y%m%d%H%M%SZ")
    assert b"/M (D\\072" + claimed.encode() in sealed.recipient
    with pytest.raises(SealOutsideValidity):
        sealed_of(decision, early, at=pki.FROM - timedelta(days=300))


def test_a_waiting_decision_is_sealed_with_one_query(decision, django_assert_num_queries):
    waiting = issue.unsealed_decision(decision.pk)

    # What this database is.
    with django_assert_num_queries(1):
        seal(waiting, at=SEALED_AT)


def test_both_copies_are_kept_and_taken_by_one_statement_each(decision, django_assert_num_queries):
    made = printed(decision, at=SEALED_AT)

    # A transaction's two ends, the decision locked, what is kept already, both copies.
    with django_assert_num_queries(5):
        kept = issue.keep_unsealed(decision, made)
    sealed = sealed_of(decision, kept, at=SEALED_AT)
    with CaptureQueriesContext(connection) as asked:
        issue.receive_sealed(decision, sealed, at=SEALED_AT)
    assert [query["sql"].count("INSERT INTO") for query in asked if "_sealedpaper" in query["sql"]] == [0, 1]
    assert not any("SELECT" in query["sql"] and '"pdf"' in query["sql"] for query in asked)


def test_an_office_without_a_seal_is_told(decision, settings, tmp_path):
    settings.JOLDAMA_SEAL = tmp_path / "other"
    (tmp_path / "other").mkdir()

    with pytest.raises(NoSeal):
        seal(decision, at=SEALED_AT)


def test_a_demonstration_uses_the_seals_of_its_own_centre_until_it_is_given_others(
    astana, settings, tmp_path
):
    settings.DATA = tmp_path
    settings.JOLDAMA_SEAL = tmp_path / "seal"
    own = seal_folder()
    keep_seal(tmp_path / "seal", astana.office.bin)

    assert [own, seal_folder()] == [tmp_path / "demo-pki", tmp_path / "seal"]
