"""Complaints on paper: S50-S53, S55-S58, S65, each moment exact."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from joldama.complaints.models import Complaint
from joldama.journal.models import Look
from joldama.people.models import Staff
from joldama.standard.roles import Role
from joldama.vault.fields import closed
from tests.stories.chancery import Chancery
from tests.stories.counter import said
from tests.stories.town import Town, wall


@pytest.fixture
def chancery(town: Town) -> Chancery:
    """The chancery of Astana's provider on the morning of S50."""
    town.at("2015-10-05 11:00")
    return Chancery(town)


def between(page: str, start: str, end: str) -> str:
    return page.split(start, 1)[1].split(end, 1)[0].strip()


def after(page: str, words: str) -> str:
    return page.split(words, 1)[1].strip()


def test_a_complaint_to_the_head_is_confirmed_with_its_six_facts(chancery: Chancery) -> None:
    """S50, R10.3-a, R10.3-b: stamp, incoming number, date, who took it, the term, the place."""
    complaint = chancery.register()

    assert between(
        chancery.confirmation(complaint), "Подтверждение принятия жалобы", "Государственная услуга"
    ) == (
        "«Адамдарға жұмыспен қамтуға жәрдемдесудің белсенді нысандарына қатысуға жолдамалар беру»"
        " мемлекеттік көрсетілетін қызметі"
        " Мөртаңба Астана қаласының жұмыспен қамту және әлеуметтік бағдарламалар басқармасы"
        " Кіріс нөмірі: АСТ-Ш-2015-000001 Күні: 2015 ж. 5 қазан"
        " Кімге: Көрсетілетін қызметті берушінің басшысына"
        " Шағымды қабылдаған адам: Досжанова Меруерт Ғалымқызы"
        " Жауапты 2015 ж. 6 қазаннан бастап алуға болады"
        " Жауап алатын мерзім: 2015 ж. 12 қазан сағат 17:30-ға дейін"
        " Жауап алатын орын: Астана қаласы, Бейбітшілік көшесі, 11"
        " Анықтама: «1414» бірыңғай байланыс орталығы; 8 (7172) 24 07 49, 8 (7172) 24 12 91"
    )
    assert (wall(complaint.due_at), wall(complaint.target_at)) == (
        "2015-10-12 17:30:00",
        "2015-10-09 17:30:00",
    )


def test_registered_data_never_changes(chancery: Chancery) -> None:
    """R10.3-c: the database itself refuses; a step that is still to be made is written once."""
    complaint = chancery.register()
    row = Complaint.objects.filter(pk=complaint.pk)

    for change in (
        {"number": "АСТ-Ш-2015-000002"},
        {"due_at": complaint.target_at},
        {"registered_by": chancery.town.office().head},
        {"text": closed(complaint, "text", "Ештеңе болған жоқ.")},
    ):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            row.update(**change)
    with pytest.raises(IntegrityError, match="never removed"), transaction.atomic():
        row.delete()
    row.update(executed_at=None)

    assert row.get().number == "АСТ-Ш-2015-000001"


def test_the_same_form_sent_twice_registers_once(chancery: Chancery) -> None:
    first = chancery.register()
    again = chancery.hand_in(key=str(first.key))

    assert again.url == reverse("chancery:confirmation", args=[first.pk])
    assert Complaint.objects.count() == 1


def test_a_complaint_by_hand_is_taken_in_the_chancerys_hours_only(chancery: Chancery) -> None:
    """A29: at lunch nothing is taken, nothing typed is lost."""
    chancery.town.at("2015-10-05 13:30")

    answer = chancery.hand_in()

    assert (answer.status_code, Complaint.objects.count()) == (422, 0)
    assert "Менен құжат сұрады." in said(answer)


def test_each_chancery_has_a_register_and_numbers_of_its_own(town: Town, chancery: Chancery) -> None:
    """S51, R10.2-b, R10.4-b: to the akim by post, registered in the akimat's chancery, five business days too."""
    chancery.register()
    town.at("2015-10-12 10:00")
    akimat = Chancery(town, "astana-akimat")

    complaint = akimat.register(channel="post")

    assert (complaint.addressee, complaint.number, wall(complaint.due_at)) == (
        "akim",
        "ӘАСТ-Ш-2015-000001",
        "2015-10-19 17:30:00",
    )
    assert "ӘАСТ-Ш-2015-000001" not in chancery.list_page(chancery.body.officer)
    assert chancery.page(chancery.body.officer, complaint).status_code == 404


