"""A person at the counter: registered with a receipt, or told in writing why not (S05-S18, S21, S22)."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.factories import world
from tests.factories.steps import MONDAY_TEN, walked_in
from tests.factories.world import World
from tests.joldama.desk.conftest import Enter
from tests.joldama.desk.reading import hidden, said

from joldama.cases.models import Application, NonAcceptance
from joldama.demo.people import demo_people
from joldama.journal.models import Look
from joldama.people.models import Person

CITIZEN = demo_people().applicant("citizen-card")


def typed(**changes: object) -> dict[str, object]:
    """What is read off a citizen's ID card and heard from him."""
    read = {
        "key": str(uuid4()),
        "document_kind": "ID_CARD_KZ",
        "holder": "CITIZEN",
        "iin": CITIZEN.iin,
        "surname": CITIZEN.surname,
        "given_name": CITIZEN.given_name,
        "patronymic": CITIZEN.patronymic,
        "document_number": CITIZEN.document_number,
        "document_valid_until": "14.08.2031",
        "kind": "JOB_PLACEMENT",
        "language": "ru",
    }
    return {**read, **changes}


def register(browser: Client, **changes: object):
    return browser.post(reverse("desk:intake"), typed(**changes))


def test_a_person_is_registered_and_the_case_opens(astana: World, specialist: Client) -> None:
    response = register(specialist, other_kinds=["CAREER_GUIDANCE"], contact="+7 700 000 00 00")

    application = Application.objects.get()
    assert response.url == reverse("desk:case", args=[application.pk])
    assert (application.state, application.number) == ("REGISTERED", "АСТ-2015-000001")
    assert application.due_at == MONDAY_TEN + timedelta(minutes=30)
    assert application.other_kinds == ["CAREER_GUIDANCE"]
    assert (application.language, application.contact) == ("ru", "+7 700 000 00 00")
    assert application.identity.is_returned is True


def test_a_double_click_registers_once(specialist: Client) -> None:
    key = str(uuid4())

    urls = {register(specialist, key=key).url for _ in range(2)}

    assert (len(urls), Application.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("document", "holder"),
    [
        ("ID_CARD_KZ", "CITIZEN"),
        ("PASSPORT_KZ", "CITIZEN"),
        ("RESIDENCE_PERMIT", "FOREIGNER"),
        ("STATELESS_CERTIFICATE", "STATELESS"),
    ],
)
def test_each_of_the_four_documents_is_accepted_with_its_citizenship(
    specialist: Client, document: str, holder: str
) -> None:
    register(specialist, document_kind=document, holder=holder, document_number="N12345678")

    identity = Application.objects.get().identity
    assert (identity.kind, identity.holder) == (document, holder)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"document_kind": "ANOTHER"}, "this document is not of a suitable kind"),
        ({"document_kind": "ANOTHER", "iin": "", "surname": "", "kind": ""}, "not of a suitable kind"),
        ({"document_kind": "RESIDENCE_PERMIT"}, "does not fit your citizenship"),
        ({"document_valid_until": "13.09.2015"}, "the document expired on 13 September 2015"),
        ({"is_oralman": "on"}, "the oralman certificate was not shown"),
    ],
)
def test_what_the_standard_does_not_accept_is_said_in_three_parts_and_offers_a_note(
    specialist: Client, changes: dict[str, str], sentence: str
) -> None:
    response = register(specialist, **changes)

    page = said(response)
    assert response.status_code == 422
    assert sentence in page
    assert "point 9 of the standard" in page
    assert "Write the note of non-acceptance" in page
    assert not Application.objects.exists()
    assert not Person.objects.exists()


def test_a_document_is_good_on_its_last_day(specialist: Client) -> None:
    assert register(specialist, document_valid_until="14.09.2015").status_code == 302


