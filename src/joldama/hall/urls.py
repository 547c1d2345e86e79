"""The pages of the hall: open to anyone, because they tell numbers of tickets and nothing of a person."""

from functools import partial

from joldama.hall.device import KIOSK
from joldama.hall.views import display, kiosk, kiosk_set_up, ticket
from joldama.ui.pages import ANYONE
from joldama.ui.pages import page as any_page

app_name = "hall"
page = partial(any_page, room=app_name)

urlpatterns = [
    page("kiosk/", kiosk.start, name="kiosk", access=ANYONE),
    page("kiosk/set-up/", kiosk_set_up.set_up, name="kiosk-set-up", access=ANYONE),
    page("kiosk/take/", kiosk.take, name="kiosk-take", access=KIOSK),
    page("kiosk/given/<uuid:key>/", kiosk.given, name="kiosk-given", access=KIOSK),
    page("kiosk/tickets/<uuid:pk>/", kiosk.ticket, name="kiosk-ticket", access=KIOSK),
    page("kiosk/tickets/<uuid:pk>/again/", kiosk.print_again, name="kiosk-again", access=KIOSK),
    page("tickets/<uuid:pk>/", ticket.ticket, name="ticket", access=ANYONE),
    page("<uuid:place>/", display.display, name="display", access=ANYONE),
]
