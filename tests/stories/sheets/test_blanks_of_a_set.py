"""S26: where the blanks of a set lie, who enters them, and that nobody changes what was written."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from joldama.cases.blanks import PaperBlank
from joldama.people.models import Place
from joldama.reception.models import PaperTicket
from joldama.standard.blanks import TICKETS_ON_A_SHEET
from tests.stories.counter import Counter, said
from tests.stories.sheets.sheet import DAY, NOTE, a_morning, enter, row


def test_tickets_that_were_not_torn_off_are_voided_with_their_sheet(
    counter: Counter, sheet: PaperBlank
) -> None:
    enter(counter, sheet, *a_morning(counter))
    typed = {"blanks": [str(sheet.pk)], "act": "3", "act_on": DAY}

    assert counter.head.post(reverse("desk:paper-void"), typed).status_code == 302

    refused = enter(counter, sheet, row(counter, 4, "9:50"))
    assert refused.status_code == 200
    assert "The other tickets were voided" in said(refused)
    assert PaperTicket.objects.count() == 3


def test_what_was_written_on_paper_stays(counter: Counter, sheet: PaperBlank) -> None:
    """Neither ticket nor blank is changed or removed, by nobody (triggers)."""
    enter(counter, sheet, *a_morning(counter))
    ticket, used = PaperTicket.objects.filter(number=1), PaperBlank.objects.filter(pk=sheet.pk)
    for change in (
        lambda: ticket.update(window=2),
        lambda: ticket.delete(),
        lambda: used.update(used_at=None, used_by=None),
        lambda: used.update(number="АСТ-Қ-2015-000009"),
        lambda: used.delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert ticket.count() == used.count() == 1


def test_only_who_signs_enters_sheets_and_notes_and_only_his_offices(
    counter: Counter, sheet: PaperBlank
) -> None:
    other = counter.town.browser_of(counter.town.office("almaty").head)
    enter(counter, sheet, *a_morning(counter))
    ticket = reverse("desk:paper-ticket", args=[PaperTicket.objects.get(number=1).pk])
    addresses = [
        reverse("desk:paper-line", args=[sheet.pk]),
        reverse("desk:paper-note", args=[PaperBlank.objects.get(number=NOTE).pk]),
    ]

    assert [counter.specialist.get(address).status_code for address in [*addresses, ticket]] == [
        403,
        403,
        200,
    ]
    assert [other.get(address).status_code for address in [*addresses, ticket]] == [404, 404, 404]
    wrong_kind = [
        counter.head.get(reverse(f"desk:paper-{page}", args=[sheet.pk])).status_code
        for page in ("enter", "note")
    ]
    assert wrong_kind == [404, 404]


def test_blanks_that_lie_long_are_shown_to_the_head(counter: Counter, sheet: PaperBlank) -> None:
    """Neither used nor voided after a month; a used one and a fresh one are not among them."""
    enter(counter, sheet, *a_morning(counter))
    assert "Unused for more than" not in said(counter.head.get(reverse("desk:paper")))
    counter.town.at("2015-10-16 10:00")
    counter.head.post(reverse("desk:paper"), {"count": "1"})

    page = said(counter.head.get(reverse("desk:paper")))

    assert "Unused for more than 30 days: 2" in page


def test_every_ticket_of_a_sheet_has_its_name_on_paper(counter: Counter, sheet: PaperBlank) -> None:
    page = said(counter.head.get(reverse("desk:paper-sheets")))

    names = [f"Қ3-{number:02d}" for number in range(1, TICKETS_ON_A_SHEET + 1)]
    assert [name for name in names if page.count(name) != 2] == []


def test_a_sheet_lies_at_the_place_it_was_prepared_for(counter: Counter) -> None:
    """An office with several places keeps a line at each; no other office's place can be named."""
    main = counter.world.place
    branch = Place.objects.create(
        office=main.office,
        kk="Астана қаласы, Бөгенбай даңғылы, 5",
        ru="Богенбая, 5",
        en="5 Bogenbay",
        is_main=False,
    )
    elsewhere = counter.town.office("almaty").place
    address, typed = reverse("desk:paper"), {"sheets": "1"}

    assert counter.head.post(address, {**typed, "place": str(elsewhere.pk)}).status_code == 422
    assert counter.head.post(address, {**typed, "place": str(branch.pk)}).status_code == 302

    assert PaperBlank.objects.get().place == branch
    assert branch.kk in said(counter.head.get(reverse("desk:paper-sheets")))