@pytest.mark.parametrize(
    ("iin", "fault"),
    [
        ("90011526784", "An IIN has 12 digits, you typed 11."),
        ("90011526784x", "Remove letters and signs."),
        ("900115267841", "The last digit, the check digit, does not fit."),
        ("", "“IIN” is empty."),
    ],
)
def test_a_wrong_number_is_explained_and_everything_typed_stays(
    specialist: Client, iin: str, fault: str
) -> None:
    response = register(specialist, iin=iin)

    page = response.content.decode()
    assert response.status_code == 422
    assert fault in said(response)
    assert f'value="{CITIZEN.surname}"' in page
    assert f'value="{CITIZEN.document_number}"' in page
    assert not Application.objects.exists()


def test_letters_of_the_kazakh_digit_row_are_digits(specialist: Client) -> None:
    row = dict(zip("1234567890", '"әіңғ,.үұқ', strict=True))

    register(specialist, iin="".join(row[digit] for digit in CITIZEN.iin))

    assert Application.objects.get().person.iin == CITIZEN.iin


def test_a_referral_of_kind_three_asks_which_training(specialist: Client) -> None:
    without = register(specialist, kind="VOCATIONAL_TRAINING")
    with_it = register(specialist, kind="VOCATIONAL_TRAINING", training_kind="retraining")

    assert (without.status_code, with_it.status_code) == (422, 302)
    assert Application.objects.get().training_kind == "retraining"


LUNCH = datetime(2015, 9, 14, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passed", "registered"),
    [
        (timedelta(seconds=-1), True),
        (timedelta(0), False),
        (timedelta(minutes=89, seconds=59), False),
        (timedelta(minutes=90), True),
    ],
)
def test_nothing_is_registered_in_the_lunch_break(
    specialist: Client, clock: time_machine.Traveller, passed: timedelta, registered: bool
) -> None:
    clock.move_to(LUNCH + passed)

    response = register(specialist)

    assert (response.status_code == 302) is registered
    assert ("Reception opens again at 14:30" in said(response)) is not registered


def test_before_lunch_and_closing_the_page_warns(specialist: Client, clock: time_machine.Traveller) -> None:
    pages = []
    for moment in (MONDAY_TEN, LUNCH - timedelta(minutes=10), LUNCH + timedelta(hours=4, minutes=20)):
        clock.move_to(moment)
        pages.append(said(specialist.get(reverse("desk:intake"))))

    assert [("10 min to the lunch break" in page, "10 min to closing" in page) for page in pages] == [
        (False, False),
        (True, False),
        (False, True),
    ]
    assert "14:50 on Monday 14 September" in pages[1]
    assert "9:20 on Tuesday 15 September" in pages[2]


def test_earlier_cases_of_a_number_are_found_at_the_own_office_only(
    astana: World, specialist: Client, enter: Enter
) -> None:
    known = walked_in(astana)
    elsewhere = enter(world.office("temirtau").specialist)
    asked = {"iin": known.person.iin, "document_number": "041234567"}

    here = specialist.post(reverse("desk:look-up"), asked)
    there = elsewhere.post(reverse("desk:look-up"), asked)

    assert known.number in said(here)
    assert f'value="{known.person.name.surname}"' in here.content.decode()
    assert 'value="041234567"' in here.content.decode()
    assert "There is no case under this IIN at our office." in said(there)
    assert known.person.name.surname not in there.content.decode()
    assert list(Look.objects.values_list("person", "staff", "page")) == [
        (known.person_id, astana.specialist.pk, "desk:look-up")
    ]


def test_a_number_that_cannot_be_is_not_looked_for(specialist: Client) -> None:
    response = specialist.post(reverse("desk:look-up"), {"iin": "123", "surname": "Нұрланова"})

    assert response.status_code == 422
    assert "An IIN has 12 digits, you typed 3." in said(response)
    assert 'value="Нұрланова"' in response.content.decode()
    assert specialist.get(reverse("desk:look-up")).status_code == 302


