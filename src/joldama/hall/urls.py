"""The pages of the hall: open to anyone, because they tell numbers of tickets and nothing of a person."""

from functools import partial

from joldama.hall.views import display
from joldama.ui.pages import ANYONE
from joldama.ui.pages import page as any_page

app_name = "hall"
page = partial(any_page, room=app_name)

urlpatterns = [
    page("<uuid:place>/", display.display, name="display", access=ANYONE),
]
