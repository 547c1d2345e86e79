"""What is read off a document at the window: what speaks against it, and that nothing typed is lost (¶9, A13, A18)."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from joldama.cases.models import Application, NonAcceptance
from joldama.reception.models import TicketCase
from tests.stories.cockpit.clerk import EXPIRED, INTAKE, at_window, read
from tests.stories.counter import CITIZEN, hidden, said
from tests.stories.hall import Hall

# what was read so far, and what is said at once
SEEN = {
    "nothing yet": ({}, ""),
    "a card": ({"document_kind": "ID_CARD_KZ"}, ""),
    "a citizen's card": ({"document_kind": "ID_CARD_KZ", "holder": "CITIZEN"}, "The document fits the citizenship."),
    "S22: a driving licence": ({"document_kind": "ANOTHER"}, "this document is not of a suitable kind"),
    "S22: a citizen's passport of a foreigner": (
        {"document_kind": "PASSPORT_KZ", "holder": "FOREIGNER"},
        "does not fit your citizenship",
    ),
    "S22: a card of yesterday": (
        {"document_kind": "ID_CARD_KZ", **EXPIRED},
        "the document expired on 14 September 2015",
    ),
    "S22: a card of today": ({"document_kind": "ID_CARD_KZ", "document_valid_until": "15.09.2015"}, ""),
    "a day half typed": ({"document_kind": "ID_CARD_KZ", "document_valid_until": "15.0"}, ""),
    "S23: an oralman's permit": (
        {"document_kind": "RESIDENCE_PERMIT", "holder": "FOREIGNER", "is_oralman": "on"},
        "The document fits the citizenship.",
    ),
    "a number half typed": ({"iin": CITIZEN.iin[:8]}, ""),
    "a number": ({"iin": CITIZEN.iin}, "The check digit fits."),
    "a number with a wrong digit": ({"iin": CITIZEN.iin[:-1] + "9"}, "The last digit, the check digit, does not fit."),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "sentence"), SEEN.values(), ids=SEEN)
def test_what_speaks_against_a_document_is_said_as_soon_as_it_was_read(
    clerk: Client, typed: dict[str, str], sentence: str
) -> None:
    """R9.1-a, R9.1-b, A18"""
    answer = clerk.post(reverse("desk:intake-typed"), typed)

    assert answer.status_code == 200
    if sentence:
        assert sentence in said(answer)
    else:
        assert said(answer).strip() == ""


def test_what_was_typed_comes_back_after_the_page_was_lost_and_goes_with_its_person(
    hall: Hall, clerk: Client
) -> None:
    """A server that starts anew keeps the ticket at its window and what was typed; sealed, and for this ticket only."""
    ticket = at_window(hall)
    clerk.post(reverse("desk:intake-typed"), read(ticket, kind=""))

    again = clerk.get(INTAKE)
    stored = Session.objects.get(pk=clerk.cookies["sessionid"].value)
    kept = str(stored.get_decoded())
    hall.end(ticket, "LEFT")
    following = at_window(hall)
    other = clerk.get(INTAKE)

    assert "What you typed before is kept" in said(again)
    assert f'value="{CITIZEN.surname}"' in again.content.decode()
    assert [one for one in (CITIZEN.surname, CITIZEN.iin, CITIZEN.document_number) if one in kept] == []
    assert f'name="ticket" value="{following.pk}"' in other.content.decode()
    assert CITIZEN.surname not in other.content.decode()


def test_what_was_registered_is_not_kept_as_typed(hall: Hall, clerk: Client) -> None:
    ticket = at_window(hall)
    form = read(ticket)
    clerk.post(INTAKE, form)
    clerk.post(reverse("desk:intake-typed"), form)  # an answer that came late

    page = clerk.get(INTAKE, {"another": "1"})

    assert CITIZEN.surname not in page.content.decode()


def test_a_page_of_another_ticket_registers_nobody_until_it_was_read_again(hall: Hall, clerk: Client) -> None:
    """Two tabs: the one that was left open asks before it registers the next person's package."""
    ticket = at_window(hall)
    form = read(ticket)
    hall.end(ticket, "LEFT")
    following = at_window(hall)

    stale = clerk.post(INTAKE, form)
    again = clerk.post(INTAKE, {**form, "ticket": hidden(stale, "ticket")})

    assert stale.status_code == 409
    assert "This page was opened for another ticket" in said(stale)
    assert f'value="{CITIZEN.surname}"' in stale.content.decode()
    assert again.status_code == 302
    assert TicketCase.objects.get().ticket == following


def test_enter_pressed_twice_registers_once_even_when_the_visit_has_gone_on(
    hall: Hall, clerk: Client
) -> None:
    ticket = at_window(hall)
    form = read(ticket)

    first = clerk.post(INTAKE, form)
    hall.end(ticket, "ANSWER")
    second = clerk.post(INTAKE, form)

    assert (first.url, Application.objects.count()) == (second.url, 1)


def test_a_session_that_ended_at_the_look_up_loses_nothing_that_was_typed(hall: Hall, clerk: Client) -> None:
    ticket = at_window(hall)
    clerk.get(INTAKE)
    clerk.logout()
    address = reverse("desk:look-up")

    outside = clerk.post(address, read(ticket))
    account = hall.world.specialist.account
    clerk.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    inside = clerk.get(address)

    assert outside.status_code == 302
    assert f'value="{CITIZEN.surname}"' in inside.content.decode()


# what was read, and the ground that is filled in
GROUNDS = {
    "S22: another document": ({"document_kind": "ANOTHER"}, "WRONG_ID_KIND"),
    "S22: not of his citizenship": ({"holder": "FOREIGNER"}, "WRONG_ID_KIND"),
    "S22: expired yesterday": (EXPIRED, "ID_EXPIRED"),
    "nothing that speaks against it": ({}, None),
}


@pytest.mark.parametrize(("changes", "ground"), GROUNDS.values(), ids=GROUNDS)
def test_not_accepted_opens_with_the_ground_that_the_document_gives(
    hall: Hall, clerk: Client, changes: dict[str, str], ground: str | None
) -> None:
    """R9.1-e, A13"""
    ticket = at_window(hall)

    opened = clerk.post(reverse("desk:not-accepted"), {**read(ticket, **changes), "open": ""})
    back = clerk.get(INTAKE)

    form = opened.context["form"]
    assert opened.status_code == 200
    assert (form.initial["ground"], form.initial["name"]) == (ground, CITIZEN.name.full)
    assert NonAcceptance.objects.count() == 0
    assert f'value="{CITIZEN.document_number}"' in back.content.decode()
