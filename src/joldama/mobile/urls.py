"""The addresses of the phone, and those of the screen; whose they are is known by token and session."""

from functools import partial

from joldama.mobile.views import calls, screen
from joldama.ui.pages import ANYONE
from joldama.ui.pages import page as any_page

app_name = "mobile"
page = partial(any_page, room=app_name, access=ANYONE)

urlpatterns = [
    page("screens/<uuid:pk>/state.json", screen.state, name="state"),
    page("screens/<uuid:pk>/code.svg", screen.code, name="code"),
    page("screens/<uuid:pk>/cancel/", screen.cancel, name="cancel"),
    page("<str:token>/mgovSign", calls.invitation, name="invitation"),
    page("<str:token>/document", calls.document, name="document"),
]
