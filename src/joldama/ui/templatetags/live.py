"""How a page keeps fresh while it is open: one tag in its head.

Every part with an `id` and `data-live="SECONDS"` is kept as it stands at the server: at once when its place's
line changes, and otherwise within these seconds (docs/live.md). `{% live_board place.pk %}` is for a page open
to anyone that shows the same to all; `{% live_page place.pk %}` for one that belongs to whoever looks at it,
and for tickets; `{% live_pages ids %}` for one about several places. Without a place, or where nothing streams,
the page asks by itself.
"""

from collections.abc import Iterable
from uuid import UUID

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from joldama.ui.templatetags.words import language

register = template.Library()


@register.simple_tag
def live_board(place: UUID) -> SafeString:
    """Keep a place's open board fresh: its parts are brought to it."""
    return _script(f"{place}/{language()}")


@register.simple_tag
def live_page(place: UUID | None) -> SafeString:
    """Keep a page about a place fresh: it is woken, and fetches itself anew."""
    return _script(str(place or ""))


@register.simple_tag
def live_pages(places: Iterable[UUID]) -> SafeString:
    """Keep a page about several places fresh: it is woken for each, and fetches itself anew."""
    return _script(",".join(str(place) for place in places))


def _script(stream: str) -> SafeString:
    address = f"{settings.JOLDAMA_LIVE_ORIGIN}/live/{stream}" if stream else ""
    return format_html(
        '<script type="module" src="{}" data-live-stream="{}"></script>', static("ui/live.js"), address
    )