@pytest.mark.parametrize(
    ("slug", "at", "due"),
    [
        ("astana", "2015-09-17 10:00", "2015-09-25 17:30:00"),
        ("astana", "2015-09-18 10:00", "2015-09-28 17:30:00"),
        ("astana-akimat", "2015-12-11 10:00", "2015-12-22 17:30:00"),
        ("astana-akimat", "2015-11-27 10:00", "2015-12-07 17:30:00"),
        ("quality", "2015-09-14 10:00", "2015-10-06 17:30:00"),
        ("quality", "2026-03-18 10:00", "2026-04-13 17:30:00"),
        ("quality", "2015-12-11 10:00", "2016-01-08 17:30:00"),
        ("astana", "2024-04-26 10:00", "2024-05-04 17:30:00"),
        ("astana", "2024-04-30 10:00", "2024-05-10 17:30:00"),
    ],
)
def test_the_answer_is_due_after_business_days_from_registration(
    town: Town, slug: str, at: str, due: str
) -> None:
    """S52, S53, S55, S56, R10.4-a, R10.8-a: Kurban Ait, December's days off, a working Saturday."""
    town.at(at)

    complaint = Chancery(town, slug).register()

    assert wall(complaint.due_at) == due


def test_the_answer_has_its_date_text_and_signer_and_tells_of_the_court(chancery: Chancery) -> None:
    """R10.4-a, R10.6-a, R11.1-a: taken up, answered, executed are marks of their own."""
    complaint = chancery.register()
    head, deputy = chancery.body.addressee, chancery.town.office().deputy
    chancery.town.at("2015-10-06 10:00")
    chancery.take(head, complaint, to=deputy)
    chancery.town.at("2015-10-08 15:00")

    chancery.press(head, complaint, "answer", outcome="SATISFIED", text="Құжат артық сұралған.")

    page = said(chancery.page(head, complaint))
    assert between(page, "құжат сұрады. Answer", "Facts") == (
        "Complaint upheld Құжат артық сұралған. Answer signed by: Сәрсенов Қайрат Жанболатұлы,"
        " 15:00 on 8 October 2015 If you disagree, you have the right to go to court in the order set by the"
        " legislation of the Republic of Kazakhstan (point 11 of the standard). Print the answer"
    )
    printed = said(chancery.officer.get(reverse("chancery:reply", args=[complaint.pk])))
    assert "Ответ от 8 октября 2015 г. на жалобу № АСТ-Ш-2015-000001" in printed
    assert "вы вправе обратиться в суд" in printed
    chancery.town.at("2015-10-09 09:30")
    chancery.press(chancery.body.officer, complaint, "execute")
    assert after(said(chancery.page(head, complaint)), "Course of the case") == (
        "Registered 11:00 on Monday 5 October Досжанова М.Ғ., chancery officer"
        " Under consideration 10:00 on Tuesday 6 October Сәрсенов Қ.Ж., head of the provider"
        " Answer on consideration given 15:00 on Thursday 8 October Сәрсенов Қ.Ж., head of the provider"
        " Executed 9:30 on Friday 9 October Досжанова М.Ғ., chancery officer"
    )
    assert complaint.state == "EXECUTED"


def test_a_second_answer_is_told_who_was_faster(chancery: Chancery) -> None:
    complaint = chancery.register()
    head = chancery.body.addressee
    chancery.take(head, complaint)
    chancery.press(head, complaint, "answer", outcome="REJECTED", text="Негізсіз.")

    again = chancery.press(head, complaint, "forward", body="Министрлік")

    assert (again.status_code, complaint.forwarded_to, complaint.answer) == (302, None, "Негізсіз.")


@pytest.mark.parametrize(
    ("missing", "ground", "said_of_it"),
    [
        ({"complainant": "", "contact": ""}, "ANONYMOUS", "The complaint is anonymous"),
        ({"text": ""}, "NO_SUBSTANCE", "The complaint does not state the matter"),
    ],
)
def test_without_a_person_or_a_matter_it_is_registered_and_then_refused_with_reasons(
    chancery: Chancery, missing: dict[str, str], ground: str, said_of_it: str
) -> None:
    """S57, R10.6-b: never unregistered; the reasoned refusal within the same five business days."""
    complaint = chancery.register(**missing)
    head = chancery.body.addressee
    chancery.town.at("2015-10-12 17:30")

    chancery.press(head, complaint, "refuse", ground=ground, reasons="Заңда солай.")

    assert (complaint.state, complaint.answer) == ("CONSIDERATION_REFUSED", "Заңда солай.")
    page = said(chancery.page(head, complaint))
    assert said_of_it in page
    assert "Answer overdue" not in page


def test_another_bodys_matter_is_forwarded(chancery: Chancery) -> None:
    """S58: due within three business days; the complainant is told where it went."""
    complaint = chancery.register()
    address = reverse("chancery:forward", args=[complaint.pk])
    page = said(chancery.browser_of(chancery.body.officer).get(address))

    chancery.press(chancery.body.officer, complaint, "forward", body="Білім және ғылым министрлігі")

    assert "It is due by 17:30 on 8 October 2015." in page
    assert (complaint.state, complaint.forwarded_to) == ("FORWARDED", "Білім және ғылым министрлігі")


