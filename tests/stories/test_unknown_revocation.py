"""A31: whether a certificate was revoked cannot be known when it signs; it is delivered, checked, and then known."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from govkz.eds.pki import Identity
from joldama.cases.models import Application, Decision
from joldama.journal.models import Event
from joldama.notices.models import Notice, NoticeKind
from joldama.people.models import Account, Person, Staff
from joldama.procedures import decide, sign_in
from joldama.referrals.models import Referral
from joldama.signatures.models import Fault, Proof, Service, Signature, Status
from joldama.worker import tasks
from joldama.worker.centre import StillUnknown
from tests.factories import pki, world
from tests.fakes.centre import FakeCentre, wired
from tests.stories.counter import Counter, said
from tests.stories.town import Town, text_of, wall

TUESDAY = "2015-09-15 10:00"


@pytest.fixture
def centre() -> Iterator[FakeCentre]:
    """The centre, silent until a story has it answer."""
    with wired(FakeCentre()) as made:
        made.falls_silent()
        yield made


def key_of(person: Person) -> Identity:
    """A key of the person's own, used in one story only: another story may have revoked it."""
    return pki.person(person.iin, at=pki.FROM + timedelta(minutes=len(pki.authority().revoked) + 10))


def delivered(town: Town, person: Person, *, key: Identity) -> Application:
    """What a person sends while the newest list is older than a day (A31)."""
    town.at("2015-09-14 09:30")
    town.draft(person)
    town.at(TUESDAY)
    town.trusts_only("2015-09-14 09:30")
    response = town.send(person, key=key)
    assert response.status_code == 200
    return Application.objects.get(person=person)


def test_what_cannot_be_checked_is_delivered_and_the_term_runs_from_the_submission(
    town: Town, centre: FakeCentre
) -> None:
    person = world.applicant("citizen-card")

    application = delivered(town, person, key=key_of(person))

    assert (application.state, wall(application.accepted_at)) == ("SUBMITTED", f"{TUESDAY}:00")
    assert application.signature.status == Status.INDETERMINATE
    receipt = town.page_of(application, "portal:receipt", "en")
    assert "Delivered, signature being checked" in receipt
    assert "Accepted" not in receipt.split("How the term")[0]
    assert "signature is being checked, which does not move the term" in town.page_of(
        application, "portal:case", "en"
    )
    assert centre.responder.asked == centre.lists.asked == 0  # the outside is never asked within a request


def test_unknown_then_good_registers_at_the_moment_of_the_answer_and_moves_no_term(
    town: Town, centre: FakeCentre
) -> None:
    person = world.applicant("citizen-card")
    application = delivered(town, person, key=key_of(person))
    due_at = application.due_at
    town.work()
    assert Application.objects.get().state == "SUBMITTED"

    centre.responder.fault = None
    town.passes_to("2015-09-15 13:00")
    town.work()
    town.work()

    application.refresh_from_db()
    assert (application.state, application.due_at) == ("REGISTERED", due_at)
    assert wall(application.registered_at) == "2015-09-15 13:00:00"
    assert wall(application.accepted_at) == f"{TUESDAY}:00"
    assert Proof.objects.count() == 1
    report = Signature.objects.get(pk=application.signature_id).report
    assert report["signers"][0]["revocation"]["source"] == "ocsp"


def test_unknown_then_revoked_before_the_submission_is_not_accepted_and_the_person_is_told(
    town: Town, centre: FakeCentre
) -> None:
    person = world.applicant("citizen-card")
    town.at("2015-09-14 09:00")
    town.browser_of(person).post(reverse("portal:contact"), {"email": "aisha@example.kz"})
    key = key_of(person)
    application = delivered(town, person, key=key)
    pki.authority().revoke(key, at=town.now - timedelta(hours=2))

    centre.answers()
    town.work()
    town.work()

    application.refresh_from_db()
    assert (application.state, application.not_accepted_ground) == ("NOT_ACCEPTED", "EDS_REVOKED")
    assert Notice.objects.filter(kind=NoticeKind.APPLICATION_NOT_ACCEPTED).count() == 1
    assert "revoked" in town.page_of(application, "portal:case", "en")
    town.draft(person)
    town.passes_to("2015-09-15 11:00")
    world.trust_at(town.now)
    assert town.send(person).status_code == 200  # he may sign again


