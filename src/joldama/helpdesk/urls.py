"""The pages of the status desks, each with its access rule."""

from functools import partial

from joldama.helpdesk.access import HELPDESK
from joldama.helpdesk.views import appeal, status
from joldama.ui.pages import page as any_page

app_name = "helpdesk"
page = partial(any_page, room=app_name)

urlpatterns = [
    page("", status.status, name="status", access=HELPDESK),
    page("appeal/", appeal.appeal, name="appeal", access=HELPDESK),
]
