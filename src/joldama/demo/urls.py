"""The pages of the demonstration itself."""

from joldama.demo.views import kiosk, people
from joldama.ui.pages import ANYONE, page

app_name = "demo"
urlpatterns = [
    page("", people, room=app_name, name="people", access=ANYONE),
    page("kiosk/", kiosk, room=app_name, name="kiosk", access=ANYONE),
]
