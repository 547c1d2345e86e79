"""A31: whether a certificate was revoked cannot be known when it signs; it is delivered, checked, and then known."""

from datetime import timedelta

import pytest
from django.urls import reverse

from govkz.eds.pki import Identity
from joldama.cases.models import Application
from joldama.journal.models import Event
from joldama.notices.models import Notice, NoticeKind
from joldama.people.models import Person, Staff
from joldama.signatures.models import Fault, Proof, Service, Signature, Status
from joldama.worker import tasks
from joldama.worker.centre import StillUnknown
from tests.factories import pki, world
from tests.fakes.centre import FakeCentre
from tests.stories.town import Town, text_of, wall
from tests.stories.unknown_revocation.unknown import TUESDAY, english, key_of


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


def work_page(town: Town, who: Staff) -> str:
    return text_of(english(town, who).get(reverse("desk:work")).content.decode())
