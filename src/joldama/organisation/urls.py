"""The pages of a receiving organisation; open to anyone, since what counts is the code or the signature."""

from functools import partial

from joldama.organisation.views import by_code, by_eds, given, holder
from joldama.ui.pages import ANYONE
from joldama.ui.pages import page as any_page

app_name = "organisation"
page = partial(any_page, room=app_name, access=ANYONE)

urlpatterns = [
    page("", holder.answer, name="answer"),
    page("letter/", holder.letter, name="letter"),
    page("sent/", holder.sent, name="sent"),
    page("sign/", by_eds.sign, name="sign"),
    page("sign/qr/", by_eds.by_phone, name="sign-qr"),
    page("sign/document.xml", by_eds.document, name="document"),
    page("given/<uuid:pk>/", given.given, name="given"),
    page("<uuid:pk>/", by_code.answer, name="code"),
]
