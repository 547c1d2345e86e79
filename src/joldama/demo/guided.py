"""Plays the main job over HTTP, step by step with durations: the portal, then the counter."""

import re
import time
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from govkz.eds.keep import Keep
from joldama.adapters.signer import check_seal
from joldama.cases.models import Application, SealedPaper
from joldama.demo.browser import Browser, Unexpected
from joldama.demo.entering import enter, until
from joldama.demo.people import DemoApplicant, DemoOffice, demo_people
from joldama.demo.pki import issue_key
from joldama.demo.prepare import pki_folder
from joldama.demo.second_factor import unused_codes
from joldama.demo.visitors import applicants, new_visitor
from joldama.installation.clock import now
from joldama.openings.models import Opening
from joldama.people.models import Account, Office
from joldama.reception.models import Ticket
from joldama.referrals.models import Referral
from joldama.registries.models import Inquiry
from joldama.standard.kinds import ResultKind
from joldama.standard.tickets import TicketState
from joldama.standard.workflows import CLOSED_REFERRALS

LOOKED_FOR = {ResultKind.PUBLIC_WORKS: "ozelenitel", ResultKind.JOB_PLACEMENT: "danekerleushi"}
"""What the specialist types to find an opening: in Latin letters what stands there in Kazakh and Russian."""
ALTHOUGH = "Жұмыссыздарды есепке алу журналына бүгін жазылды."
"""Why the referral is given; asked only where a condition of the kind is not known (A39)."""


class Steps:
    """Tells each step with how long it took."""

    def __init__(self) -> None:
        self._begun = self._latest = time.monotonic()

    def part(self, title: str) -> None:
        """Begin a part of the run."""
        print(f"\n{title}", flush=True)
        self._latest = time.monotonic()

    def done(self, what: str) -> None:
        """Tell that a step is done."""
        now = time.monotonic()
        print(f"  {what:<66}{(now - self._latest) * 1000:7.0f} ms", flush=True)
        self._latest = now

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self._begun


def play(*, base_url: str) -> None:
    """Play the main job; print each step and, at the end, the path of the PDF. Raises Unexpected."""
    steps = Steps()
    with Browser(base_url) as person, Browser(base_url) as specialist, Browser(base_url) as head:
        steps.part("A person applies on the portal with a signed e-document")
        office = _office()
        application = _apply(person, _visitor("PUBLIC_WORKS"), office, steps)
        steps.part("The office decides")
        enter(specialist, f"{office.slug}.specialist")
        enter(head, f"{office.slug}.head")
        steps.done("specialist and head signed in: password, second factor")
        _prepare(specialist, application, steps)
        _decide(head, application, office, steps)
        steps.part("The referral is in the hand")
        path = _receive(person, application, steps)
        steps.part("A person walks in")
        _walk_in(specialist, head, office, steps)
    print(f"\nThe whole job took {steps.seconds:.1f} s. The referral: {path}", flush=True)


def _visitor(kind: str) -> DemoApplicant:
    """Choose a person of the demonstration who may get a referral of the kind, else invent a new one.

    Best somebody who holds none at all, so that the counter is not visited by him who applied before.
    """
    held = Referral.objects.exclude(state__in=CLOSED_REFERRALS).select_related("application__person")
    kinds: dict[str, set[str]] = {}
    for referral in held:
        kinds.setdefault(referral.application.person.iin, set()).add(referral.kind)
    willing = [one for one in applicants(settings.DATA) if one.slug != "expired-card"]
    fitting = [one for one in willing if kind not in kinds.get(one.iin, set())]
    if fitting:
        return min(fitting, key=lambda one: len(kinds.get(one.iin, set())))
    visitor = new_visitor(settings.DATA)
    issue_key(Keep(pki_folder()), visitor, at=now())
    return visitor


def _apply(person: Browser, applicant: DemoApplicant, office: DemoOffice, steps: Steps) -> Application:
    person.open(f"{reverse('portal:sign-in')}?next={reverse('portal:step', args=['kind'])}")
    person.sign(key=applicant.slug)
    steps.done(f"{applicant.name.full} signed in with an EDS")
    person.send({"kind": "PUBLIC_WORKS"})
    person.send({"other_kinds": ["CAREER_GUIDANCE"]})
    person.send({"office": str(Office.objects.get(code=office.code).pk)})
    person.send({"document_kind": applicant.document_kind, "document_number": applicant.document_number})
    person.send({"is_oralman": "yes" if applicant.is_oralman else "no"})
    person.send({"issue_form": "BOTH"})
    person.send({"email": "", "phone": ""})
    steps.done("seven questions answered, the document to sign shown")
    person.sign(key=applicant.slug)
    application = Application.objects.select_related("place").get(pk=_id_in(person.address))
    due = application.due_at.astimezone(application.place.zone)
    assert application.signature
    kind = application.signature.report["signers"][0]["algorithm"]
    steps.done(f"signed ({kind}), verified, accepted as {application.number}; due {due:%Y-%m-%d %H:%M}")
    if application.number is None:
        raise Unexpected("the application was delivered but not registered: is it reception time?")
    return application


def _office() -> DemoOffice:
    """Choose the first office whose officials have a code they did not use a moment ago."""
    for office in demo_people().providers:
        logins = [f"{office.slug}.{role}" for role in ("specialist", "head")]
        accounts = list(Account.objects.filter(username__in=logins))
        if all(unused_codes(accounts).values()):
            return office
    return demo_people().providers[0]


