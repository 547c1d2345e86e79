"""Tables that were handed in, one taken and one refused, and a partner's system, behind the pages looked at."""

import json
from collections.abc import Mapping

from tests.stories.browser.house import House

_BEHIND = """
import json
from uuid import uuid4
from govkz.tables import write_text
from joldama.installation.clock import now
from joldama.openings.tables.columns import TableSort
from joldama.openings.models import Import
from joldama.people.models import Staff
from joldama.procedures import partners
from joldama.procedures import import_table
at = now()
by = Staff.objects.select_related("office", "place").get(role="specialist", office__code="АСТ", left_on=None)
headings = ("external_id", "bin", "name_kk", "name_ru", "kind", "occupation_kk", "address", "places")
row = ("A-1", "120340005670", "«Шебер» ЖШС", "ТОО «Шебер»", "1", "Дәнекерлеуші", "Астана, Мәңгілік Ел 8", "3")
wrong = ("A-2", "12034000567", "", "", "9", "Д?некерлеуші " + "ұзын" * 20, "Астана", "үш")
taken, refused = (
    import_table.receive(write_text(headings, rows), sort=TableSort.OPENINGS, key=uuid4(), by=by, at=at)
    for rows in ([row], [row, *[wrong] * 120])
)
for one in (taken, refused):
    waiting = import_table.begin(one.pk, at=at)  # where the worker was not faster
    if waiting is not None:
        import_table.settle(waiting, import_table.read_and_judge(waiting), at=at)
waits = Import.objects.create(
    office=by.office, sort="openings", digest=bytes(32), received_at=at, received_by=by, begun=1, rows=9000, judged=2500
)
administrator = Staff.objects.filter(role="administrator").order_by("pk").first()
partner, _ = partners.make(by.office, name="Электрондық еңбек биржасы", by=administrator, at=at)
print(json.dumps({
    "table_taken": str(taken.pk), "table_refused": str(refused.pk), "table_waits": str(waits.pk),
    "partner": str(partner.pk),
}))
"""
"""Has a specialist hand two tables in, and an administrator let a system in; a third table is never done."""


def arrange_tables(house: House) -> Mapping[str, str]:
    """Give the ids of a table that was taken, one that was refused, one that is being read, and a partner's system."""
    told: dict[str, str] = json.loads(house.behind(_BEHIND))
    return told
