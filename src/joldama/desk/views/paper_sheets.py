"""The set that lies ready for a power cut: instruction, sheets of the line with tickets, register, blanks (R5.1-a)."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from joldama.cases.blanks import PaperBlank
from joldama.desk import queries
from joldama.desk.forms_of_paper_line import COLUMNS
from joldama.desk.register import SIDES, columns
from joldama.desk.showing import show
from joldama.desk.views.paper import signing_desk
from joldama.people.models import Place
from joldama.procedures.reckoning import edition_at
from joldama.standard.blanks import TICKETS_ON_A_SHEET, BlankKind, ticket_name
from joldama.standard.channels import Channel
from joldama.standard.documents import DocumentKind, Holder
from joldama.standard.grounds import Tier, grounds
from joldama.standard.kinds import ResultKind

STEPS = 9
"""Steps of the instruction."""

ROWS_OF_REGISTER = 16
"""Empty rows of a register on one side of A4."""


@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """Everything unused of the office's series, to be printed while there is power and filled in by hand."""
    desk = signing_desk(request)
    unused = [blank for blank in queries.usable_blanks(desk.staff) if blank.used_at is None]
    packages = _of(unused, BlankKind.PACKAGE)
    registers = -(-len(packages) // ROWS_OF_REGISTER)
    return show(
        request,
        "desk/paper_sheets.html",
        desk,
        blanks=unused,
        lines=[
            (blank, _tickets(blank), _sides(blank.place or desk.place))
            for blank in _of(unused, BlankKind.LINE)
        ],
        packages=packages,
        notes=_of(unused, BlankKind.NOTE),
        registers=range(registers),
        rows=range(ROWS_OF_REGISTER),
        columns=columns("paper.register.columns"),
        line_columns=["desk.paper.row.ticket", *(f"desk.paper.row.{column}" for column in COLUMNS)],
        office=desk.place.office,
        place=desk.place,
        kinds=list(ResultKind),
        documents=list(DocumentKind),
        holders=list(Holder),
        not_accepted=grounds(Tier.NOT_ACCEPTED, Channel.PROVIDER),
        refused=grounds(Tier.REFUSED, Channel.PROVIDER),
        steps=[f"paper.instruction.{number}" for number in range(1, STEPS + 1)],
        minutes=edition_at(desk.place, desk.at).figures.counter_result.amount,
        sides=_sides(desk.place),
    )


def _of(blanks: list[PaperBlank], kind: BlankKind) -> list[PaperBlank]:
    return [blank for blank in blanks if blank.kind == kind]


def _sides(place: Place) -> list[tuple[str, str, str]]:
    return [(side, place.office.name(side), place.address(side)) for side in SIDES]


def _tickets(blank: PaperBlank) -> list[str]:
    return [ticket_name(blank.number, number) for number in range(1, TICKETS_ON_A_SHEET + 1)]