def _prepare(specialist: Browser, application: Application, steps: Steps) -> None:
    address = reverse("desk:case", args=[application.pk])
    until(lambda: Inquiry.objects.filter(subject=application.pk, answered_at__isnull=False).exists())
    steps.done("the register answered: document valid, data confirmed")
    specialist.open(address)
    specialist.send(action=reverse("desk:take", args=[application.pk]))
    steps.done("a specialist took the case")
    opening = _choose(specialist, application)
    specialist.send({"although": ALTHOUGH}, action=reverse("desk:draft", args=[application.pk]))
    steps.done(f"an opening was found and the referral drafted: {opening.occupation('ru')}")


def _choose(specialist: Browser, application: Application) -> Opening:
    """Look for an opening in Latin letters, and for any once these are taken; choose the best paid."""
    for words in (LOOKED_FOR[ResultKind(application.kind)], ""):
        asked = urlencode({"find-words": words})
        specialist.open(f"{reverse('desk:choose', args=[application.pk])}?{asked}")
        if found := specialist.page.cssselect("a[data-opening]"):
            specialist.open(found[0].get("href"))
            return Opening.objects.get(pk=found[0].get("data-opening"))
    raise Unexpected(f"every opening of {application.kind} is taken")


def _decide(head: Browser, application: Application, office: DemoOffice, steps: Steps) -> None:
    head.open(reverse("desk:decision", args=[application.pk]))
    head.sign(key=f"{office.slug}-head")
    application.refresh_from_db()
    steps.done(f"the head read and signed: referral {_number(application)}")
    until(lambda: SealedPaper.objects.filter(decision=application.decision).exists())
    steps.done("the document was made and sealed")


def _number(application: Application) -> str:
    return str(Referral.objects.get(application=application).number)


def _receive(person: Browser, application: Application, steps: Steps) -> Path:
    person.open(reverse("portal:case", args=[application.pk]))
    pdf = person.fetch(reverse("portal:case-document", args=[application.pk]))
    checked = check_seal(pdf)
    if not checked.holds:
        raise Unexpected(f"the seal of the document is not valid: {checked}")
    folder = Path(settings.DATA) / "documents"
    folder.mkdir(exist_ok=True)
    path = folder / f"{_number(application)}.pdf"
    path.write_bytes(pdf)
    steps.done("seen in the personal account, downloaded; its seal is whole")
    return path


def _walk_in(specialist: Browser, head: Browser, office: DemoOffice, steps: Steps) -> None:
    visitor = _visitor("JOB_PLACEMENT")
    ticket = _called(specialist, office)
    if ticket is not None:
        steps.done(f"ticket {ticket} taken and called to a window")
    specialist.open(f"{reverse('desk:intake')}?another=1")
    specialist.send(
        {
            "document_kind": visitor.document_kind,
            "holder": visitor.holder,
            "iin": visitor.iin,
            "surname": visitor.surname,
            "given_name": visitor.given_name,
            "patronymic": visitor.patronymic,
            "document_number": visitor.document_number,
            "document_valid_until": f"{visitor.document_valid_until:%d.%m.%Y}",
            "kind": "JOB_PLACEMENT",
            "language": "kk",
            **({"is_oralman": "on", "oralman_certificate": "0001234"} if visitor.is_oralman else {}),
        },
    )
    application = Application.objects.select_related("place").get(pk=_id_in(specialist.address))
    due = application.due_at.astimezone(application.place.zone)
    steps.done(f"{visitor.name.full} registered as {application.number}; due {due:%H:%M}, 30 minutes")
    _prepare(specialist, application, steps)
    _decide(head, application, office, steps)
    case = reverse("desk:case", args=[application.pk])
    specialist.open(case)
    specialist.send(action=reverse("desk:offer", args=[application.pk]))
    specialist.open(case)
    specialist.send(action=reverse("desk:hand-over", args=[application.pk]))
    application.refresh_from_db()
    if application.offered_at is None or application.is_overdue(at=now()):
        raise Unexpected("the referral was not offered within its 30 minutes")
    steps.done("offered within the 30 minutes, and handed over")
    if ticket is not None:
        _served(ticket, steps)


def _called(specialist: Browser, office: DemoOffice) -> Ticket | None:
    """Give a ticket, call it and have its person come; None where somebody is at the window already."""
    at_windows = Ticket.objects.filter(line__place__office__code=office.code).at_windows()
    was_there = at_windows.first()
    specialist.open(f"{reverse('desk:intake')}?another=1")
    if was_there is None:
        specialist.send({"with_ticket": "yes"}, action=reverse("desk:call-next"))
    at_window = at_windows.get()
    if at_window.state == TicketState.CALLED:
        specialist.send(action=reverse("desk:serve-ticket", args=[at_window.pk]))
    return None if was_there is not None else at_window


def _served(ticket: Ticket, steps: Steps) -> None:
    ticket.refresh_from_db()
    if ticket.state != TicketState.SERVED or ticket.is_wait_breached or ticket.is_serving_breached:
        raise Unexpected(f"ticket {ticket} was not served within its 30 minutes: {ticket.state}")
    steps.done(f"ticket {ticket} waited and was served within its 30 minutes each")


def _id_in(address: str) -> str:
    found = re.search(r"/(?:applications|cases|tickets)/([0-9a-f-]{36})/", address)
    if found is None:
        raise Unexpected(f"no id at {address}")
    return found[1]
