"""A person who left an address is told that something happened and where to look; nobody else is told anything."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from joldama.journal.models import Event
from joldama.notices import ports
from joldama.notices.models import Contact, Notice, NoticeKind, Outcome
from joldama.notices.ports import AddressRefused, MessengerSilent
from joldama.people.models import Person
from joldama.procedures import notify
from joldama.worker import tasks
from joldama.worker.patience import MOST_ATTEMPTS
from tests.factories import world
from tests.fakes.messengers import ScriptedMessenger
from tests.stories.chancery import Chancery
from tests.stories.counter import Counter, said
from tests.stories.town import Town, text_of

ADDRESS = "aisha@example.kz"


@pytest.fixture(autouse=True)
def _messenger_of_the_house() -> Iterator[None]:
    """Give the house its messenger back."""
    before = ports.messenger()
    yield
    ports.wire(before)


@pytest.fixture
def messenger() -> ScriptedMessenger:
    carrying = ScriptedMessenger()
    ports.wire(carrying)
    return carrying


@pytest.fixture
def person(town: Town) -> Person:
    """A citizen who left an address in the personal account."""
    town.at("2015-09-14 10:00")
    applicant = world.applicant("citizen-card")
    answer = town.browser_of(applicant).post(reverse("portal:contact"), {"email": ADDRESS})
    assert answer.status_code == 302
    return applicant


def outcomes() -> list[tuple[str, str, int]]:
    return [(one.kind, one.outcome, one.attempts) for one in Notice.objects.order_by("written_at", "kind")]


def test_registration_is_told_in_words_that_name_nobody(
    town: Town, person: Person, messenger: ScriptedMessenger
) -> None:
    application = town.apply(person)
    town.work()

    [letter] = messenger.carried
    assert (letter.address, letter.language) == (ADDRESS, "kk")
    assert letter.subject == f"№ {application.number}: мемлекеттік қызмет бойынша хабар"
    assert letter.body == (
        "Сәлеметсіз бе!\n\n"
        f"№ {application.number} өтінішіңіз 2015 ж. 14 қыркүйек сағат 10:00-де тіркелді. Нәтиже 2015 ж. "
        "15 қыркүйек сағат 17:30-ға дейін беріледі. Мерзім қалай есептелгені және істің барысы: "
        f"http://localhost:8000/applications/{application.pk}/\n\n"
        "Статусты жеке кабинеттен немесе «1414» бірыңғай байланыс орталығынан білуге болады. Қызмет тегін "
        "көрсетіледі. Бұл хатқа жауап жазбаңыз.\n"
    )
    assert outcomes() == [("application_registered", "sent", 1)]


def test_nothing_personal_stands_in_a_job_or_in_a_subject(
    town: Town, person: Person, messenger: ScriptedMessenger
) -> None:
    town.apply(person)

    job = ProcrastinateJob.objects.get(task_name="send_notice")
    notice = Notice.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, subject, body FROM notices_notice")
        stored = b"".join(bytes(column) for column in cursor.fetchone())
    assert job.args == {"notice": str(notice.pk)}
    assert ADDRESS.encode() not in stored
    for telling in (person.iin, person.name.surname, person.name.given_name):
        assert telling not in notice.subject + notice.body


def test_who_left_no_address_is_told_nothing(town: Town, messenger: ScriptedMessenger) -> None:
    town.at("2015-09-14 10:00")

    town.apply()
    town.work()

    assert (messenger.carried, list(Notice.objects.all())) == ([], [])


@pytest.mark.parametrize(
    ("language", "greeting"), [("kk", "Сәлеметсіз бе!"), ("ru", "Здравствуйте!"), ("en", "Hello,")]
)
def test_the_person_reads_it_in_the_language_of_the_application(
    counter: Counter, messenger: ScriptedMessenger, language: str, greeting: str
) -> None:
    counter.register(contact=ADDRESS, language=language)
    counter.town.work()

    assert messenger.carried[0].body.startswith(greeting)


def test_what_waits_for_the_day_is_told_when_it_comes_and_when_it_is_registered(
    town: Town, person: Person, messenger: ScriptedMessenger
) -> None:
    town.at("2015-09-14 20:00")
    town.apply(person)
    town.work()
    town.at("2015-09-15 09:00")
    town.sweep()
    town.work()

    assert outcomes() == [("application_waits", "sent", 1), ("application_registered", "sent", 1)]
    assert "15 қыркүйек сағат 9:00-де қабылданады" in messenger.carried[0].body


def test_the_result_is_told_with_its_last_day(counter: Counter, messenger: ScriptedMessenger) -> None:
    application = counter.register(contact=ADDRESS, language="en")
    counter.take(application)
    counter.draft(application)
    counter.sign(application)
    counter.town.work()
    counter.offer(application)
    counter.town.work()

    assert outcomes()[-1] == ("result_issued", "sent", 1)
    body = messenger.carried[-1].body
    assert f"The result of your application No. {application.number} was issued" in body
    assert "«Жол»" not in body


def test_a_refusal_is_told_without_its_ground(counter: Counter, messenger: ScriptedMessenger) -> None:
    application = counter.register(contact=ADDRESS, language="en")
    counter.take(application)
    counter.refuse(application, ground="DATA_NOT_CONFIRMED", reasons="Дерек расталмады.")
    counter.sign(application)
    counter.town.work()

    assert outcomes()[-1] == ("result_refused", "sent", 1)
    body = messenger.carried[-1].body
    assert f"A decision on your application No. {application.number} was taken" in body
    assert "Дерек" not in body


def test_an_annulled_referral_is_told_without_the_reason(
    counter: Counter, messenger: ScriptedMessenger
) -> None:
    application = counter.register(contact=ADDRESS, language="en")
    counter.take(application)
    counter.draft(application)
    counter.sign(application)
    counter.town.work()
    counter.offer(application)
    counter.annul(application, "Жұмыс берушінің атауы қате.")
    counter.town.work()

    assert outcomes()[1] == ("referral_annulled", "sent", 1)
    assert "қате" not in messenger.carried[-1].body


def test_each_mark_of_a_complaint_is_told_once(
    town: Town, person: Person, messenger: ScriptedMessenger
) -> None:
    town.at("2015-10-05 11:00")
    complaint = Chancery(town).register()
    complaint.person = person
    for _ in range(2):
        notify.tell_of_complaint(complaint, at=town.now)
    town.work()

    assert outcomes() == [("complaint_mark", "sent", 1)]
    assert complaint.number in messenger.carried[0].subject
    assert reverse("portal:complaint", args=[complaint.pk]) in messenger.carried[0].body


def test_a_job_that_runs_twice_sends_once(town: Town, person: Person, messenger: ScriptedMessenger) -> None:
    town.apply(person)
    notice = str(Notice.objects.get().pk)

    tasks.send_notice(notice=notice)
    tasks.send_notice(notice=notice)

    assert len(messenger.carried) == 1
    assert outcomes() == [("application_registered", "sent", 1)]


def test_an_attempt_that_died_is_made_again_after_two_minutes(
    town: Town, person: Person, messenger: ScriptedMessenger
) -> None:
    town.apply(person)
    notice = Notice.objects.get()
    assert notify.claim(notice.pk, at=town.now)

    with pytest.raises(notify.BeingSent):
        tasks.send_notice(notice=str(notice.pk))
    town.at_instant(town.now + timedelta(minutes=2))
    tasks.send_notice(notice=str(notice.pk))

    assert outcomes() == [("application_registered", "sent", 2)]
    assert len(messenger.carried) == 1


def test_an_outage_is_tried_again_and_given_up_at_last(town: Town, person: Person) -> None:
    stumbling = ScriptedMessenger(MessengerSilent(), MessengerSilent())
    ports.wire(stumbling)
    town.apply(person)
    town.work()
    after_one = outcomes()
    town.work()
    town.work()

    assert after_one == [("application_registered", "waiting", 1)]
    assert outcomes() == [("application_registered", "sent", 3)]

    ports.wire(ScriptedMessenger(MessengerSilent()))
    Notice.objects.update(outcome=Outcome.WAITING, ended_at=None, attempts=MOST_ATTEMPTS - 1)
    with pytest.raises(MessengerSilent):
        tasks.send_notice(notice=str(Notice.objects.get().pk))
    assert outcomes() == [("application_registered", "given_up", MOST_ATTEMPTS)]


def test_an_address_that_does_not_exist_is_not_tried_again(town: Town, person: Person) -> None:
    ports.wire(ScriptedMessenger(AddressRefused()))
    town.apply(person)
    town.work()
    town.work()

    assert outcomes() == [("application_registered", "refused", 1)]
    assert "Мұндай мекенжай жоқ" in text_of(
        town.browser_of(person).get(reverse("portal:account")).content.decode()
    )


def test_what_is_rolled_back_is_told_to_nobody(town: Town, person: Person) -> None:
    happened = notify.Happened(
        kind=NoticeKind.RESULT_REFUSED,
        about=person.pk,
        number="АСТ-2015-000001",
        language="kk",
        key="notice.result_refused.sms",
        values={},
    )

    with transaction.atomic():
        notify.tell(person, happened, at=town.now)
        transaction.set_rollback(True)

    assert not Notice.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name="send_notice").exists()


def test_the_address_is_changed_and_removed_by_the_person(town: Town, person: Person) -> None:
    browser = town.browser_of(person)
    browser.cookies["language"] = "en"
    shown = said(browser.get(reverse("portal:account")))

    wrong = browser.post(reverse("portal:contact"), {"email": "aisha@"})
    changed = browser.post(reverse("portal:contact"), {"email": "other@example.kz"})
    address = Contact.objects.get().email
    removed = [browser.post(reverse("portal:remove-contact")).status_code for _ in range(2)]

    assert f"Notices go to {ADDRESS}." in shown
    assert wrong.status_code == 422
    assert 'value="aisha@"' in wrong.content.decode()
    assert (changed.status_code, address, removed) == (302, "other@example.kz", [302, 302])
    assert "No notices are sent: no address was left." in said(browser.get(reverse("portal:account")))
    names = Event.objects.filter(subject=person.pk, name__startswith="contact.").values_list("name", "actor")
    assert list(names.order_by("id")) == [
        ("contact.set", person.pk),
        ("contact.set", person.pk),
        ("contact.removed", person.pk),
    ]


def test_the_address_is_kept_and_removed_at_the_counter(counter: Counter) -> None:
    application = counter.register()
    address = reverse("desk:contact", args=[application.pk])

    wrong = counter.specialist.post(address, {"email": "8 701"})
    kept = counter.specialist.post(address, {"email": ADDRESS})
    known = Contact.objects.get(person=application.person).email
    shown = counter.specialist.get(address).content.decode()
    removed = counter.specialist.post(reverse("desk:remove-contact", args=[application.pk]))

    assert (wrong.status_code, kept.status_code, removed.status_code) == (422, 302, 302)
    assert known == ADDRESS
    assert ADDRESS in shown
    assert not Contact.objects.exists()


def test_an_address_that_was_left_once_stands_in_the_next_application(town: Town, person: Person) -> None:
    town.draft(person)

    page = town.browser_of(person).get(reverse("portal:step", args=["contact"])).content.decode()

    assert f'value="{ADDRESS}"' in page


def test_a_telephone_is_no_address(counter: Counter) -> None:
    counter.register(contact="+7 701 123 45 67")

    assert not Contact.objects.exists()


def test_another_offices_specialist_sets_no_address(counter: Counter) -> None:
    application = counter.register()
    stranger = counter.town.browser_of(counter.town.office("temirtau").specialist)

    answer = stranger.post(reverse("desk:contact", args=[application.pk]), {"email": ADDRESS})

    assert answer.status_code == 404
    assert not Contact.objects.exists()


def test_the_address_of_an_application_is_the_newest_word(town: Town, person: Person) -> None:
    town.apply(person, email="newest@example.kz")

    assert Contact.objects.get().email == "newest@example.kz"


def test_the_account_costs_the_same_for_one_notice_and_for_three(town: Town, person: Person) -> None:
    town.apply(person)
    browser = town.browser_of(person)
    address = reverse("portal:account")
    browser.get(address)

    def queries() -> int:
        with CaptureQueriesContext(connection) as taken:
            browser.get(address)
        return len(taken)

    few = queries()
    for mark in ("a", "b"):
        notice = Notice.objects.first()
        Notice(
            person=person, about=notice.about, kind=notice.kind, mark=mark, channel=notice.channel,
            language="kk", address=ADDRESS, subject="s", body="b", written_at=town.now,
        ).save()  # fmt: skip

    assert queries() == few


def test_a_demonstration_writes_files_and_sends_nothing(
    town: Town, person: Person, tmp_path, settings
) -> None:
    settings.DATA = tmp_path
    town.apply(person)
    town.work()

    [file] = (tmp_path / "mail").iterdir()
    written = file.read_text()
    assert re.search(rf"^To: {ADDRESS}$", written, re.MULTILINE)
    assert "Auto-Submitted: auto-generated" in written
    assert outcomes() == [("application_registered", "sent", 1)]
