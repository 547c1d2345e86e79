"""The calls of partners' systems; whose they are is known by the key, and who has none is answered in JSON.

The number in their address changes when what they mean does.
"""

from functools import partial

from joldama.api.key import unless_known
from joldama.api.views import description, openings
from joldama.ui.pages import ANYONE
from joldama.ui.pages import page as any_page

app_name = "api"
page = partial(any_page, room=app_name)

urlpatterns = [
    page("v1/openapi.json", description.description, name="description", access=ANYONE),
    page("v1/openings/", openings.openings, name="openings", access=ANYONE, unless=unless_known),
    page("v1/openings/close/", openings.close, name="close-openings", access=ANYONE, unless=unless_known),
]
