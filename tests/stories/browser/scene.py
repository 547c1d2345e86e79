"""A morning at an office, arranged over HTTP: cases in every state, for the pages that are looked at."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tests.stories.browser.answers import arrange_answers
from tests.stories.browser.complaints import arrange_complaints
from tests.stories.browser.hand import OFFICE, Hand
from tests.stories.browser.held import hold_back
from tests.stories.browser.house import House
from tests.stories.browser.tables import arrange_tables
from tests.stories.browser.walk import ALTHOUGH, EMPLOYER

WITHOUT_SECOND_FACTOR = "administrator2"
ENDED_KIOSK = "secret-of-an-ended-kiosk"
_NUMBER = re.compile(r"АСТ-\d{4}-\d{6}")
_ID = re.compile(r"/([0-9a-f-]{36})/")

_BEHIND_THE_SCENE = f"""
from urllib.parse import urlencode
from django.db import connection
from allauth.mfa.models import Authenticator
from joldama.cases.models import SealedPaper
from joldama.referrals.models import Referral
from joldama.installation.clock import now
from joldama.people.models import Staff
from joldama.reception import enrolment
from joldama.standard.kiosks import KioskEnd, KioskPaper
head = Staff.objects.get(account__username="aktau.head")
ended, _code = enrolment.make(
    head.place, name="2", paper=KioskPaper.A4, code_until=now(), by=head, at=now())
enrolment.know_by(ended, {ENDED_KIOSK!r}, at=now())
enrolment.end(ended, KioskEnd.BROKEN, by=head, at=now())
Authenticator.objects.filter(user__username={WITHOUT_SECOND_FACTOR!r}).delete()
with connection.cursor() as cursor:
    cursor.execute("ALTER TABLE cases_sealedpaper DISABLE TRIGGER USER")
    SealedPaper.objects.filter(decision__application={{sealing!r}}).delete()
    cursor.execute("ALTER TABLE cases_sealedpaper ENABLE TRIGGER USER")
