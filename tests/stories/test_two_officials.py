"""Two officials act on one case at once: one wins, the other learns who and what (A36, R6.2-b)."""

import base64
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from govkz.eds import Role
from joldama.cases.models import Application, Decision, NumberSeries, Recall
from joldama.cases.operations import SomebodyWasFaster
from joldama.people.models import Account, Staff
from joldama.procedures import decide, recall
from joldama.referrals.models import Annulment, Referral
from joldama.signatures.models import Rendering, Signature
from tests.factories import pki, world
from tests.factories.steps import drafted, sealed, sent, signed, walked_in
from tests.factories.world import World
from tests.stories.counter import said
from tests.stories.test_waiting_line_at_once import at_once
from tests.stories.town import BACKEND, document_on

TEN = datetime(2015, 9, 15, 4, 0, tzinfo=UTC)
ROUNDS = 4
"""How often each race is run: who wins is chance, what it leads to is not."""


@pytest.fixture
def office(database: str) -> Iterator[World]:
    """Astana with its head and a deputy by order, in a database to which everybody commits."""
    world.demo_installation()
    made = world.office("astana")
    world.by_order(made.deputy, starts_on=date(2015, 9, 1), ends_on=date(2015, 9, 30))
    with time_machine.travel(TEN, tick=False):
        world.trust_at(TEN)
        yield made


def browser_of(staff: Staff) -> Client:
    """A browser in which an official is signed in, in English."""
    client = Client()
    client.force_login(
        Account.objects.filter(staff=staff).first() or world.account_for(staff), backend=BACKEND
    )
    client.cookies["language"] = "en"
    return client


def signature_of(staff: Staff, browser: Client, address: str) -> str:
    """Read a paper on its page and sign it."""
    role = Role.HEAD if staff.role == "head" else Role.SIGNATORY
    page = browser.get(address)
    assert page.status_code == 200, said(page)
    cms = pki.official(staff.iin or "", staff.office.bin, role=role).sign(
        document_on(page.content.decode()), at=TEN
    )
    return base64.b64encode(cms).decode()


def told_who(answers: dict[str, Any], case: Application) -> str:
    """Give what the loser reads; the winner is led on to the case."""
    statuses = sorted(answer.status_code for answer in answers.values())
    assert statuses == [302, 409], [said(answer) for answer in answers.values()]
    won = next(name for name, answer in answers.items() if answer.status_code == 302)
    lost = next(answer for answer in answers.values() if answer.status_code == 409)
    assert answers[won].url == reverse("desk:case", args=[case.pk])
    text = said(lost)
    assert won in text, (won, text)
    assert not [name for name in answers if name != won and name in text]
    return text


def race(*steps: tuple[Staff, Any]) -> dict[str, Any]:
    """Have officials act at the same instant, each on a connection of his own; their answers by their names."""
    answers = at_once(*(step for _, step in steps))
    return {staff.name.short: answer for (staff, _), answer in zip(steps, answers, strict=True)}


def both_sign(office: World, address: str) -> dict[str, Any]:
    """Head and deputy read the same paper, each his own rendering, and send their signatures at once."""
    signers = [(staff, browser_of(staff)) for staff in (office.head, office.deputy)]
    ready = [(staff, browser, signature_of(staff, browser, address)) for staff, browser in signers]
    return race(*((s, lambda b=b, c=cms: b.post(address, {"cms": c})) for s, b, cms in ready))


def issued(office: World) -> Application:
    application = walked_in(office, at=TEN)
    drafted(office, application, at=TEN)
    sealed(signed(office, application, at=TEN), at=TEN)
    application.refresh_from_db()
    return application


def test_head_and_deputy_decide_at_once_and_the_later_one_learns_who_decided(office: World) -> None:
    for turn in range(ROUNDS):
        application = walked_in(office, at=TEN)
        drafted(office, application, at=TEN)

        answers = both_sign(office, reverse("desk:decision", args=[application.pk]))

        assert "took it at" in told_who(answers, application)
        assert Decision.objects.filter(signed_at__isnull=False).count() == turn + 1
        decision = Decision.objects.get(application=application)
        assert decision.signature.cms and Signature.objects.filter(subject=decision.pk).count() == 1
        assert answers[decision.signed_by.name.short].status_code == 302
        assert NumberSeries.objects.get(register="Ж").latest == turn + 1
        Referral.objects.filter(application=application).update(state="EXPIRED")
    assert not Rendering.objects.exists()


def test_a_deputy_who_opens_the_decision_does_not_take_it_out_of_the_heads_hands(office: World) -> None:
    """Each reads his own rendering, so whoever signs first decides."""
    application = walked_in(office, at=TEN)
    drafted(office, application, at=TEN)
    address = reverse("desk:decision", args=[application.pk])
    head, deputy = browser_of(office.head), browser_of(office.deputy)
    cms = signature_of(office.head, head, address)
    signature_of(office.deputy, deputy, address)

    assert head.post(address, {"cms": cms}).status_code == 302
    assert Decision.objects.get().signed_by == office.head


def test_nobody_signs_what_was_rendered_for_the_other(office: World) -> None:
    """The negative control: his own key on the head's bytes is no signature of the deputy's."""
    application = walked_in(office, at=TEN)
    drafted(office, application, at=TEN)
    address = reverse("desk:decision", args=[application.pk])
    document = document_on(browser_of(office.head).get(address).content.decode())
    deputy = browser_of(office.deputy)
    deputy.get(address)
    key = pki.official(office.deputy.iin or "", office.office.bin, role=Role.SIGNATORY)

    answer = deputy.post(address, {"cms": base64.b64encode(key.sign(document, at=TEN)).decode()})

    assert (answer.status_code, Decision.objects.get().signed_at) == (422, None)


