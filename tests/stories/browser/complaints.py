"""Complaints in every state, arranged over HTTP, for the pages that are looked at."""

from collections.abc import Mapping

from joldama.demo.people import DemoApplicant
from tests.stories.browser.hand import OFFICE, Hand
from tests.stories.browser.house import House

_TEXT = "Менен стандартта жоқ құжат сұрады."


def complain(person: Hand, applicant: DemoApplicant) -> str:
    """Send a signed complaint to the head; give its id."""
    write(person)
    person.open("/complain/check/")
    person.sign(key=applicant.slug)
    return person.id_here


def write(person: Hand) -> None:
    """Answer every question of a complaint."""
    person.open("/complain/case/")
    person.send({"application": "none"})
    person.send({"provider": _choice(person, "Астана")})
    person.send({"subject": "INACTION"})
    person.send({"official": "none"})
    person.send({"addressee": "head"})
    person.send({"text": _TEXT})


def arrange_complaints(house: House, person: Hand, applicant: DemoApplicant) -> Mapping[str, str]:
    """Have complaints sent, registered, taken up and answered; one typed and not sent stays."""
    sent = {name: complain(person, applicant) for name in ("sent", "complained", "considered", "answered")}
    with Hand(house) as officer, Hand(house) as head:
        officer.enter_as_official(f"{OFFICE}.chancery")
        head.enter_as_official(f"{OFFICE}.head")
        for name in ("complained", "considered", "answered"):
            officer.open(f"/chancery/{sent[name]}/")
            officer.send(action=f"/chancery/{sent[name]}/register/")
        for name in ("considered", "answered"):
            _give(head, sent[name], "Омарова")
        head.open(f"/chancery/{sent['answered']}/answer/")
        head.send({"outcome": "SATISFIED", "text": "Кешірім сұраймыз; қызметкерге ескертілді."})
    sent |= {
        "to_akim": _on_paper(house, "astana-akimat.chancery", "astana-akimat.akim"),
        "to_quality": _on_paper(house, "quality.chancery", "quality.official"),
        "replied_akim": _on_paper(house, "astana-akimat.chancery", "astana-akimat.akim", is_answered=True),
        "replied_quality": _on_paper(house, "quality.chancery", "quality.official", is_answered=True),
    }
    write(person)
    return sent


def _on_paper(house: House, chancery: str, official: str, *, is_answered: bool = False) -> str:
    """Register a complaint on paper and have its addressee take it up, or answer it; give its id."""
    with Hand(house) as officer, Hand(house) as addressee:
        officer.enter_as_official(chancery)
        officer.open("/chancery/new/")
        provider = officer.page.cssselect("[name=provider] option")[0].get("value")
        officer.send(
            {
                "channel": "post",
                "provider": provider,
                "subject": "ACTION",
                "complainant": "Досов Әлихан",
                "text": _TEXT,
            }
        )
        complaint = officer.id_here
        addressee.enter_as_official(official)
        _give(addressee, complaint)
        if is_answered:
            addressee.open(f"/chancery/{complaint}/answer/")
            addressee.send({"outcome": "REJECTED", "text": "Стандарт бұзылған жоқ."})
    return complaint


def _give(addressee: Hand, complaint: str, officer: str = "") -> None:
    addressee.open(f"/chancery/{complaint}/")
    options = addressee.page.cssselect("[name=to] option")
    chosen = next(one for one in options if officer in one.text_content())
    addressee.send({"to": chosen.get("value")}, action=f"/chancery/{complaint}/assign/")


def _choice(hand: Hand, word: str) -> str:
    label = next(label for label in hand.page.cssselect(".choice label") if word in label.text)
    return hand.page.get_element_by_id(label.get("for")).get("value")