def test_a_certificate_revoked_after_the_submission_was_good_when_it_signed(
    town: Town, centre: FakeCentre
) -> None:
    person = world.applicant("citizen-card")
    key = key_of(person)
    application = delivered(town, person, key=key)
    pki.authority().revoke(key, at=town.now + timedelta(hours=1))

    centre.answers()
    town.passes_to("2015-09-15 13:00")
    town.work()

    application.refresh_from_db()
    assert application.state == "REGISTERED"


def test_without_a_responder_a_fresh_list_says_it(town: Town, centre: FakeCentre) -> None:
    person = world.applicant("citizen-card")
    application = delivered(town, person, key=key_of(person))

    centre.lists.fault = None
    town.work()

    application.refresh_from_db()
    assert application.state == "REGISTERED"
    assert not Proof.objects.exists()
    rows = {row.kind: (row.fault, row.failures) for row in Service.objects.all()}
    assert rows == {"ocsp": (Fault.SILENT, 1), "list": (None, 0)}


def test_a_responder_that_is_down_is_left_alone_and_only_the_list_is_asked(
    town: Town, centre: FakeCentre
) -> None:
    person = world.applicant("citizen-card")
    application = delivered(town, person, key=key_of(person))

    for _ in range(5):
        with pytest.raises(StillUnknown):
            tasks.check_signature(signature=str(application.signature_id))

    assert centre.responder.asked == 3
    assert Service.objects.get(kind="ocsp").rests(at=town.now)


def test_the_errand_done_twice_asks_nobody_again(town: Town, centre: FakeCentre) -> None:
    person = world.applicant("citizen-card")
    application = delivered(town, person, key=key_of(person))
    centre.answers()

    tasks.check_signature(signature=str(application.signature_id))
    tasks.check_signature(signature=str(application.signature_id))

    assert (centre.responder.asked, Proof.objects.count()) == (1, 1)
    assert Event.objects.filter(name="case.registered").count() == 1


def test_what_the_person_took_back_is_judged_and_nothing_else_happens(town: Town, centre: FakeCentre) -> None:
    person = world.applicant("citizen-card")
    application = delivered(town, person, key=key_of(person))
    town.browser_of(person).post(reverse("portal:withdraw", args=[application.pk]))

    centre.answers()
    town.work()

    application.refresh_from_db()
    assert application.state == "WITHDRAWN"
    assert Signature.objects.get(pk=application.signature_id).status == Status.PASSED


@pytest.mark.parametrize(
    ("moment", "is_shown"),
    [("2015-09-16 01:44", False), ("2015-09-16 01:45", True), ("2015-09-17 09:00", True)],
)
def test_still_unknown_at_half_of_the_term_it_is_a_task_for_the_head(
    town: Town, centre: FakeCentre, moment: str, is_shown: bool
) -> None:
    person = world.applicant("citizen-card")
    application = delivered(town, person, key=key_of(person))
    here = town.office()
    assert wall(application.due_at) == "2015-09-16 17:30:00"

    town.passes_to(moment)
    pages = {who: work_page(town, who) for who in (here.head, here.specialist)}

    assert (application.reference in pages[here.head]) is is_shown
    assert ("signature is not confirmed yet" in pages[here.head]) is is_shown
    assert "signature is not confirmed yet" not in pages[here.specialist]


def test_a_decision_whose_check_is_not_done_gets_no_number_until_it_is(
    counter: Counter, centre: FakeCentre
) -> None:
    """A36: the official's certificate is checked like an applicant's; without it no referral number."""
    application = drafted_case(counter)

    counter.sign(application)

    waiting = page_of_decision(counter.town, application)
    assert "the signature is being checked" in waiting
    assert "Signed, signature being checked" in said(
        counter.head.get(reverse("desk:case", args=[application.pk]))
    )
    decision = Decision.objects.get()
    assert (decision.number, application.state) == (None, "IN_PROGRESS")

    centre.answers()
    counter.town.passes_to("2015-09-15 10:20")
    signature = str(Signature.objects.get(purpose="decision").pk)
    tasks.check_signature(signature=signature)
    tasks.check_signature(signature=signature)

    decision.refresh_from_db()
    application.refresh_from_db()
    assert (application.state, decision.signed_by) == ("SIGNED", counter.world.head)
    assert (wall(decision.signed_at), decision.number) == ("2015-09-15 10:20:00", "АСТ-Ж-2015-000001")
    assert Signature.objects.get(purpose="decision").status == Status.PASSED


