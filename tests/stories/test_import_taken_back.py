"""S20: a table that was a mistake is taken back as one act, while nothing rests on its rows (R6.1-e)."""

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from govkz.tables import write_text
from joldama.journal.models import Event
from joldama.openings.models import Import, ImportedRow, Opening, Organisation
from joldama.procedures import take_back_table
from joldama.procedures.refusing import NotAllowed
from joldama.referrals.reserving import NoPlaceLeft, reserve
from tests.stories.counter import Counter, said
from tests.stories.test_import_of_openings import HEADINGS, ROW, browser, entered
from tests.stories.town import Town

REASON = "Басқа жылдың кестесі"
NAMES = ("bin", "name_kk", "is_training")


def table(counter: Counter, *rows: tuple[str, ...]) -> str:
    """Enter a table of openings; give the address of its page."""
    return str(entered(counter, write_text(HEADINGS, rows)).url)


def changed(**cells: str) -> tuple[str, ...]:
    return tuple((dict(zip(HEADINGS, ROW, strict=True)) | cells).values())


def take_back(counter: Counter, address: str, reason: str = REASON) -> Any:
    return browser(counter).post(f"{address}take-back/", {"reason": reason})


def named(number: str) -> Opening:
    found: Opening = Opening.objects.get(external_id=number)
    return found


def test_what_a_table_entered_goes_with_a_reason_and_its_own_numbers_are_free_again(counter: Counter) -> None:
    address = table(counter, ROW, changed(external_id="A-2"))
    client = browser(counter)
    assert "New: 2." in said(client.get(f"{address}take-back/"))

    done, twice = take_back(counter, address), take_back(counter, address)

    assert done.url == twice.url == address
    assert not Opening.objects.exists()
    assert not Organisation.objects.exists()
    assert not ImportedRow.objects.exists()
    page = said(client.get(address))
    assert "The table was taken back" in page
    assert REASON in page
    assert counter.world.specialist.name.short in page
    assert "take-back" not in client.get(address).content.decode()
    assert "Taken back" in said(client.get(reverse("desk:imports")))
    told = Event.objects.filter(name__in=("opening.removed", "organisation.removed", "import.taken_back"))
    assert sorted(told.values_list("name", flat=True)) == [
        "import.taken_back",
        "opening.removed",
        "opening.removed",
        "organisation.removed",
    ]
    assert told.get(name="import.taken_back").facts == {"sort": "openings", "removed": 3, "restored": 0}
    assert "New 1" in said(client.get(table(counter, changed(places="9"))))


def test_what_a_table_corrected_says_again_what_it_said(counter: Counter) -> None:
    first = table(counter, ROW)
    before = named("A-1")
    second = table(
        counter, changed(occupation_kk="Аспаз", start_on="", places="5"), changed(external_id="A-2")
    )

    take_back(counter, second)

    stands = named("A-1")
    assert (stands.occupation_kk, stands.places, stands.start_on) == ("Дәнекерлеуші", 3, before.start_on)
    assert (stands.folded, stands.version) == (before.folded, 3)
    assert Opening.objects.count() == 1
    assert Organisation.objects.count() == 1
    assert "again what it said before" in said(
        browser(counter).get(reverse("desk:opening", args=[stands.pk]))
    )
    stays = take_back(counter, first)
    assert (stays.status_code, "Corrected or closed since." in said(stays)) == (409, True)


def test_a_table_of_organisations_is_taken_back_with_the_words_their_openings_are_found_by(
    counter: Counter,
) -> None:
    table(counter, ROW)
    folded = named("A-1").folded
    rows = [("120340005670", "Зауыт", "иә"), ("140240012345", "Колледж", "иә")]
    address = entered(counter, write_text(NAMES, rows), sort="organisations").url
    assert named("A-1").folded != folded

    take_back(counter, address)

    organisation = Organisation.objects.get()
    assert (organisation.name_kk, organisation.is_training) == ("«Шебер» ЖШС", False)
    assert named("A-1").folded == folded


def test_rows_on_which_something_rests_are_named_and_nothing_is_taken_back(counter: Counter) -> None:
    counter.receive()
    application = counter.register()
    counter.take(application)
    address = table(
        counter, *(changed(external_id=f"A-{n}", kind=str(application.kind)) for n in range(1, 5))
    )
    counter.draft(application)
    reserve(named("A-2"), application.decisions.get(), by=counter.world.specialist.actor, at=counter.town.now)
    Opening.objects.filter(external_id="A-3").update(version=2)

    stays = take_back(counter, address)

    page = said(stays)
    assert stays.status_code == 409
    assert "so many of them: 2" in page
    assert "A-2 Somebody was sent there, or a referral was drafted." in page
    assert "A-3 Corrected or closed since." in page
    assert "A-1" not in page
    assert "A-2" in said(browser(counter).get(f"{address}take-back/"))
    assert Opening.objects.count() == 4
    assert Import.objects.get().taken_back_at is None
    assert not Event.objects.filter(name__in=("opening.removed", "import.taken_back")).exists()


def test_without_a_reason_nothing_is_taken_back_and_the_reason_is_kept_encrypted(counter: Counter) -> None:
    address = table(counter, ROW)

    nothing = take_back(counter, address, reason="")
    assert (nothing.status_code, Opening.objects.count()) == (422, 1)

    take_back(counter, address)
    with connection.cursor() as cursor:
        cursor.execute("SELECT taken_back_reason FROM openings_import")
        (stored,) = cursor.fetchone()
    assert REASON.encode() not in bytes(stored)


def test_only_specialists_of_the_office_take_back_and_only_what_was_taken(
    counter: Counter, town: Town
) -> None:
    address = table(counter, ROW)
    other = Counter(town, "almaty")

    assert take_back(other, address).status_code == 404
    assert counter.head.post(f"{address}take-back/", {"reason": REASON}).status_code == 403
    with pytest.raises(NotAllowed):
        take_back_table.take_back(Import.objects.get(), reason="x", by=other.world.specialist, at=town.now)
    refused = table(counter, changed(external_id="A-9", places="0"))
    assert take_back(counter, refused).url == refused
    assert "take-back" not in counter.head.get(address).content.decode()
    assert Opening.objects.count() == 1


def test_an_organisation_that_another_table_names_too_stays(counter: Counter) -> None:
    first = table(counter, ROW)
    table(counter, changed(external_id="B-1"))

    take_back(counter, first)

    assert list(Opening.objects.values_list("external_id", flat=True)) == ["B-1"]
    assert Organisation.objects.count() == 1


def test_many_rows_are_taken_back_in_no_more_statements_than_few(
    counter: Counter, django_assert_max_num_queries: Any
) -> None:
    for count in (1, 40):
        address = table(counter, *(changed(external_id=f"N-{n}") for n in range(count)))
        row = Import.objects.get(pk=address.split("/")[-2])
        with django_assert_max_num_queries(32):
            take_back_table.take_back(row, reason="x", by=counter.world.specialist, at=counter.town.now)
        assert not Opening.objects.exists()


def test_a_place_of_an_opening_that_was_taken_back_meanwhile_is_none(counter: Counter) -> None:
    counter.receive()
    application = counter.register()
    counter.take(application)
    address = table(counter, ROW)
    chosen = named("A-1")
    counter.draft(application)
    take_back(counter, address)

    with pytest.raises(NoPlaceLeft):
        reserve(chosen, application.decisions.get(), by=counter.world.specialist.actor, at=counter.town.now)
