"""Somebody who sends forms without a browser's window."""

import re
from datetime import datetime

from joldama.demo.browser import Browser as Errand
from joldama.demo.people import DemoApplicant, password_of
from tests.stories.browser.house import House

OFFICE = "astana"
_ID = re.compile(r"/([0-9a-f-]{36})/")
_BLANK = re.compile(r"/desk/paper/([0-9a-f-]{36})/")


class Hand(Errand):
    """Somebody who sends forms without a browser's window."""

    def __init__(self, house: House) -> None:
        super().__init__(house.origin)
        self._house = house

    @property
    def session(self) -> str:
        """The name of the session, for a browser to go on with."""
        return str(self._client.cookies["sessionid"])

    def enter_as_person(self, applicant: DemoApplicant) -> None:
        self.open("/sign-in/")
        self.sign(key=applicant.slug)

    def enter_as_official(self, login: str) -> None:
        """Sign in with the code the page of the demonstration's people shows, or go on with a session."""
        known = self._house.sessions.get(login)
        if known is not None:
            self._client.cookies.set("sessionid", known)
            return
        self.open("/demo/")
        row = next(row for row in self.page.cssselect("tr") if password_of(login) in row.text_content())
        code = row.cssselect("strong")[0].text
        self.open("/desk/sign-in/")
        self.send({"username": login, "password": password_of(login), "code": code})
        self._house.sessions[login] = self.session

    @property
    def id_here(self) -> str:
        """The id in the address of the page."""
        found = _ID.search(self.address)
        assert found, self.address
        return found[1]

    def confirm(self) -> None:
        """Press the one button of a page that only asks once more."""
        fields = dict(self.page.cssselect("main form[method=post]")[0].form_values())
        self._show(self._client.post(self.address, data=fields, headers={"Referer": self.address}))

    def answer_questions(self, applicant: DemoApplicant, *, kind: str) -> None:
        """Answer the questions of an application, up to the page that shows what is signed."""
        self.open("/apply/kind/")
        self.send({"kind": kind})
        self.send({"other_kinds": ["CAREER_GUIDANCE"]})
        place = next(label for label in self.page.cssselect(".choice label") if "Астана" in label.text)
        self.send({"office": self.page.get_element_by_id(place.get("for")).get("value")})
        self.send(
            {"document_kind": applicant.document_kind, "document_number": applicant.document_number},
        )
        self.send({"is_oralman": "no"})
        self.send({"issue_form": "BOTH"})
        self.send({"email": "", "phone": ""})

    def apply(self, applicant: DemoApplicant, *, kind: str) -> str:
        """Send a signed application; give its id."""
        self.answer_questions(applicant, kind=kind)
        self.sign(key=applicant.slug)
        return self.id_here

    def keep_on_paper(self, visitor: DemoApplicant) -> dict[str, str]:
        """Prepare blanks of every kind, enter a package and a ticket; give the ids of blanks, case and ticket."""
        self.open("/desk/paper/")
        self.send({"count": "2", "notes": "1", "sheets": "1"})
        links = [link.get("href") for link in self.page.cssselect("main a")]
        used, unused, note, line = [found[1] for link in links if (found := _BLANK.search(link or ""))]
        self.open(f"/desk/paper/{used}/")
        by = self.page.cssselect("[name=registered_by]")[0].get("value")
        wall = datetime.fromisoformat(self.page.cssselect(".deskbar__now time")[0].get("datetime"))
        self.send(
            {
                **_read_off(visitor),
                "kind": "JOB_PLACEMENT",
                "registered_by": by,
                "registered_at": f"{wall:%d.%m.%Y %H:%M}",
            }
        )
        case = self.id_here
        self.open(f"/desk/paper/{line}/line/")
        minute = f"{wall:%H:%M}"
        called = {"called_1": minute, "called_by_1": by, "window_1": "1", "how_1": "NO_SHOW"}
        self.send({"taken_1": minute, **called})
        self.open(f"/desk/paper/{line}/line/")
        link = next(link.get("href") for link in self.page.cssselect("tbody a"))
        found = _ID.search(link)
        assert found
        return {
            "blank": unused,
            "on_paper": case,
            "paper_note": note,
            "paper_line": line,
            "paper_ticket": found[1],
        }

    def register(self, visitor: DemoApplicant, *, kind: str) -> str:
        """Register the person at the window, or another application of his; give the id of the case."""
        self.open("/desk/intake/?another=1")
        self.send({**_read_off(visitor), "kind": kind})
        return self.id_here

    def act(self, case: str, action: str, given: dict[str, str] | None = None) -> None:
        """Press the button of a case that leads to `action`, with what is typed beside it."""
        self.open(f"/desk/cases/{case}/")
        self.send(given, action=f"/desk/cases/{case}/{action}/")

    def take(self, case: str) -> None:
        """Take a case, once the register has answered about it."""
        self.act(case, "take")
        self.wait_for(f"/desk/cases/{case}/", ".pane:has(#register-head) .tag")

    def write_note(self) -> str:
        """Write a note of non-acceptance; give its id."""
        self.open("/desk/intake/not-accepted/")
        self.send({"ground": self.page.cssselect("[name=ground]")[0].get("value"), "name": "Досов Әлихан"})
        return self.id_here

    def call_the_first(self) -> tuple[str, str]:
        """Give a ticket and call it, who comes; give its id and that of the place."""
        ticket = self.give_ticket()
        self.open("/desk/line/")
        place = _ID.search(self.page.cssselect("main a[href^='/hall/']")[0].get("href"))
        self.send({"window": "1"}, action="/desk/line/next/")
        self.send(action=f"/desk/tickets/{ticket}/serve/")
        assert place
        return ticket, place[1]

    def give_ticket(self) -> str:
        """Give a ticket to somebody who comes; give its id."""
        self.open("/desk/line/")
        self.send(action="/desk/line/take/")
        return self.id_here

    def confirm_annulment(self, case: str) -> None:
        """Sign the annulment that another proposed."""
        self.open(f"/desk/cases/{case}/annulment/")
        self.sign(key=f"{OFFICE}-head")

    def sign_decision(self, case: str) -> None:
        """Sign the decision of a case and wait for its document."""
        self.open(f"/desk/cases/{case}/decision/")
        self.sign(key=f"{OFFICE}-head")
        self.wait_for(f"/desk/cases/{case}/", f'a[href="/desk/cases/{case}/document.pdf"]')


def _read_off(visitor: DemoApplicant) -> dict[str, str]:
    return {
        "document_kind": visitor.document_kind,
        "holder": visitor.holder,
        "iin": visitor.iin,
        "surname": visitor.surname,
        "given_name": visitor.given_name,
        "patronymic": visitor.patronymic,
        "document_number": visitor.document_number,
        "language": "ru",
    }
