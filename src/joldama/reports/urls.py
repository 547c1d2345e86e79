"""The pages of the reports, each with its access rule."""

from functools import partial

from joldama.reports.access import READER
from joldama.reports.views import report
from joldama.ui.pages import page as any_page

app_name = "reports"
page = partial(any_page, room=app_name)

urlpatterns = [
    page("", report.report, name="report", access=READER),
    page("report.csv", report.report_csv, name="report-csv", access=READER),
    page("rows/", report.rows, name="rows", access=READER),
    page("rows.csv", report.rows_csv, name="rows-csv", access=READER),
]
