"""A31, A36: what an official signs has no effect until his certificate is checked; one revoked means signing anew."""

from datetime import date, timedelta

from django.urls import reverse

from joldama.cases.models import Application, Decision
from joldama.journal.models import Event
from joldama.procedures import decide
from joldama.referrals.models import Referral
from joldama.signatures.models import Signature, Status
from joldama.worker import tasks
from tests.factories import pki, world
from tests.fakes.centre import FakeCentre
from tests.stories.counter import Counter, said
from tests.stories.town import Town, text_of, wall
from tests.stories.unknown_revocation.unknown import TUESDAY, english


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


def page_of_decision(town: Town, application: Application) -> str:
    address = reverse("desk:decision", args=[application.pk])
    return text_of(english(town, town.office().head).get(address).content.decode())