def test_a_note_names_day_ground_paragraph_and_what_to_do(astana: World, specialist: Client) -> None:
    read = typed(document_valid_until="13.09.2015")
    refused = specialist.post(reverse("desk:intake"), read)
    opened = specialist.post(reverse("desk:not-accepted"), {**read, "open": hidden(refused, "open")})
    form = opened.context["form"].initial

    led = specialist.post(reverse("desk:not-accepted"), {**form, "remark": ""})
    again = specialist.post(reverse("desk:not-accepted"), {**form, "remark": ""})

    note = said(specialist.get(led.url))
    assert led.url == again.url
    assert NonAcceptance.objects.get().name == CITIZEN.name.full
    assert "Time of applying: 10:00 on 14 September 2015" in note
    assert "Reason: Document expired" in note
    assert "Basis: point 9 of the standard" in note
    assert "Bring another valid document" in note
    assert "The application was not registered and no term has started." in note
    assert "Өтініш тіркелген жоқ, қызмет көрсету мерзімі басталған жоқ." in note


def test_a_note_is_written_without_a_form_filled_in(specialist: Client) -> None:
    page = specialist.get(reverse("desk:not-accepted"))
    empty = specialist.post(reverse("desk:not-accepted"), {"key": hidden(page, "key")})
    led = specialist.post(
        reverse("desk:not-accepted"), {"key": hidden(page, "key"), "ground": "NO_ID", "remark": "Паспорт"}
    )

    assert page.content.decode().count('type="radio" name="ground"') == 7
    assert empty.status_code == 422
    assert NonAcceptance.objects.get().ground == "NO_ID"
    assert "Паспорт" in said(specialist.get(led.url))


def test_a_note_out_of_hours_names_the_next_opening(
    astana: World, enter: Enter, clock: time_machine.Traveller
) -> None:
    clock.move_to(datetime(2015, 9, 18, 11, 45, tzinfo=UTC))
    browser = enter(astana.specialist)

    led = browser.post(
        reverse("desk:not-accepted"), {"key": str(uuid4()), "ground": "OUTSIDE_RECEPTION_HOURS"}
    )

    assert "Reception opens again at 9:00 on 21 September 2015" in said(browser.get(led.url))


def test_a_note_of_another_office_answers_like_a_missing_one(specialist: Client, enter: Enter) -> None:
    led = specialist.post(reverse("desk:not-accepted"), {"key": str(uuid4()), "ground": "NO_ID"})

    stranger = enter(world.office("temirtau").specialist)

    assert stranger.get(led.url).status_code == 404


def test_the_receipt_says_all_in_kazakh_and_the_persons_language(specialist: Client) -> None:
    led = register(specialist)

    page = specialist.get(f"{led.url}receipt/")
    receipt = said(page)
    assert 'lang="kk"' in page.content.decode()
    assert 'lang="ru"' in page.content.decode()
    assert "Өтініштің нөмірі: АСТ-2015-000001" in receipt
    assert "Тіркелген сәті: 2015 ж. 14 қыркүйек, сағат 10:00" in receipt
    assert "Нәтиже берілетін мерзім: 2015 ж. 14 қыркүйек, сағат 10:30" in receipt
    assert "Мемлекеттік қызмет тегін көрсетіледі." in receipt
    assert "Номер заявления: АСТ-2015-000001" in receipt


def test_a_receipt_for_a_kazakh_speaker_has_russian_beside_it_too(specialist: Client) -> None:
    led = register(specialist, language="kk")

    page = specialist.get(f"{led.url}receipt/").content.decode()

    assert page.count('<div class="stack stack--2" lang=') == 2


def test_the_head_registers_nobody(head: Client) -> None:
    assert register(head).status_code == 403
    assert not Application.objects.exists()


def test_hostile_input_is_answered_with_a_sentence(specialist: Client) -> None:
    response = specialist.post(
        reverse("desk:intake"),
        typed(
            key="not-a-uuid",
            document_kind="DRIVING_LICENCE",
            surname="<script>alert(1)</script>",
            given_name="а" * 5000,
            document_valid_until="31.02.2031",
        ),
    )

    assert response.status_code == 422
    assert "<script>alert" not in response.content.decode()
    assert "At most 100 characters, you typed 5000." in said(response)
    assert "There is no such day" in said(response)
