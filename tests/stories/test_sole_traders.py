"""An employer may be a sole trader, who is known by his IIN and by nothing else (¶6, R6.1-e); it is personal data."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from govkz.tables import write_text
from joldama.cases.models import Application
from joldama.journal.models import Event, Look
from joldama.openings.models import Import, Opening, Organisation
from tests.factories import openings
from tests.pdf import needs_poppler, text_of
from tests.stories.answers.receiver import stranger
from tests.stories.counter import Counter, said
from tests.stories.test_import_of_openings import HEADINGS, ROW, browser, entered
from tests.stories.test_places_of_openings import draft

IIN = "850412100013"
"""Of nobody: the seventh digit says that he was born in the 1800s."""

TRADER = {"bin": "850412 100013", "name_kk": "«Сейітов Б.» ЖК", "name_ru": "", "address": "Астана"}
CONFIRMED = {**TRADER, "is_sole_trader": "on"}


@pytest.fixture
def desk(counter: Counter) -> Client:
    counter.town.at("2015-09-15 10:00")
    return counter.specialist


@pytest.fixture
def trader(counter: Counter, desk: Client) -> Organisation:
    return openings.organisation(counter.world, number=IIN, name_kk=TRADER["name_kk"], name_ru="")


def whole(response: Any) -> str:
    """Everything a page holds, with the digits of its numbers together."""
    return "".join(response.content.decode().split())


def test_a_sole_trader_is_entered_once_it_is_confirmed_in_words(desk: Client) -> None:
    form = reverse("desk:enter-organisation")
    assert "is_sole_trader" not in desk.get(form).content.decode()

    asked = desk.post(form, TRADER)
    assert (asked.status_code, Organisation.objects.count()) == (422, 0)
    assert "This is an IIN, the number of a person." in said(asked)
    assert 'value="850412 100013"' in asked.content.decode()

    first, again = (desk.post(form, CONFIRMED) for _ in range(2))
    assert (first.status_code, first.url) == (302, again.url)
    made = Organisation.objects.get()
    assert (made.is_sole_trader, made.bin, made.number) == (True, None, IIN)
    page = desk.get(first.url)
    assert "IIN •••• •••• 0013 sole trader" in said(page)
    assert IIN not in whole(page) + whole(desk.get(reverse("desk:organisations")))

    other = desk.post(form, {**CONFIRMED, "name_kk": "«Басқа» ЖК"})
    assert (other.status_code, "This number is known already" in said(other)) == (422, True)
    assert desk.post(form, {**CONFIRMED, "bin": "850412100014"}).status_code == 422
    # What is no IIN is asked nothing: neither tick changes what a number is.
    desk.post(form, {**CONFIRMED, "bin": "140940311897", "name_kk": "«Қойма» ЖШС"})
    assert Organisation.objects.get(bin="140940311897").number_key == "bin"


def test_his_number_is_kept_encrypted_and_stands_in_no_address_and_no_event(
    desk: Client, trader: Organisation
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT o::text, encode(iin, 'escape') FROM openings_organisation o")
        [(row, kept)] = cursor.fetchall()
    assert IIN not in row + kept

    page = reverse("desk:organisations")
    found = desk.post(page, {"q": "8504 1210 0013"})
    assert found.url == reverse("desk:organisation", args=[trader.pk])
    nobody = desk.post(page, {"q": "790920100021"})
    assert (nobody.status_code, "No such organisation was found" in said(nobody)) == (200, True)
    assert desk.post(page, {"q": "сейітов"}).url == f"{page}?q=%D1%81%D0%B5%D0%B9%D1%96%D1%82%D0%BE%D0%B2"
    assert "«Сейітов Б.» ЖК" not in said(desk.get(page, {"q": IIN}))
    assert not any(IIN in str(event.facts) for event in Event.objects.all())


def test_he_is_corrected_without_his_number_and_who_looks_is_written_down(
    counter: Counter, desk: Client, trader: Organisation
) -> None:
    correct = reverse("desk:correct-organisation", args=[trader.pk])

    form = desk.get(correct)
    assert ('name="bin"' in form.content.decode(), IIN in whole(form)) == (False, False)
    typed = {"name_kk": "«Сейітов» ЖК", "address": "Қосшы", "version": "1", "bin": "790920100021"}
    assert desk.post(correct, typed).status_code == 302

    trader.refresh_from_db()
    assert (trader.name_kk, trader.number, trader.version) == ("«Сейітов» ЖК", IIN, 2)
    firm = openings.organisation(counter.world)
    desk.get(reverse("desk:organisation", args=[trader.pk]))
    desk.get(reverse("desk:organisation", args=[firm.pk]))
    looks = Look.objects.order_by("id").values_list("person", "staff", "page")
    staff = counter.world.specialist.pk
    assert list(looks) == [
        (trader.pk, staff, "desk:correct-organisation"),
        (trader.pk, staff, "desk:correct-organisation"),
        (trader.pk, staff, "desk:organisation"),
    ]


def test_a_table_names_him_by_his_number_and_a_report_shows_its_end(counter: Counter) -> None:
    client, headings = browser(counter), tuple("ЖСН" if name == "bin" else name for name in HEADINGS)
    row = tuple(IIN if cell == ROW[1] else cell for cell in ROW)
    for cells, told in ((row, "New 1"), (row, "Unchanged 1"), ((*row[:6], "9", row[7]), "Corrected 1")):
        assert told in said(client.get(entered(counter, write_text(headings, [cells])).url))
    assert (Opening.objects.get().organisation.number, Organisation.objects.count()) == (IIN, 1)
    organisations = write_text(("bin", "name_kk"), [(IIN, "«Дәнекер» ЖК"), (IIN, "«Аспаз» ЖК")])

    refused = client.get(entered(counter, organisations, sort="organisations").url)

    assert ("•••• •••• 0013" in said(refused), IIN in whole(refused)) == (True, False)
    organisations = write_text(("bin", "name_kk"), [(IIN, "«Дәнекер» ЖК")])
    table = entered(counter, organisations, sort="organisations").url
    assert Organisation.objects.get().name_kk == "«Дәнекер» ЖК"
    assert client.post(f"{table}take-back/", {"reason": "Қате кесте"}).url == table
    assert (Organisation.objects.get().name_kk, Organisation.objects.get().number) == (ROW[2], IIN)
    assert not any(IIN in str(one.__dict__) for one in Import.objects.all())


@needs_poppler
def test_the_referral_says_whose_number_it_is_and_no_stranger_reads_it(
    counter: Counter, trader: Organisation
) -> None:
    """S20, A33: from an opening of his to the paper; the code on it and the pages open to all tell nothing of him."""
    opening = openings.opening(counter.world, of=trader)
    case = counter.register(document_valid_until="31.12.2030")
    counter.take(case)
    draft(counter, case, opening)
    drafted = counter.specialist.get(reverse("desk:case", args=[case.pk]))
    assert ("IIN •••• •••• 0013" in said(drafted), IIN in whole(drafted)) == (True, False)
    to_sign = counter.head.get(reverse("desk:decision", args=[case.pk]))
    assert "IIN •••• •••• 0013" in said(to_sign)
    counter.sign(case)
    counter.town.work()
    counter.offer(case)
    counter.hand_over(case)

    paper = text_of(counter.paper(case))
    assert (f"ЖСН {IIN}" in paper.replace("\u00a0", " "), f"ИИН {IIN}" in paper) == (True, True)
    assert f"БСН {IIN}" not in paper
    check_nobody_reads_it(case)


def check_nobody_reads_it(case: Application) -> None:
    referral = Application.objects.get(pk=case.pk).decision.referral
    held = {"n": referral.number, "d": "15.09.2015", "c": referral.control_code}
    for page in ("portal:verify", "organisation:answer"):
        shown = stranger().get(reverse(page), held)
        assert referral.number in said(shown)
        assert (IIN in whole(shown), "0013" in said(shown)) == (False, False)
    assert not any(IIN in str(event.facts) for event in Event.objects.all())
