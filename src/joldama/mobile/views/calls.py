"""The three calls of the phone. Whatever is wrong is a status and a `message`; nothing is half taken."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from govkz.mobile import Misfit, NotUnderstood, read_signed
from joldama.installation.clock import now
from joldama.mobile import papers
from joldama.procedures import remote_answer, remote_signing
from joldama.procedures.remote_answer import NotTaken
from joldama.procedures.remote_signing import Closed, NotOpen
from joldama.standard import words
from joldama.ui.address import network_of
from joldama.ui.templatetags.words import language

View = Callable[..., HttpResponse]

_STATUS = {
    Closed.UNKNOWN: 404,
    Closed.WAIT: 429,
    Closed.OTHER_ADDRESS: 409,
    Closed.CANCELLED: 410,
    Closed.EXPIRED: 410,
    Closed.SIGNED: 410,
}


def _telling(*methods: str) -> Callable[[View], View]:
    """Have a call answer these methods alone, and say in JSON why it cannot be answered."""

    def told(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def called(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                answer = _message(lambda spoken: words.parts("qr.method", spoken), status=405)
                answer["Allow"] = ", ".join(methods)
                return answer
            try:
                return view(request, token, **kwargs)
            except NotOpen as closed:
                return _message(closed.parts, status=_STATUS[closed.closed], spoken=closed.language)

        return called

    return told


@_telling("GET")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Say who asks for a signature, for what, until when, and where the document is."""
    shown = remote_signing.show(token, address=network_of(request), at=now())
    return JsonResponse(papers.invitation(shown, token=token).written(papers.figures()))


@_telling("GET", "PUT")
def document(request: HttpRequest, token: str) -> HttpResponse:
    """Hand out what is to be signed; take it back signed."""
    if request.method == "PUT":
        return _take(request, token)
    shown = remote_signing.show(token, address=network_of(request), at=now())
    return JsonResponse(papers.paper(shown).written(papers.figures()))


def _take(request: HttpRequest, token: str) -> HttpResponse:
    figures = papers.figures()
    try:
        cms = read_signed(_body(request), paper_id=papers.PAPER_ID, figures=figures)
        remote_answer.take(token, cms, address=network_of(request), at=now())
    except NotUnderstood as wrong:
        # Named apart, since a text for each place would say nothing to a person.
        return _message(_misfit(wrong.misfit), status=_status_of(wrong.misfit), place=wrong.place)
    except NotTaken as refused:
        return _message(refused.parts, status=figures.refused, spoken=refused.language)
    return JsonResponse([], safe=False, status=figures.taken)


def _body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig as error:
        raise NotUnderstood(Misfit.TOO_LARGE) from error


def _misfit(misfit: Misfit) -> Callable[[str], tuple[str, ...]]:
    return lambda spoken: words.parts(f"qr.misfit.{misfit}", spoken)


def _status_of(misfit: Misfit) -> int:
    return 413 if misfit is Misfit.TOO_LARGE else 400


def _message(
    parts: Callable[[str], tuple[str, ...]], *, status: int, spoken: str = "", place: str = ""
) -> HttpResponse:
    """Say it in the language of the screen, else of the phone, and beside it in all three."""
    said = {one: " ".join(parts(one)) for one in words.LANGUAGES}
    answer = {
        "message": said[spoken or language()],
        "messageKz": said["kk"],
        "messageRu": said["ru"],
        "messageEn": said["en"],
    }
    return JsonResponse({**answer, **({"place": place} if place else {})}, status=status)
