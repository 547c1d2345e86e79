"""What is kept on paper while the system is away, and the registers that are printed."""

from tests.stories.browser.stops.acts import send_main
from tests.stories.browser.stops.roles import COUNTER, SIGNER
from tests.stories.browser.stops.stop import Stop
from tests.stories.browser.walk import Walker


def _send_void(walker: Walker) -> None:
    walker.button("desk.paper.void").click()
    walker.page.locator(".errors").wait_for()


def _show_register(walker: Walker) -> None:
    walker.button("desk.register.show").click()
    walker.page.locator("table.register, main p:has-text('.')").last.wait_for()


def _send_doubt(walker: Walker) -> None:
    """Somebody was called to a window that is not there: unusual, so it is asked about."""
    now = walker.page.locator(".deskbar__now time").inner_text()
    walker.fill(taken_2=now, called_2=now, window_2="99")
    walker.page.locator("[name=called_by_2]").select_option(index=1)
    walker.page.locator("[name=how_2]").select_option("NO_SHOW")
    walker.button("desk.paper.line.send").click()
    walker.page.locator(".banner--warn").wait_for()


STOPS = (
    Stop("desk-paper", "desk:paper", "/desk/paper/", SIGNER),
    Stop("desk-paper-nothing", "desk:paper", "/desk/paper/", ("head",), _send_void),
    Stop("desk-paper-sheets", "desk:paper-sheets", "/desk/paper/sheets/", SIGNER),
    Stop("desk-register", "desk:register", "/desk/registers/", COUNTER, _show_register),
    Stop("desk-register-fault", "desk:register", "/desk/registers/?on=x", COUNTER, status=422),
    Stop(
        "desk-register-referrals",
        "desk:register-referrals",
        "/desk/registers/referrals/",
        COUNTER,
        _show_register,
    ),
    Stop("desk-paper-line", "desk:paper-line", "/desk/paper/{paper_line}/line/", SIGNER),
    Stop(
        "desk-paper-line-nothing", "desk:paper-line", "/desk/paper/{paper_line}/line/", ("head",), send_main
    ),
    Stop(
        "desk-paper-line-doubt", "desk:paper-line", "/desk/paper/{paper_line}/line/", ("head",), _send_doubt
    ),
    Stop("desk-paper-ticket", "desk:paper-ticket", "/desk/paper/tickets/{paper_ticket}/", COUNTER),
    Stop("desk-paper-note", "desk:paper-note", "/desk/paper/{paper_note}/note/", SIGNER),
    Stop(
        "desk-paper-note-nothing", "desk:paper-note", "/desk/paper/{paper_note}/note/", ("head",), send_main
    ),
    Stop("desk-paper-enter", "desk:paper-enter", "/desk/paper/{blank}/", SIGNER),
    Stop("desk-paper-enter-nothing", "desk:paper-enter", "/desk/paper/{blank}/", ("head",), send_main),
    Stop("desk-paper-result", "desk:paper-result", "/desk/cases/{on_paper}/paper-result/", SIGNER),
    Stop(
        "desk-paper-result-nothing",
        "desk:paper-result",
        "/desk/cases/{on_paper}/paper-result/",
        ("head",),
        send_main,
    ),
)

NO_PAGES = {
    "desk:paper-void": "leads on; its faults stand on desk:paper",
}
