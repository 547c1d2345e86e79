"""The pages of the administration, each with its access rule."""

from functools import partial

from joldama.administration.access import ADMINISTRATOR
from joldama.administration.views import (
    appointing,
    centre,
    doors,
    home,
    invited,
    journal,
    leaving,
    offices,
    orders,
    partners,
    staff,
)
from joldama.ui.pages import ANYONE
from joldama.ui.pages import page as any_page

app_name = "administration"
page = partial(any_page, room=app_name)

urlpatterns = [
    page("", home.home, name="home", access=ADMINISTRATOR),
    page("offices/", offices.offices, name="offices", access=ADMINISTRATOR),
    page("offices/new/", offices.enter_office, name="enter-office", access=ADMINISTRATOR),
    page("offices/<uuid:pk>/", offices.office, name="office", access=ADMINISTRATOR),
    page("offices/<uuid:pk>/change/", offices.change_office, name="change-office", access=ADMINISTRATOR),
    page("offices/<uuid:pk>/places/new/", offices.enter_place, name="enter-place", access=ADMINISTRATOR),
    page("places/<uuid:pk>/change/", offices.change_place, name="change-place", access=ADMINISTRATOR),
    page("centre/", centre.centre, name="centre", access=ADMINISTRATOR),
    page("journal/", journal.journal, name="journal", access=ADMINISTRATOR),
    page("staff/", staff.staff, name="staff", access=ADMINISTRATOR),
    page("staff/new/", appointing.appoint, name="appoint", access=ADMINISTRATOR),
    page("staff/<uuid:pk>/", staff.official, name="official", access=ADMINISTRATOR),
    page("staff/<uuid:pk>/change/", appointing.change_post, name="change-post", access=ADMINISTRATOR),
    page("staff/<uuid:pk>/leaving/", leaving.set_leaving, name="leaving", access=ADMINISTRATOR),
    page("staff/<uuid:pk>/staying/", leaving.take_back, name="staying", access=ADMINISTRATOR),
    page("staff/<uuid:pk>/orders/new/", orders.enter_order, name="enter-order", access=ADMINISTRATOR),
    page("staff/<uuid:pk>/orders/call-off/", orders.call_off, name="call-off-order", access=ADMINISTRATOR),
    page("staff/<uuid:pk>/invitation/", doors.invite, name="invite", access=ADMINISTRATOR),
    page("staff/<uuid:pk>/second-factor/", doors.ask_reset, name="ask-reset", access=ADMINISTRATOR),
    page("second-factor/", doors.resets, name="resets", access=ADMINISTRATOR),
    page("second-factor/<uuid:pk>/confirm/", doors.confirm_reset, name="confirm-reset", access=ADMINISTRATOR),
    page(
        "second-factor/<uuid:pk>/call-off/", doors.call_off_reset, name="call-off-reset", access=ADMINISTRATOR
    ),
    page("partners/", partners.partners, name="partners", access=ADMINISTRATOR),
    page("partners/<uuid:pk>/key/", partners.renew, name="partner-key", access=ADMINISTRATOR),
    page("partners/<uuid:pk>/end/", partners.end, name="partner-end", access=ADMINISTRATOR),
    page("invitation/", invited.invited, name="invited", access=ANYONE),
]