one = Referral.objects.order_by("number").first()
print(urlencode({{{{"n": one.number, "d": one.issued_at.date(), "c": one.control_code}}}}))
"""
"""Takes what no page does: an official's second factor away, the document of a case that looks as if it were
being made, and a control code off a printed referral. Leaves a kiosk behind that was ended."""

_BREAK = {
    "starts_on": "18.03.2026",
    "starts_time": "22:00",
    "ends_on": "18.03.2026",
    "ends_time": "23:30",
    "kk": "Серверді жаңарту",
    "ru": "Обновление сервера",
    "en": "Server update",
}


@dataclass(frozen=True)
class Scene:
    """Where the cases stand, by a name for their state; a referral's three marks; how each role is signed in.

    `ticket` is at a window, `place` has the line; `kept` are the ids
    of what an administrator keeps.
    """

    cases: Mapping[str, str]
    kept: Mapping[str, str]
    note: str
    ticket: str
    place: str
    verified: str
    sessions: Mapping[str, str]


def arrange(house: House) -> Scene:
    """Fill the office with cases in every state, and sign somebody of every role in."""
    with Hand(house) as person, Hand(house) as specialist, Hand(house) as head:
        applicant = house.visitor()
        person.enter_as_person(applicant)
        specialist.enter_as_official(f"{OFFICE}.specialist")
        head.enter_as_official(f"{OFFICE}.head")
        ticket, place = specialist.call_the_first()
        cases = {
            "drafted": person.apply(applicant, kind="PUBLIC_WORKS"),
            "refused": person.apply(applicant, kind="SOCIAL_WORKPLACE"),
            "withdrawn": person.apply(applicant, kind="YOUTH_PRACTICE"),
            "registered": person.apply(applicant, kind="YOUTH_PRACTICE"),
            "at_counter": specialist.register(house.visitor(), kind="JOB_PLACEMENT"),
            "signed": specialist.register(house.visitor(), kind="JOB_PLACEMENT"),
            "handed_over": specialist.register(house.visitor(), kind="JOB_PLACEMENT"),
            "sealing": specialist.register(house.visitor(), kind="JOB_PLACEMENT"),
            "issued": person.apply(applicant, kind="JOB_PLACEMENT"),
            "annulled": person.apply(applicant, kind="PUBLIC_WORKS"),
            "recallable": person.apply(applicant, kind="SOCIAL_WORKPLACE"),
        }
        for _ in range(2):
            specialist.give_ticket()
        cases |= head.keep_on_paper(house.visitor())
        note = specialist.write_note()
        entered = _enter_opening(specialist)
        _bring_along(cases, person, specialist, head)
        person.open(f"/applications/{cases['issued']}/")
        number = _NUMBER.search(person.page.text_content())
        assert number
        house.asked |= {"number": number[0], "iin": applicant.iin}
        person.answer_questions(applicant, kind="PUBLIC_WORKS")
        cases |= arrange_complaints(house, person, applicant)
        sessions = {"person": person.session, "stranger": ""}
    sessions["clerk"] = _session(house, "temirtau.specialist")
    for login in ("specialist", "head", "deputy", "reference_service", "chancery"):
        sessions[login] = _session(house, f"{OFFICE}.{login}")
    sessions["akim"] = _session(house, "astana-akimat.akim")
    sessions["quality_official"] = _session(house, "quality.official")
    sessions["operator_1414"] = _session(house, "operator1414")
    sessions["elsewhere"] = _session(house, "temirtau.reference_service")
    with Hand(house) as administrator:
        administrator.enter_as_official("administrator1")
        administrator.open("/desk/breaks/")
        administrator.send(_BREAK)
        kept = _kept(administrator) | entered | dict(arrange_tables(house))
        sessions["administrator"] = administrator.session
    sessions["auditor"] = _session(house, "auditor1")
    cases |= arrange_answers(house, cases["handed_over"], answered=cases["issued"])
    hold_back(house, cases["recallable"])
    verified = house.behind(_BEHIND_THE_SCENE.format(sealing=cases["sealing"]))
    return Scene(
        cases=cases,
        kept=kept,
        note=note,
        ticket=ticket,
        place=place,
        verified=verified,
        sessions=sessions,
    )


def _enter_opening(specialist: Hand) -> dict[str, str]:
    """Enter an organisation with a confirmed contact and a vacancy; give their ids."""
    specialist.open("/desk/organisations/new/")
    specialist.send(
        {
            "bin": "140940311897",
            "name_kk": "«Қойма» жауапкершілігі шектеулі серіктестігі",
            "address": "Астана қаласы, Сарыарқа даңғылы, 1",
            "is_training": "on",
        }
    )
    organisation = specialist.id_here
    specialist.open(f"/desk/organisations/{organisation}/contact/")
    contact = {"name": "Досова Гүлнар", "email": "kadr@koima.example", "language": "kk", "is_asked": "on"}
    specialist.send(contact)
    specialist.open(f"/desk/organisations/{organisation}/openings/new/?kind=JOB_PLACEMENT")
    specialist.send(
        {"occupation_kk": "Қоймашы", "occupation_ru": "Кладовщик", "places": "2", "wage": "120 000"}
    )
    return {"organisation": organisation, "opening": specialist.id_here}


def _kept(administrator: Hand) -> dict[str, str]:
    """Give the ids of an office, a place and a deputy, off the pages of the administration."""

    def first_link(part: str) -> str:
        links = [link.get("href") for link in administrator.page.cssselect("main a")]
        found = _ID.search(next(link for link in links if part in link and _ID.search(link)))
        assert found
        return found[1]

    administrator.open("/administration/offices/")
    office = first_link("/offices/")
    administrator.open(f"/administration/offices/{office}/")
    place = first_link("/places/")
    administrator.open("/administration/staff/?q=temirtau.deputy")
    return {"office": office, "kept_place": place, "deputy": first_link("/staff/")}


def _bring_along(cases: Mapping[str, str], person: Hand, specialist: Hand, head: Hand) -> None:
    """Bring each case to the state it is named after."""
    for name in (
        "drafted",
        "at_counter",
        "signed",
        "sealing",
        "handed_over",
        "issued",
        "annulled",
        "recallable",
    ):
        specialist.take(cases[name])
        specialist.act(cases[name], "draft", {**EMPLOYER, "although": ALTHOUGH})
    specialist.take(cases["refused"])
    specialist.open(f"/desk/cases/{cases['refused']}/refuse/")
    ground = specialist.page.cssselect("[name=ground]")[0].get("value")
    specialist.send({"ground": ground, "reasons": "Берілген мәліметтер расталмады."})
    for name in ("refused", "signed", "sealing", "handed_over", "issued", "annulled"):
        head.sign_decision(cases[name])
    for name in ("annulled", "signed"):
        specialist.open(f"/desk/cases/{cases[name]}/annul/")
        specialist.send({"reason": "Жұмыс берушінің атауы қате жазылған."})
    head.confirm_annulment(cases["annulled"])
    specialist.act(cases["handed_over"], "offer")
    specialist.act(cases["handed_over"], "hand-over")
    person.open(f"/applications/{cases['withdrawn']}/withdraw/")
    person.confirm()


def _session(house: House, login: str) -> str:
    with Hand(house) as official:
        official.enter_as_official(login)
    return house.sessions[login]
