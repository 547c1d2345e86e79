"""The figures of a month: which rows each one counts, and how many they are for each office."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, F, Q, QuerySet, Value
from django.db.models.fields import DateTimeField
from django.db.models.functions import Coalesce

from joldama.people.models import Office
from joldama.reports.scope import Scope
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultKind
from joldama.standard.tickets import TicketState


class Figure(StrEnum):
    """What is counted."""

    REGISTERED = "registered"
    KEPT = "kept"
    MISSED = "missed"
    RUNNING = "running"
    WAITED = "waited"
    WAIT_BREACHED = "wait_breached"
    SERVED = "served"
    SERVING_BREACHED = "serving_breached"
    COMPLAINTS = "complaints"
    COMPLAINTS_MISSED = "complaints_missed"

    @property
    def text_key(self) -> str:
        """Key of its name."""
        return f"reports.figure.{self}"


CASES = frozenset({Figure.REGISTERED, Figure.KEPT, Figure.MISSED, Figure.RUNNING})
TICKETS = frozenset({Figure.WAITED, Figure.WAIT_BREACHED, Figure.SERVED, Figure.SERVING_BREACHED})
COMPLAINTS = frozenset({Figure.COMPLAINTS, Figure.COMPLAINTS_MISSED})


@dataclass(frozen=True)
class Asked:
    """One figure, or one kind or ground of it."""

    figure: Figure
    kind: ResultKind | None = None
    ground: Ground | None = None


@dataclass
class OfficeMonth:
    """The figures of one office."""

    office: Office
    counts: dict[Figure, int] = field(default_factory=lambda: dict.fromkeys(Figure, 0))
    kinds: dict[ResultKind, int] = field(default_factory=lambda: dict.fromkeys(ResultKind, 0))
    grounds: dict[Ground, int] = field(default_factory=dict)
    waited: timedelta | None = None
    served: timedelta | None = None


def office_months(scope: Scope) -> list[OfficeMonth]:
    """Count everything for each office; as many queries for one office as for all."""
    found = {office.pk: OfficeMonth(office) for office in scope.offices}
    _count(found, _cases(scope), "office", CASES, scope)
    for row in scope.applications().values("office", "kind").annotate(count=Count("pk")):
        found[row["office"]].kinds[ResultKind(row["kind"])] = row["count"]
    refused = scope.applications().filter(decision__ground__isnull=False, decided_at__isnull=False)
    for row in refused.values("office", "decision__ground").annotate(count=Count("pk")):
        found[row["office"]].grounds[Ground(row["decision__ground"])] = row["count"]
    _count(found, scope.tickets(), "line__place__office", TICKETS, scope)
    _measure(found, scope)
    _count(found, scope.complaints(), "provider", COMPLAINTS, scope)
    return list(found.values())


def rows_of(scope: Scope, asked: Asked) -> QuerySet[Any]:
    """Give the rows a figure counts, in their order."""
    rule = _rule(asked.figure, scope)
    if asked.figure in TICKETS:
        return scope.tickets().filter(rule).order_by("line__on", "number").select_related("line__place")
    if asked.figure in COMPLAINTS:
        return (
            scope.complaints()
            .filter(rule)
            .order_by("registered_at", "id")
            .select_related("place", "provider")
        )
    rows = _cases(scope).filter(rule)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.ground:
        rows = rows.filter(decision__ground=asked.ground, decided_at__isnull=False)
    return rows.order_by("registered_at", "id").select_related("place", "decision").defer("contact")


def _cases(scope: Scope) -> QuerySet[Any]:
    """Give the applications with the moment that met the term, or now while none did (R4.1-d, R4.1-e)."""
    ended = Coalesce("offered_at", "withdrawn_at", "not_accepted_at")
    now = Value(scope.at, output_field=DateTimeField())
    return scope.applications().annotate(ended=ended, measured_at=Coalesce(ended, now))


def _rule(figure: Figure, scope: Scope) -> Q:
    return {
        Figure.REGISTERED: Q(),
        Figure.KEPT: Q(ended__lte=F("due_at")),
        Figure.MISSED: Q(measured_at__gt=F("due_at")),
        Figure.RUNNING: Q(ended=None, measured_at__lte=F("due_at")),
        Figure.WAITED: ~Q(state=TicketState.NO_SHOW),
        Figure.WAIT_BREACHED: ~Q(state=TicketState.NO_SHOW) & Q(is_wait_breached=True),
        Figure.SERVED: Q(state=TicketState.SERVED),
        Figure.SERVING_BREACHED: Q(state=TicketState.SERVED, is_serving_breached=True),
        Figure.COMPLAINTS: Q(),
        Figure.COMPLAINTS_MISSED: Q(answered_at__gt=F("due_at"))
        | Q(answered_at=None, forwarded_at=None, withdrawn_at=None, due_at__lt=scope.at),
    }[figure]


def _count(
    found: dict[UUID, OfficeMonth], rows: QuerySet[Any], office: str, figures: frozenset[Figure], scope: Scope
) -> None:
    rules = {figure.value: Count("pk", filter=_rule(figure, scope)) for figure in sorted(figures)}
    rules = {name: rule if rule.filter else Count("pk") for name, rule in rules.items()}
    for row in rows.values(office).annotate(**rules):
        for figure in figures:
            found[row[office]].counts[figure] = row[figure.value]


def _measure(found: dict[UUID, OfficeMonth], scope: Scope) -> None:
    office = "line__place__office"
    lengths = (
        scope.tickets()
        .values(office)
        .annotate(
            long_waited=Avg("waited", filter=_rule(Figure.WAITED, scope)),
            long_served=Avg("served", filter=_rule(Figure.SERVED, scope)),
        )
    )
    for row in lengths:
        found[row[office]].waited, found[row[office]].served = row["long_waited"], row["long_served"]


def totals(months: list[OfficeMonth]) -> dict[Figure, int]:
    """Add the figures of all offices."""
    sums: dict[Figure, int] = defaultdict(int)
    for month in months:
        for figure, count in month.counts.items():
            sums[figure] += count
    return dict(sums)
