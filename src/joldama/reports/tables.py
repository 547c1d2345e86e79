"""Lays the figures of a month out as tables: a row an office, each count a link to the rows it counts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse

from joldama.reports.figures import Asked, Figure, OfficeMonth, totals
from joldama.reports.month import Month
from joldama.standard import moments
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultKind
from joldama.ui.templatetags.words import language, named_in_language, say


@dataclass(frozen=True)
class Cell:
    """What stands in a cell; `address` is that of the rows it counts."""

    text: str
    address: str = ""


@dataclass(frozen=True)
class Row:
    """One office's line of a table."""

    name: str
    cells: list[Cell]
    heads: list[str]

    @property
    def labelled(self) -> list[tuple[str, Cell]]:
        """Each cell with the head it stands under."""
        return list(zip(self.heads, self.cells, strict=True))


@dataclass(frozen=True)
class Table:
    """A table with its heads."""

    key: str
    heads: list[str]
    rows: list[Row]

    @property
    def text_key(self) -> str:
        """Key of its name."""
        return f"reports.table.{self.key}"


def tables(months: list[OfficeMonth], month: Month) -> list[Table]:
    """Give all tables of a report."""
    return [
        _counted("terms", (Figure.REGISTERED, Figure.KEPT, Figure.MISSED, Figure.RUNNING), months, month),
        _clocks(months, month),
        _kinds(months, month),
        _refusals(months, month),
        _counted("complaints", (Figure.COMPLAINTS, Figure.COMPLAINTS_MISSED), months, month),
    ]


def columns(months: list[OfficeMonth]) -> tuple[list[str], list[list[object]]]:
    """Give the whole report as one table for a spreadsheet: heads, and a row an office."""
    used = _used_grounds(months)
    heads = [say("desk.me.office"), *(say(figure) for figure in Figure)]
    heads += [say("reports.average_wait"), say("reports.average_serving")]
    heads += [say(kind.short_key) for kind in ResultKind] + [say(ground.name_key) for ground in used]
    rows: list[list[object]] = []
    for one in months:
        row: list[object] = [named_in_language(one.office), *(one.counts[figure] for figure in Figure)]
        row += [_minutes(one.waited), _minutes(one.served)]
        row += [*one.kinds.values(), *(one.grounds.get(ground, 0) for ground in used)]
        rows.append(row)
    return heads, rows


def address_of(office: OfficeMonth, month: Month, asked: Asked) -> str:
    """Give the address of the rows a figure counts: codes only."""
    named = {"month": str(month), "office": str(office.office.pk), "figure": asked.figure.value}
    if asked.kind:
        named["kind"] = asked.kind.value
    if asked.ground:
        named["ground"] = asked.ground.value
    return f"{reverse('reports:rows')}?{urlencode(named)}"


def _counted(key: str, figures: Iterable[Figure], months: list[OfficeMonth], month: Month) -> Table:
    chosen = list(figures)
    heads = [say(figure) for figure in chosen]
    rows = _rows(months, heads, lambda one: [_link(one, month, Asked(figure)) for figure in chosen])
    if len(months) > 1:
        sums = totals(months)
        rows.append(Row(say("reports.total"), [Cell(str(sums[figure])) for figure in chosen], heads))
    return Table(key, heads, rows)


def _clocks(months: list[OfficeMonth], month: Month) -> Table:
    def cells(one: OfficeMonth) -> list[Cell]:
        return [
            _link(one, month, Asked(Figure.WAITED)),
            Cell(_length(one.waited)),
            _link(one, month, Asked(Figure.WAIT_BREACHED)),
            _link(one, month, Asked(Figure.SERVED)),
            Cell(_length(one.served)),
            _link(one, month, Asked(Figure.SERVING_BREACHED)),
        ]

    heads = [
        say(Figure.WAITED),
        say("reports.average_wait"),
        say(Figure.WAIT_BREACHED),
        say(Figure.SERVED),
        say("reports.average_serving"),
        say(Figure.SERVING_BREACHED),
    ]
    return Table("clocks", heads, _rows(months, heads, cells))


def _kinds(months: list[OfficeMonth], month: Month) -> Table:
    def cells(one: OfficeMonth) -> list[Cell]:
        return [
            _link(one, month, Asked(Figure.REGISTERED, kind=kind), count) for kind, count in one.kinds.items()
        ]

    heads = [say(kind.short_key) for kind in ResultKind]
    return Table("kinds", heads, _rows(months, heads, cells))


def _refusals(months: list[OfficeMonth], month: Month) -> Table:
    used = _used_grounds(months)

    def cells(one: OfficeMonth) -> list[Cell]:
        return [
            _link(one, month, Asked(Figure.REGISTERED, ground=ground), one.grounds.get(ground, 0))
            for ground in used
        ]

    heads = [say(ground.name_key) for ground in used]
    return Table("refusals", heads, _rows(months, heads, cells) if used else [])


def _rows(
    months: list[OfficeMonth], heads: list[str], cells: Callable[[OfficeMonth], list[Cell]]
) -> list[Row]:
    return [Row(named_in_language(one.office), cells(one), heads) for one in months]


def _link(one: OfficeMonth, month: Month, asked: Asked, count: int | None = None) -> Cell:
    shown = one.counts[asked.figure] if count is None else count
    return Cell(str(shown), address_of(one, month, asked) if shown else "")


def _used_grounds(months: list[OfficeMonth]) -> list[Ground]:
    return sorted({ground for one in months for ground in one.grounds})


def _length(of: timedelta | None) -> str:
    return "–" if of is None else moments.length(timedelta(minutes=_minutes(of) or 0), language())


def _minutes(of: timedelta | None) -> int | None:
    return None if of is None else round(of / timedelta(minutes=1))
