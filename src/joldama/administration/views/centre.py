"""The certification centre as this installation sees it: whom it believes, how fresh the lists are, who answers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from joldama.administration.access import desk_of
from joldama.installation.identity import is_demo
from joldama.procedures import prove
from joldama.signatures import overview
from joldama.signatures.models import Fault, Service, ServiceKind
from joldama.signatures.ports import Point, Services, services
from joldama.ui.officials import show


class Doing(StrEnum):
    """How a service is doing."""

    WELL = "well"
    FAILING = "failing"
    RESTING = "resting"
    NOT_ASKED = "not_asked"

    @property
    def text_key(self) -> str:
        """Key of its word."""
        return f"administration.centre.doing.{self}"

    @property
    def is_bad(self) -> bool:
        """Whether it gives no answers now."""
        return self in (Doing.FAILING, Doing.RESTING)


@dataclass(frozen=True)
class Row:
    """A service as the page shows it; moments are those of the wall clock."""

    point: Point
    kind: ServiceKind
    doing: Doing
    answered_at: datetime | None
    milliseconds: int | None
    fault: Fault | None
    failed_at: datetime | None
    failing_since: datetime | None
    rests_until: datetime | None


@require_safe
def centre(request: HttpRequest) -> HttpResponse:
    """Show it; nobody is asked for that, the worker notes each answer and fault."""
    desk = desk_of(request)
    wired = services()
    centres = overview.centres(at=desk.at)
    rows = _rows(wired, at=desk.at, zone=desk.zone) if _asks_anybody(wired) else []
    return show(
        request,
        "administration/centre.html",
        desk,
        set_name=overview.believed_set(),
        centres=centres,
        waiting=overview.waiting(),
        services=rows,
        unproved=prove.unproved(),
        has_stamper=wired.stamper is not None,
        is_stale=any(one.revocations is not None and not one.revocations.is_fresh for one in centres),
        lacks_list=any(not one.is_anchor and one.revocations is None for one in centres),
        has_fault=any(row.doing.is_bad for row in rows),
        is_other_set=bool(rows and centres) and wired.set_name != overview.believed_set(),
    )


def _asks_anybody(wired: Services) -> bool:
    """Say whether addresses were named: in a demonstration without any its own list stands in."""
    return wired.set_name != "demo" or is_demo()


def _rows(wired: Services, *, at: datetime, zone: ZoneInfo) -> list[Row]:
    single = [service.point() for service in (wired.responder, wired.stamper) if service is not None]
    points = [*single, *wired.lists.points()]
    known = {row.name: row for row in Service.objects.filter(name__in=[point.name for point in points])}
    return [_row(point, known.get(point.name), at=at, zone=zone) for point in points]


def _row(point: Point, known: Service | None, *, at: datetime, zone: ZoneInfo) -> Row:
    def local(moment: datetime | None) -> datetime | None:
        return moment.astimezone(zone) if moment else None

    return Row(
        point=point,
        kind=ServiceKind(point.kind),
        doing=_doing(known, at=at),
        answered_at=local(known.answered_at) if known else None,
        milliseconds=known.milliseconds if known else None,
        fault=Fault(known.fault) if known and known.fault else None,
        failed_at=local(known.failed_at) if known else None,
        failing_since=local(known.failing_since) if known else None,
        rests_until=local(known.rests_until) if known else None,
    )


def _doing(known: Service | None, *, at: datetime) -> Doing:
    if known is None:
        return Doing.NOT_ASKED
    if known.rests(at=at):
        return Doing.RESTING
    return Doing.FAILING if known.failures else Doing.WELL
