"""Who I am here: the post, the office, the right to sign, the session."""

from django.http import HttpRequest, HttpResponse

from joldama.desk.showing import desk_of, show
from joldama.people.queries import deputising
from joldama.standard.roles import Role
from joldama.ui.officials import SESSION_LASTS, begun_at


def me(request: HttpRequest) -> HttpResponse:
    """Show the official to himself."""
    desk = desk_of(request)
    is_deputy = desk.staff.role == Role.DEPUTY
    begun = begun_at(request)
    return show(
        request,
        "desk/me.html",
        desk,
        is_deputy=is_deputy,
        order=deputising(desk.staff, on=desk.today) if is_deputy else None,
        session_ends=(begun + SESSION_LASTS).astimezone(desk.zone) if begun else None,
    )