def test_two_propose_to_annul_at_once_and_one_reads_whose_proposal_waits(office: World) -> None:
    for _ in range(ROUNDS):
        application = issued(office)
        address = reverse("desk:annul", args=[application.pk])
        browsers = [(staff, browser_of(staff)) for staff in (office.specialist, office.head)]

        answers = race(
            *((s, lambda b=b, s=s, a=address: b.post(a, {"reason": f"Қате: {s.pk}"})) for s, b in browsers)
        )

        assert "proposed it at" in told_who(answers, application)
        proposed = Annulment.objects.get(referral__application=application)
        assert answers[proposed.proposed_by.name.short].status_code == 302
        assert str(proposed.proposed_by.pk) in proposed.reason
        Referral.objects.filter(application=application).update(state="EXPIRED")


def test_head_and_deputy_confirm_an_annulment_at_once_and_the_later_one_learns_who_annulled(
    office: World,
) -> None:
    for _ in range(ROUNDS):
        application = issued(office)
        browser_of(office.specialist).post(
            reverse("desk:annul", args=[application.pk]), {"reason": "Қате", "with_correction": "on"}
        )

        answers = both_sign(office, reverse("desk:annulment", args=[application.pk]))

        assert "confirmed it at" in told_who(answers, application)
        annulment = Annulment.objects.get(referral__application=application)
        assert answers[annulment.confirmed_by.name.short].status_code == 302
        assert Signature.objects.filter(subject=annulment.pk).count() == 1
        application.refresh_from_db()
        assert (annulment.referral.state, application.correction_asked_at) == ("ANNULLED", TEN)


def test_one_confirms_while_the_other_takes_the_proposal_back(office: World) -> None:
    """Whichever comes first: annulled, or standing; never both, and the other learns who."""
    for _ in range(ROUNDS):
        application = issued(office)
        specialist, head = browser_of(office.specialist), browser_of(office.head)
        specialist.post(reverse("desk:annul", args=[application.pk]), {"reason": "Қате"})
        address = reverse("desk:annulment", args=[application.pk])
        cms = signature_of(office.head, head, address)

        answers = race(
            (office.head, lambda h=head, a=address, c=cms: h.post(a, {"cms": c})),
            (
                office.specialist,
                lambda s=specialist, pk=application.pk: s.post(reverse("desk:annulment-decline", args=[pk])),
            ),
        )

        told_who(answers, application)
        annulment = Annulment.objects.get(referral__application=application)
        is_annulled = annulment.referral.state == "ANNULLED"
        assert is_annulled == (answers[office.head.name.short].status_code == 302)
        assert (annulment.confirmed_at is None, annulment.declined_at is None) == (
            not is_annulled,
            is_annulled,
        )
        Referral.objects.filter(application=application).exclude(state="ANNULLED").update(state="EXPIRED")


def held_back(office: World) -> Application:
    """A case of the portal whose decision is signed and may still be recalled."""
    application = sent(office, at=TEN)
    drafted(office, application, at=TEN)
    signed(office, application, at=TEN)
    application.refresh_from_db()
    assert application.decision.is_held_back
    return application


def test_head_and_deputy_recall_at_once_and_the_later_one_learns_who_recalled(
    office: World, settings: Any
) -> None:
    settings.JOLDAMA_RECALL_MINUTES = 10
    for turn in range(ROUNDS):
        application = held_back(office)
        address = reverse("desk:recall", args=[application.pk])
        browsers = [(staff, browser_of(staff)) for staff in (office.head, office.deputy)]

        answers = race(*((s, lambda b=b, a=address: b.post(a)) for s, b in browsers))

        assert "recalled it at" in told_who(answers, application)
        recalled = Recall.objects.get(decision__application=application)
        assert answers[recalled.recalled_by.name.short].status_code == 302
        assert Decision.objects.filter(application=application).count() == 2
        assert NumberSeries.objects.get(register="Ж").latest == turn + 1


def test_a_recall_in_the_moment_of_the_release_is_one_of_both(office: World, settings: Any) -> None:
    """Recalled and a draft, or released and a referral; never both, never neither."""
    settings.JOLDAMA_RECALL_MINUTES = 10
    for _ in range(ROUNDS):
        application = held_back(office)
        until = Recall.objects.get(decision__application=application).until_at

        def recalls(case: Application = application) -> bool:
            try:
                recall.recall(case, by=office.deputy, at=TEN)
            except SomebodyWasFaster:
                return False
            return True

        is_recalled, released = at_once(recalls, lambda at=until: decide.release_due(at=at))

        held = Recall.objects.get(decision__application=application)
        assert (held.end, released) == (("recalled", 0) if is_recalled else ("released", 1))
        assert Referral.objects.filter(application=application).count() == released
        application.refresh_from_db()
        assert (application.state, application.decision.signed_at is None) == (
            ("IN_PROGRESS", True) if is_recalled else ("SIGNED", False)
        )
        Referral.objects.filter(application=application).update(state="EXPIRED")


def test_two_workers_release_a_decision_once(office: World, settings: Any) -> None:
    settings.JOLDAMA_RECALL_MINUTES = 10
    application = held_back(office)
    until = Recall.objects.get().until_at

    released = at_once(*(lambda: decide.release_due(at=until) for _ in range(3)))

    assert sorted(released) == [0, 0, 1]
    assert Referral.objects.get().application == application
