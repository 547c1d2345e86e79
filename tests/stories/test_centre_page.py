"""An administrator sees whom the installation believes, how fresh the lists are, who answers and what waits."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from joldama.cases.models import SealedPaper
from joldama.people.models import Staff
from joldama.signatures import health, ports
from joldama.signatures.models import Anchor, Fault, RevocationList, ServiceKind
from joldama.signatures.ports import Point
from joldama.standard.roles import Role
from joldama.worker.centre import ask, fetch_due_lists
from tests.factories import world
from tests.fakes.centre import FakeCentre, FakeLists, wired
from tests.stories.counter import Counter
from tests.stories.town import Town, text_of

PAGE = reverse("administration:centre")
LANGUAGES = ("kk", "ru", "en")


@pytest.fixture
def centre() -> Iterator[FakeCentre]:
    with wired(FakeCentre()) as made:
        yield made


@pytest.fixture
def administrator(town: Town) -> Staff:
    town.at("2015-09-14 10:00")
    return an_administrator()


def an_administrator() -> Staff:
    return Staff.objects.create(role=Role.ADMINISTRATOR, surname="Ахметов", given_name="Нұрлан")


def sealed_by(counter: Counter) -> None:
    """A referral of Astana, signed and sealed."""
    counter.receive()
    application = counter.register()
    counter.town.work()
    counter.take(application)
    counter.draft(application)
    counter.sign(application)
    counter.town.work()


def said(town: Town, staff: Staff, language: str = "en") -> str:
    browser = town.browser_of(staff)
    browser.cookies["language"] = language
    response = browser.get(PAGE)
    assert response.status_code == 200
    return text_of(response.content.decode())


def test_all_is_well_when_lists_are_fresh_and_services_answer(
    town: Town, administrator: Staff, centre: FakeCentre
) -> None:
    fetch_due_lists()
    ask(centre.responder.point(), lambda: b"answer")

    page = said(town, administrator)

    assert "All is well" in page
    assert "ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) DEMO Intermediate certificate" in page
    assert "НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) DEMO Root certificate" in page
    assert "Demonstration set" in page
    assert "Counts as fresh until: 10:00 on Tuesday 15 September" in page
    assert "http://ocsp.example/ Answers 10:00 on Monday 14 September" in page
    assert "http://tsp.example/ Not asked yet" in page
    assert "No signature waits for a check." in page


def test_a_list_out_of_date_and_a_silent_service_are_said_with_since_when(
    town: Town, administrator: Staff, centre: FakeCentre
) -> None:
    fetch_due_lists()
    centre.falls_silent()
    town.passes_to("2015-09-15 11:00")
    for _ in range(3):
        health.note_fault(centre.responder.point(), Fault.SILENT, at=town.now)
    fetch_due_lists()

    page = said(town, administrator)

    assert "There is trouble in reaching the centre." in page
    assert "Out of date Counts as fresh until: 10:00 on Tuesday 15 September" in page
    assert "left alone for a while Failing since: 11:00 on Tuesday 15 September" in page
    assert "No answer came" in page
    assert "Does not answer Failing since" in page


def test_what_waits_for_a_check_is_counted(town: Town, administrator: Staff, centre: FakeCentre) -> None:
    centre.falls_silent()
    person = world.applicant("citizen-card")
    town.draft(person)
    town.passes_to("2015-09-15 11:00")
    town.trusts_only("2015-09-14 10:00")
    town.send(person)

    assert "Applications 1 11:00 on Tuesday 15 September" in said(town, administrator)


def test_papers_that_wait_for_the_centres_stamp_are_counted_until_they_have_it(
    counter: Counter, centre: FakeCentre
) -> None:
    """R6.2-a: what was sealed while the authority is silent is counted, with the oldest, until it is stamped."""
    town, who = counter.town, an_administrator()
    before = [said(town, who, language) for language in LANGUAGES]
    centre.falls_silent()
    sealed_by(counter)
    town.work()
    waiting = [said(town, who, language) for language in LANGUAGES]
    centre.answers()
    town.work()
    after = [said(town, who, language) for language in LANGUAGES]

    none = ("күтіп тұрған құжат жоқ.", "Документов, ожидающих метки времени, нет.", "No document waits for a")
    oldest = (
        "саны: 2. Ең ескісі мөрленген уақыт: 15 қыркүйек, сейсенбі, 9:00",
        "еще без метки времени: 2. Самый давний заверен: 15 сентября",
        "without a time stamp yet: 2. The oldest was sealed: 9:00 on Tuesday 15 September",
    )
    for words, pages in ((none, before), (oldest, waiting), (none, after)):
        assert [word in page for word, page in zip(words, pages, strict=True)] == [True] * 3, pages


def test_papers_that_cannot_be_proved_and_a_missing_address_are_said(
    counter: Counter, centre: FakeCentre
) -> None:
    sealed_by(counter)
    SealedPaper.objects.filter(copy="recipient").update(proof_sought_at=counter.town.now)
    ports.wire(ports.Services("demo", centre.lists, centre.responder))

    page = said(counter.town, an_administrator())

    assert "Of these, not proved although the centre answered: 1." in page
    assert "No address of a time-stamping service is named." in page


def test_without_anchors_and_without_addresses_it_says_what_to_do(
    town: Town, administrator: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("joldama.administration.views.centre.is_demo", lambda: False)
    with_anchors = said(town, administrator)
    Anchor.objects.all().delete()
    RevocationList.objects.all().delete()

    assert "No addresses of the centre are named." in with_anchors
    assert "No certification centre is believed yet." in said(town, administrator)


def test_addresses_of_another_set_than_the_anchors_are_said_to_be_so(
    town: Town, administrator: Staff, centre: FakeCentre
) -> None:
    ports.wire(ports.Services("test", centre.lists, centre.responder, centre.stamper))

    assert "of different sets" in said(town, administrator)


@pytest.mark.parametrize(
    ("language", "word"),
    [("kk", "Куәландырушы орталық"), ("ru", "Удостоверяющий центр"), ("en", "Certification centre")],
)
def test_the_page_speaks_three_languages(
    town: Town, administrator: Staff, centre: FakeCentre, language: str, word: str
) -> None:
    assert word in said(town, administrator, language)


def test_nobody_but_an_administrator_sees_it(town: Town, administrator: Staff, centre: FakeCentre) -> None:
    here = town.office()

    assert [town.browser_of(who).get(PAGE).status_code for who in (here.head, here.specialist)] == [403, 403]
    assert Client().get(PAGE).status_code == 302


def test_more_services_cost_no_more_questions(
    town: Town, administrator: Staff, centre: FakeCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(town, administrator)
    with CaptureQueriesContext(connection) as one:
        said(town, administrator)
    points = tuple(Point(f"list-{number}", ServiceKind.LIST, "http://list.example/") for number in range(5))
    monkeypatch.setattr(FakeLists, "points", lambda self: points)
    for point in points:
        health.note_fault(point, Fault.SILENT, at=town.now)
    with CaptureQueriesContext(connection) as five:
        said(town, administrator)

    assert len(five) == len(one)
