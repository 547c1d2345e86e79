"""The calls about openings: hand in and correct, close, see how they stand. None of them names a person."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from joldama.api.answering import body_of, call, list_in
from joldama.api.key import partner_of
from joldama.installation.clock import now
from joldama.openings.models import Opening
from joldama.procedures import hand_in
from joldama.procedures.hand_in import LISTED_AT_ONCE, MOST_AT_ONCE


@call("GET", "POST")
def openings(request: HttpRequest) -> HttpResponse:
    """Take openings, all of them or none; or list how those that were handed in stand."""
    if request.method == "GET":
        return _listed(request)
    items = list_in(body_of(request), "openings", of=dict, most=MOST_AT_ONCE)
    written = hand_in.hand_in(items, partner=partner_of(request), at=now())
    return JsonResponse(
        {"entered": written.entered, "corrected": written.corrected, "unchanged": written.unchanged}
    )


@call("POST")
def close(request: HttpRequest) -> HttpResponse:
    """Close openings, all of them or none; one that is closed stays closed."""
    numbers = list_in(body_of(request), "external_ids", of=str, most=MOST_AT_ONCE)
    closed = hand_in.close(numbers, partner=partner_of(request), at=now())
    return JsonResponse({"closed": closed})


def _listed(request: HttpRequest) -> HttpResponse:
    found = hand_in.listed(partner_of(request), after=request.GET.get("after", ""))
    following = found[-1].external_id if len(found) == LISTED_AT_ONCE else None
    return JsonResponse({"openings": [_told(one) for one in found], "next": following})


def _told(opening: Opening) -> dict[str, Any]:
    return {
        "external_id": opening.external_id,
        "kind": opening.kind,
        "places": opening.places,
        "taken": opening.taken,
        "closed": opening.closed_at is not None,
        "open_from_on": opening.open_from_on.isoformat(),
        "open_until_on": opening.open_until_on.isoformat() if opening.open_until_on else None,
    }