def test_a_decision_signed_twice_while_it_is_checked_is_signed_once(
    counter: Counter, centre: FakeCentre
) -> None:
    application = drafted_case(counter)
    counter.sign(application)
    decision = Decision.objects.get()
    head = counter.world.head
    cms = pki.official(head.iin or "", counter.world.office.bin).sign(decision.document, at=counter.town.now)

    again = decide.sign(application, cms, by=head, at=counter.town.now)

    assert (again, Signature.objects.count()) == (decision, 1)


def test_a_deputy_who_looks_while_it_is_checked_does_not_change_what_was_signed(
    counter: Counter, centre: FakeCentre
) -> None:
    application = drafted_case(counter)
    counter.sign(application)
    world.by_order(counter.world.deputy, starts_on=date(2015, 9, 1), ends_on=date(2015, 9, 30))
    before = Decision.objects.get().document

    english(counter.town, counter.world.deputy).get(reverse("desk:decision", args=[application.pk]))

    assert Decision.objects.get().document == before


def test_an_annulment_whose_check_is_not_done_voids_nothing_until_it_is(
    counter: Counter, centre: FakeCentre
) -> None:
    """R6.2-b, A31: until the centre has answered the referral stands, and nobody takes the proposal back."""
    application = issued_case(counter)
    counter.propose(application, "Мамандық қате жазылған")
    assert counter.confirm(application).url == reverse("desk:annulment", args=[application.pk])

    referral = Referral.objects.get()
    page = said(counter.head.get(reverse("desk:annulment", args=[application.pk])))
    taken_back = counter.specialist.post(reverse("desk:annulment-decline", args=[application.pk]))
    assert "a referral is annulled with a checked signature only" in page
    assert counter.world.head.name.short in page
    assert (referral.state, taken_back.status_code) == ("ISSUED", 409)

    centre.answers()
    counter.town.passes_to("2015-09-15 10:20")
    signature = str(Signature.objects.get(purpose="annulment").pk)
    tasks.check_signature(signature=signature)
    tasks.check_signature(signature=signature)

    referral.refresh_from_db()
    assert (referral.state, referral.annulled_by) == ("ANNULLED", counter.world.head)
    assert wall(referral.annulled_at) == "2015-09-15 10:20:00"


def test_an_annulment_signed_with_a_revoked_key_is_signed_anew(counter: Counter, centre: FakeCentre) -> None:
    application = issued_case(counter)
    counter.propose(application, "Мамандық қате жазылған")
    official = pki.official(counter.world.head.iin or "", counter.world.office.bin)
    counter.confirm(application)
    pki.authority().revoke(official, at=counter.town.now - timedelta(hours=1))
    try:
        centre.answers()
        counter.town.work()
        counter.town.passes_to("2015-09-15 10:30")
        page = said(counter.head.get(reverse("desk:annulment", args=[application.pk])))
    finally:
        del pki.authority().revoked[official.serial]

    assert "certificate is revoked" in page
    assert Referral.objects.get().state == "ISSUED"
    assert "Signature on the annulment not confirmed" in counter.case_page(application)


def test_a_decision_signed_with_a_revoked_key_is_signed_anew(counter: Counter, centre: FakeCentre) -> None:
    application = drafted_case(counter)
    official = pki.official(counter.world.head.iin or "", counter.world.office.bin)
    counter.sign(application)
    pki.authority().revoke(official, at=counter.town.now - timedelta(hours=1))
    try:
        centre.answers()
        counter.town.work()
        counter.town.passes_to("2015-09-15 10:30")
        page = page_of_decision(counter.town, application)
    finally:
        del pki.authority().revoked[official.serial]

    decision = Decision.objects.get()
    assert "certificate is revoked" in page
    assert (decision.number, decision.signature) == (None, None)
    assert Event.objects.filter(name="decision.signature_failed", subject=application.pk).count() == 1
    counter.town.at("2015-09-15 12:00")
    counter.sign(application)
    assert Decision.objects.get().number == "АСТ-Ж-2015-000001"


