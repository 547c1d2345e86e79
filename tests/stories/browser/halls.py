"""Halls of offices with the longest names, filled behind the scene: so many called, so many waiting."""

from tests.stories.browser.house import House

LONG_KK = (
    "Солтүстік Қазақстан облысы Мағжан Жұмабаев ауданының жұмыспен қамту және әлеуметтік бағдарламалар бөлімі"
)
LONG_RU = "Отдел занятости и социальных программ района Магжана Жумабаева Северо-Казахстанской области"
LONG_EN = (
    "Department of Employment and Social Programmes of Magzhan Zhumabayev District, North Kazakhstan Oblast"
)

_HALL = """
from uuid import uuid4
from joldama.installation.clock import now
from joldama.people.models import Office, Place, Staff
from joldama.procedures import line
from joldama.reception.models import Ticket
near = Place.objects.select_related("office").get(office__kk__startswith="Теміртау")
code = "ТТ" + "АБВГДЕЖЗИК"[Office.objects.filter(code__startswith="ТТ").count()]
office = Office.objects.get(pk=near.office_id)
office.pk, office.code, office.bin = uuid4(), code, "%012d" % Office.objects.count()
office.kk, office.ru, office.en = {kk!r}, {ru!r}, {en!r}
office._state.adding = True
office.save()
place = Place.objects.create(
    office=office, kk=near.kk, ru=near.ru, en=near.en, windows=12, zone_name=near.zone_name
)
clerks = [
    Staff.objects.create(role="specialist", office=office, place=place, surname="Досова", given_name="Гүлнар")
    for _ in range({called} + 1)
]
for _ in range({called} + {waiting}):
    latest = line.take_ticket(place, key=uuid4(), by=clerks[-1], at=now())
for window, clerk in enumerate(clerks[:-1], {first}):
    line.call_next(place, window=window, by=clerk, at=now())
print(place.pk, latest.pk if {called} + {waiting} else "-")
"""


def hall(house: House, *, called: int, waiting: int, first: int = 1) -> tuple[str, str]:
    """Open an office with a long name, so many at windows and waiting; give its place and the latest ticket."""
    script = _HALL.format(kk=LONG_KK, ru=LONG_RU, en=LONG_EN, called=called, waiting=waiting, first=first)
    place, ticket = house.behind(script).split()
    return place, ticket


_OF_TICKET = """
from joldama.installation.clock import now
from joldama.procedures import line
from joldama.reception.models import Ticket
one = Ticket.objects.select_related("line__place", "called_by").get(line__place={place!r}, number={number})
"""


def call_again(place: str, *, number: int) -> str:
    """What the clerk does who repeats a call."""
    return _OF_TICKET.format(place=place, number=number) + (
        "line.call_again(one, after=one.repeats, by=one.called_by, at=now())"
    )


def call_next(place: str, *, window: int) -> str:
    """What another clerk does who calls the next one to a window."""
    return f"""
from joldama.installation.clock import now
from joldama.people.models import Place, Staff
from joldama.procedures import line
place = Place.objects.get(pk={place!r})
clerk = Staff.objects.create(
    role="specialist", office=place.office, place=place, surname="Досова", given_name="Гүлнар"
)
line.call_next(place, window={window}, by=clerk, at=now())
"""


def nobody_came(place: str, *, number: int) -> str:
    """What the clerk does to whose window nobody came."""
    return _OF_TICKET.format(place=place, number=number) + (
        "line.mark_no_show(one, by=one.called_by, at=now())"
    )


_EMPTY = """
from joldama.installation.clock import now
from joldama.people.models import Place, Staff
from joldama.procedures import line, windows
from joldama.procedures.refusing import NotYet
from joldama.reception.models import Window
place = Place.objects.select_related("office").get(office__kk__startswith={office!r})
clerk = Staff.objects.create(
    role="specialist", office=place.office, place=place, surname="Досова", given_name="Гүлнар"
)
while True:
    try:
        called = line.call_next(place, window=place.windows, by=clerk, at=now())
    except NotYet:
        break
    line.mark_no_show(called, by=clerk, at=now())
own = Window.objects.select_related("line__place").of(clerk)
if own is not None:
    windows.close_window(own, by=clerk, at=now())
print(line.Ticket.objects.at(place, on=now().astimezone(place.zone).date()).waiting().count())
"""


def empty(house: House, *, office: str) -> None:
    """Have nobody wait at an office, whoever came there in other stories; `office` begins its Kazakh name."""
    assert house.behind(_EMPTY.format(office=office)) == "0"
