"""What a story does: set the clock, apply, let the worker and the sweep run, ask pages what they say."""

import base64
import re
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self
from zoneinfo import ZoneInfo

import time_machine
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from govkz.eds.pki import Identity
from joldama.cases.models import Application, Draft
from joldama.notices.ports import MessengerSilent
from joldama.people.models import Account, Person, Staff
from joldama.people.operations import account_of
from joldama.procedures import accept, apply, breach, correct, decide, expire, line, remind, windows
from joldama.procedures.apply import Answers
from joldama.registries.ports import RegisterSilent
from joldama.signatures.ports import ServiceSilent
from joldama.standard.channels import IssueForm
from joldama.standard.documents import DocumentKind
from joldama.standard.kinds import ResultKind
from joldama.standard.typography import unbound
from joldama.worker import tasks
from joldama.worker.centre import LeftAlone, StillUnknown
from tests.factories import pki, world
from tests.factories.world import World

BACKEND = "django.contrib.auth.backends.ModelBackend"
ALMATY = ZoneInfo("Asia/Almaty")
_ERRANDS = {
    "check_signature": tasks.check_signature,
    "ask_register": tasks.ask_register,
    "seal_result": tasks.seal_result,
    "settle_delivered": tasks.settle_delivered,
    "send_notice": tasks.send_notice,
    "enter_table": tasks.enter_table,
    "prove_paper": tasks.prove_paper,
    "renew_paper": tasks.renew_paper,
}


class Town:
    """Offices by their slug, made when a story first names them; one clock for all."""

    def __init__(self) -> None:
        self._clock = ExitStack()
        self._offices: dict[str, World] = {}
        self._done: set[int] = set()
        self.now = datetime(2015, 9, 14, 4, 0, tzinfo=UTC)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clock.close()

    def trusts_only(self, wall: str, *, zone: str = "Asia/Almaty") -> None:
        """Hold no newer revocation list than that of a wall time, as if none came since."""
        world.trust_at(datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))

    def at(self, wall: str, *, zone: str = "Asia/Almaty") -> datetime:
        """Set the clock to a wall time of a place ("2015-09-14 10:00"), trust fresh at that moment."""
        return self.at_instant(datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))

    def at_instant(self, moment: datetime) -> datetime:
        """Set the clock to a moment."""
        self._pass_to(moment)
        world.trust_at(moment)
        return moment

    def passes_to(self, wall: str, *, zone: str = "Asia/Almaty") -> None:
        """Let time pass to a wall time, without a new revocation list."""
        self._pass_to(datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))

    def _pass_to(self, moment: datetime) -> None:
        self._clock.close()
        self._clock.enter_context(time_machine.travel(moment, tick=False))
        self.now = moment

    def office(self, slug: str = "astana") -> World:
        """An office of the scenarios."""
        if slug not in self._offices:
            self._offices[slug] = world.office(slug)
        return self._offices[slug]

    def browser_of(self, who: Person | Staff) -> Client:
        """A browser in which somebody is signed in."""
        client = Client()
        if isinstance(who, Person):
            account = account_of(who)
        else:
            account = Account.objects.filter(staff=who).first() or world.account_for(who)
        client.force_login(account, backend=BACKEND)
        return client

    def draft(self, person: Person, *, office: str = "astana", **answers: Any) -> Draft:
        """A draft with every question answered."""
        given = {
            "office": self.office(office).office.pk,
            "kind": ResultKind.PUBLIC_WORKS,
            "document_kind": DocumentKind.ID_CARD_KZ,
            "document_number": "041234567",
            "is_oralman": False,
            "issue_form": IssueForm.BOTH,
        }
        draft = apply.start(by=person, at=self.now)
        apply.save(draft, Answers(**{**given, **answers}), at=self.now)
        return draft

    def send(self, person: Person, *, key: Identity | None = None, changed: bool = False) -> Any:
        """Sign what the check page shows and send it; give the page that answers."""
        browser = self.browser_of(person)
        document = document_on(browser.get(reverse("portal:check")).content.decode())
        if changed:
            document = document.replace(b"041234567", b"041234568")
        cms = (key or pki.person(person.iin)).sign(document, at=self.now)
        return browser.post(reverse("portal:check"), {"cms": base64.b64encode(cms).decode()}, follow=True)

    def apply(self, person: Person | None = None, **draft: Any) -> Application:
        """Apply on the portal now."""
        applicant = person or world.applicant("citizen-card")
        self.draft(applicant, **draft)
        response = self.send(applicant)
        assert response.status_code == 200, response.content.decode()
        return Application.objects.get(person=applicant, submitted_at=self.now)

    def sweep(self) -> None:
        """Let the sweeps run."""
        accept.settle_delivered(at=self.now)
        decide.release_due(at=self.now)
        expire.expire_referrals(at=self.now)
        remind.remind(at=self.now)
        correct.recompute_late(at=self.now)
        breach.write_breaches(at=self.now)
        line.close_lines(at=self.now)
        windows.close_windows(at=self.now)

    def work(self) -> None:
        """Let the worker do every errand that was left, once; one that fails stays for the next time."""
        for job in ProcrastinateJob.objects.exclude(pk__in=self._done).order_by("id"):
            with suppress(RegisterSilent, MessengerSilent, ServiceSilent, LeftAlone, StillUnknown):
                _ERRANDS[job.task_name](**job.args)
                self._done.add(job.pk)

    def account_page(self, application: Application, language: str = "kk") -> str:
        """What the person's own page of the case says, in plain text."""
        return self.page_of(application, "portal:case", language)

    def page_of(self, application: Application, name: str, language: str) -> str:
        """What a page of the person's case says, in plain text."""
        browser = self.browser_of(application.person)
        browser.cookies["language"] = language
        return text_of(browser.get(reverse(name, args=[application.pk])).content.decode())


def document_on(page: str) -> bytes:
    """Give the document a signing page asks to sign."""
    found = re.search(r'data-document="([^"]+)"', page)
    assert found, page
    return base64.b64decode(found[1])


def text_of(page: str) -> str:
    """Give a page's words, spaces made plain."""
    plain = re.sub(r"<[^>]+>", " ", page.split("<main", 1)[-1])
    return " ".join(unbound(plain).split())


def wall(at: datetime | None, zone: ZoneInfo = ALMATY) -> str:
    """Write a moment as the wall clock of a place shows it."""
    assert at is not None
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