def test_a_draft_changed_while_its_signature_was_checked_is_not_decided_by_it(
    counter: Counter, centre: FakeCentre
) -> None:
    application = drafted_case(counter)
    counter.sign(application)
    counter.town.passes_to("2015-09-15 10:05")
    counter.draft(application, occupation="күзетші")

    centre.answers()
    counter.town.work()

    assert Decision.objects.get().number is None
    assert Signature.objects.get(purpose="decision").status == Status.PASSED
    counter.sign(application)
    counter.town.work()
    assert Decision.objects.get().number == "АСТ-Ж-2015-000001"


def test_a_sign_in_that_turns_out_to_be_with_a_revoked_key_opens_nothing_any_longer(
    town: Town, centre: FakeCentre
) -> None:
    town.at(TUESDAY)
    person = world.applicant("citizen-card")
    key = key_of(person)
    town.trusts_only("2015-09-13 10:00")
    browser = Client()
    document = sign_in.challenge(origin="http://localhost:8000", at=town.now)
    account = sign_in.sign_in(key.sign(document, at=town.now), expected=document, at=town.now)
    browser.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.get(reverse("portal:step", args=["kind"])).status_code == 200
    pki.authority().revoke(key, at=town.now - timedelta(days=1))

    centre.answers()
    town.work()

    assert browser.get(reverse("portal:account")).status_code == 302
    assert Account.objects.get(pk=account.pk).is_active
    assert Event.objects.filter(name="person.sign_in_failed").count() == 1


def test_until_a_sign_in_is_checked_the_account_shows_nothing_and_one_can_apply(
    town: Town, centre: FakeCentre
) -> None:
    """*Not known* is not *valid*."""
    town.at("2015-09-14 10:00")
    earlier = town.apply()
    person = earlier.person
    town.passes_to(TUESDAY)
    town.trusts_only("2015-09-13 10:00")
    document = sign_in.challenge(origin="http://localhost:8000", at=town.now)
    sign_in.sign_in(key_of(person).sign(document, at=town.now), expected=document, at=town.now)
    browser = town.browser_of(person)
    browser.cookies["language"] = "en"
    addresses = [
        reverse("portal:account"),
        reverse("portal:case", args=[earlier.pk]),
        reverse("portal:case-document", args=[earlier.pk]),
        reverse("portal:complain-step", args=["about"]),
        reverse("portal:contact"),
    ]

    waiting = [browser.get(address) for address in addresses]

    assert {response.status_code for response in waiting} == {403}
    assert all("Your EDS is being checked" in response.content.decode() for response in waiting)
    assert not any(earlier.number in response.content.decode() for response in waiting)
    assert browser.get(reverse("portal:step", args=["kind"])).status_code == 200

    centre.answers()
    town.work()

    assert browser.get(reverse("portal:account")).status_code == 200
    assert browser.get(reverse("portal:case", args=[earlier.pk])).status_code == 200


def work_page(town: Town, who: Staff) -> str:
    return text_of(english(town, who).get(reverse("desk:work")).content.decode())


def english(town: Town, who: Staff) -> Client:
    browser = town.browser_of(who)
    browser.cookies["language"] = "en"
    return browser


def page_of_decision(town: Town, application: Application) -> str:
    address = reverse("desk:decision", args=[application.pk])
    return text_of(english(town, town.office().head).get(address).content.decode())


def drafted_case(counter: Counter) -> Application:
    """A case that waits for the head's signature on a day without a fresh list."""
    counter.town.at("2015-09-14 10:00")
    application = counter.register()
    counter.take(application)
    counter.draft(application)
    counter.town.passes_to(TUESDAY)
    counter.town.trusts_only("2015-09-14 09:30")
    return application


def issued_case(counter: Counter) -> Application:
    """A case whose referral was signed the day before, on a day without a fresh list."""
    counter.town.at("2015-09-14 10:00")
    application = counter.register()
    counter.take(application)
    counter.draft(application)
    counter.sign(application)
    counter.town.work()
    counter.offer(application)
    counter.town.passes_to(TUESDAY)
    counter.town.trusts_only("2015-09-14 09:30")
    return application
