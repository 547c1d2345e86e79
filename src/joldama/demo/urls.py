"""The one page of the demonstration itself."""

from joldama.demo.views import people
from joldama.ui.pages import ANYONE, page

app_name = "demo"
urlpatterns = [page("", people, room=app_name, name="people", access=ANYONE)]
