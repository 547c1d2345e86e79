"""The description of the calls as OpenAPI 3.1 has it; open to everybody, it tells no secret."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from joldama.api.answering import call
from joldama.api.description import described


@call("GET")
def description(request: HttpRequest) -> HttpResponse:
    """Hand out the description."""
    return JsonResponse(described(), json_dumps_params={"ensure_ascii": False, "indent": 1})
