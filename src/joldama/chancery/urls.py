"""The pages of the chanceries, each with its access rule."""

from functools import partial

from joldama.chancery.access import ADDRESSEE, BODY, CHANCERY, OFFICER
from joldama.chancery.views import complaint, paper, register, steps
from joldama.ui.pages import page as any_page

app_name = "chancery"
page = partial(any_page, room=app_name)

urlpatterns = [
    page("", register.register, name="register", access=CHANCERY),
    page("new/", paper.new, name="new", access=OFFICER),
    page("<uuid:pk>/", complaint.complaint, name="complaint", access=CHANCERY),
    page("<uuid:pk>/confirmation/", complaint.confirmation, name="confirmation", access=CHANCERY),
    page("<uuid:pk>/reply/", complaint.reply, name="reply", access=CHANCERY),
    page("<uuid:pk>/register/", steps.accept, name="accept", access=OFFICER),
    page("<uuid:pk>/assign/", steps.assign, name="assign", access=ADDRESSEE),
    page("<uuid:pk>/answer/", steps.answer, name="answer", access=ADDRESSEE),
    page("<uuid:pk>/refuse/", steps.refuse, name="refuse", access=ADDRESSEE),
    page("<uuid:pk>/forward/", steps.forward, name="forward", access=BODY),
    page("<uuid:pk>/execute/", steps.execute, name="execute", access=BODY),
]