def test_a_late_answer_is_flagged_and_the_complaint_stays_open(chancery: Chancery) -> None:
    """S65, R10.4-a: one second after its due moment; the answer is still taken."""
    complaint = chancery.register()
    head = chancery.body.addressee
    chancery.town.at("2015-10-12 17:30")
    assert "Answer overdue" not in chancery.list_page(head)

    chancery.town.at("2015-10-12 17:30:01")

    assert "Complaints whose answer is overdue: 1" in chancery.list_page(head)
    assert "Complaints whose answer is overdue: 1" in chancery.list_page(chancery.body.officer)
    chancery.take(head, complaint)
    chancery.press(head, complaint, "answer", outcome="PARTLY", text="Кешіктік.")
    assert complaint.state == "ANSWERED"


def test_who_is_complained_of_neither_sees_it_nor_finds_it_nor_decides(chancery: Chancery) -> None:
    """R10.1-c, R10.6-c: a specialist is complained of; his colleagues without the task see nothing either."""
    office = chancery.town.office()
    complaint = chancery.register(official=str(office.specialist.pk))
    specialist = office.specialist
    other = Staff.objects.create(
        role=Role.SPECIALIST, office=office.office, place=office.place, surname="Ә", given_name="Б"
    )
    chancery.take(chancery.body.addressee, complaint, to=other)

    assert chancery.page(specialist, complaint).status_code == 404
    assert complaint.number not in chancery.list_page(specialist)
    assert "No complaint with this incoming number was found." in chancery.list_page(
        specialist, number=complaint.number
    )
    # The negative control: whom it was given to sees and finds it.
    assert chancery.page(other, complaint).status_code == 200
    assert complaint.number in chancery.list_page(other, number=complaint.number)
    assert [look.allowed for look in Look.objects.filter(staff=specialist.pk, subject=complaint.pk)] == [
        False
    ]


def test_the_one_complained_of_is_not_offered_and_cannot_be_given_the_task(chancery: Chancery) -> None:
    """R10.1-c: neither he nor who took part in the case."""
    office = chancery.town.office()
    complaint = chancery.register(official=str(office.specialist.pk))
    head = chancery.body.addressee

    page = chancery.page(head, complaint).content.decode()
    answer = chancery.press(head, complaint, "assign", to=str(office.specialist.pk))

    assert str(office.specialist.pk) not in page
    assert str(office.deputy.pk) in page
    assert (answer.status_code, complaint.state) == (422, "REGISTERED")


def test_a_complaint_about_the_head_before_himself_is_answered_by_a_deputy(chancery: Chancery) -> None:
    """S59, A27: the head and the specialists see nothing of it."""
    office = chancery.town.office()
    complaint = chancery.register(official=str(office.head.pk))

    for unseeing in (office.head, office.specialist):
        assert chancery.page(unseeing, complaint).status_code == 404
        assert complaint.number not in chancery.list_page(unseeing)
    assert (
        chancery.press(office.head, complaint, "answer", outcome="REJECTED", text="Жоқ.").status_code == 404
    )
    chancery.take(office.deputy, complaint)
    chancery.press(office.deputy, complaint, "answer", outcome="SATISFIED", text="Шара алынды.")
    assert (complaint.state, complaint.answered_by) == ("ANSWERED", office.deputy)


def test_a_paper_without_a_result_to_the_quality_body_is_registered_then_forwarded(town: Town) -> None:
    """S60, A41: registration is never refused."""
    town.at("2015-09-14 10:00")
    quality = Chancery(town, "quality")

    complaint = quality.register()

    assert "The complaint names no result of the service" in said(
        quality.page(quality.body.addressee, complaint)
    )
    quality.press(quality.body.addressee, complaint, "forward", body="Басшыға")
    assert complaint.state == "FORWARDED"


def test_the_official_named_serves_at_the_provider_named(town: Town, chancery: Chancery) -> None:
    """R10.1-b: a mismatch is said, and nothing is dropped in silence."""
    elsewhere = town.office("temirtau").head
    quality = Chancery(town, "quality")

    answer = quality.hand_in(official=str(elsewhere.pk))

    assert (answer.status_code, Complaint.objects.count()) == (422, 0)
    assert "This official does not serve at the provider chosen." in said(answer)


def test_by_word_of_mouth_is_no_channel(chancery: Chancery) -> None:
    """R10.2-a."""
    answer = chancery.hand_in(channel="oral")

    assert (answer.status_code, Complaint.objects.count()) == (422, 0)


def test_a_list_of_three_costs_the_queries_of_one(chancery: Chancery) -> None:
    def cost() -> int:
        browser = chancery.browser_of(chancery.town.office().deputy)
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse("chancery:register"))
        return len(asked)

    chancery.register(official=str(chancery.town.office().head.pk))
    one = cost()
    for _ in range(2):
        chancery.register(official=str(chancery.town.office().head.pk))

    assert cost() == one
