"""S20: openings come from a partner's system, by a key an administrator gave it; calls in JSON (R6.1-e)."""

import json
import re
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from joldama.demo.second_factor import give_second_factor
from joldama.journal.models import Event
from joldama.openings.models import Opening, Organisation, Partner
from joldama.people.models import Account, Staff
from joldama.procedures import partners
from joldama.procedures.refusing import NotAllowed
from joldama.standard import words
from joldama.standard.roles import Role
from tests.factories import openings
from tests.stories.counter import said
from tests.stories.town import Town

JOB = {
    "external_id": "hr-17",
    "bin": "120340005670",
    "name_kk": "«Шебер» ЖШС",
    "kind": "JOB_PLACEMENT",
    "occupation_kk": "Дәнекерлеуші",
    "address": "Астана, Мәңгілік Ел 8",
    "places": 3,
    "wage": 250000,
    "start_on": "2015-10-01",
}
COURSE = {
    **JOB,
    "external_id": "hr-18",
    "kind": "VOCATIONAL_TRAINING",
    "training_kind": "advanced",
    "occupation_kk": None,
    "course": "Бухгалтер",
    "wage": None,
}


class System:
    """A partner's system: a program with a key."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.client = Client(enforce_csrf_checks=True)

    def send(self, name: str, body: Any, **headers: str) -> Any:
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        told = {"Authorization": f"Bearer {self.key}", **headers}
        return self.client.post(reverse(name), data, content_type="application/json", headers=told)

    def hand_in(self, *openings: dict[str, Any]) -> Any:
        return self.send("api:openings", {"openings": list(openings)})

    def close(self, *numbers: str) -> Any:
        return self.send("api:close-openings", {"external_ids": list(numbers)})

    def list(self, after: str = "") -> Any:
        told = {"Authorization": f"Bearer {self.key}"}
        return self.client.get(reverse("api:openings"), {"after": after} if after else {}, headers=told)


@pytest.fixture
def administrator(town: Town) -> Staff:
    town.at("2015-09-15 09:00")
    staff = Staff.objects.create(role=Role.ADMINISTRATOR, surname="Қуанышев", given_name="Ерасыл")
    give_second_factor(Account.objects.create_user("administrator1", "a long pass phrase", staff=staff))
    return staff


@pytest.fixture
def browser(town: Town, administrator: Staff) -> Client:
    found = town.browser_of(administrator)
    found.cookies["language"] = "en"
    return found


def add(browser: Client, town: Town, name: str = "HR", until_on: str = "") -> Any:
    typed = {"office": str(town.office("astana").office.pk), "name": name, "until_on": until_on}
    return browser.post(reverse("administration:partners"), typed)


def key_in(page: Any) -> str:
    found = re.search(r"joldama_[\w-]{43}", page.content.decode())
    assert found is not None
    return found[0]


@pytest.fixture
def system(browser: Client, town: Town) -> System:
    return System(key_in(add(browser, town)))


def test_openings_are_handed_in_corrected_and_found_unchanged(system: System) -> None:
    first = system.hand_in(JOB, COURSE)
    again = system.hand_in(JOB, COURSE)
    corrected = system.hand_in({**JOB, "places": 5}, COURSE)

    assert [one.json() for one in (first, again, corrected)] == [
        {"entered": 2, "corrected": 0, "unchanged": 0},
        {"entered": 0, "corrected": 0, "unchanged": 2},
        {"entered": 0, "corrected": 1, "unchanged": 1},
    ]
    partner = Partner.objects.get()
    assert list(
        Opening.objects.order_by("external_id").values_list("source", "places", "external_system")
    ) == [
        ("api", 5, str(partner.pk)),
        ("api", 3, str(partner.pk)),
    ]
    assert Organisation.objects.get().is_training
    told = Event.objects.filter(actor_kind="partner", actor=partner.pk, office=partner.office_id)
    assert sorted(told.values_list("name", flat=True)) == [
        "opening.corrected",
        "opening.entered",
        "opening.entered",
        "organisation.entered",
    ]


def test_a_sole_trader_is_handed_in_under_his_iin_and_an_answer_shows_its_end(system: System) -> None:
    job = {**JOB, "bin": "850412100013", "name_kk": "«Сейітов Б.» ЖК"}
    assert [system.hand_in(job).json()["entered"], system.hand_in(job).json()["unchanged"]] == [1, 1]
    assert Organisation.objects.known_by("850412100013").get() == Opening.objects.get().organisation

    refused = system.hand_in(
        {**job, "bin": JOB["bin"]}, {**job, "external_id": "hr-20", "bin": "790920100021", "name_kk": None}
    )

    told = [(one["item"], one["given"], one["code"]) for one in refused.json()["faults"]]
    assert told == [
        (1, JOB["bin"], "tables.fault.other_organisation"),
        (2, "•••• •••• 0021", "tables.fault.organisation"),
    ]


def test_a_system_sees_how_its_openings_stand_and_closes_them(system: System) -> None:
    system.hand_in(JOB, COURSE)
    openings.fill(Opening.objects.get(external_id="hr-17"), taken=2)

    closed, again = system.close("hr-17", "hr-18"), system.close("hr-17")

    assert (closed.json(), again.json()) == ({"closed": 2}, {"closed": 0})
    standing = {"open_from_on": "2015-09-15", "open_until_on": None, "closed": True, "places": 3}
    assert system.list().json() == {
        "openings": [
            {"external_id": "hr-17", "kind": "JOB_PLACEMENT", "taken": 2, **standing},
            {"external_id": "hr-18", "kind": "VOCATIONAL_TRAINING", "taken": 0, **standing},
        ],
        "next": None,
    }
    assert [one["external_id"] for one in system.list(after="hr-17").json()["openings"]] == ["hr-18"]
    assert system.hand_in({**JOB, "wage": 1}).json()["faults"][0]["code"] == "tables.fault.closed"


def test_one_wrong_item_and_nothing_is_taken_and_everything_wrong_is_told(system: System) -> None:
    answer = system.hand_in(
        JOB,
        {**JOB, "external_id": "hr-19", "bin": "120340005679", "places": 1.5, "colour": "көк"},
        {**JOB, "external_id": "=1+1", "kind": "CAREER_GUIDANCE", "wage": True},
    )

    told = answer.json()
    assert (answer.status_code, told["code"], Opening.objects.exists()) == (422, "api.not_taken", False)
    assert [(one["item"], one["field"], one["given"], one["code"]) for one in told["faults"]] == [
        (2, "places", "", "tables.fault.value"),
        (2, "colour", "", "tables.fault.unknown_field"),
        (2, "bin", "120340005679", "error.bin_check"),
        (3, "wage", "", "tables.fault.value"),
        (3, "external_id", "=1+1", "tables.fault.formula"),
        (3, "kind", "CAREER_GUIDANCE", "openings.fault.kind"),
    ]
    assert all(set(one["message"]) == set(words.LANGUAGES) for one in told["faults"])


def test_a_number_nobody_handed_in_is_not_closed_and_closes_nothing_beside(system: System) -> None:
    system.hand_in(JOB)

    answer = system.close("hr-17", "hr-99")

    assert [(one["item"], one["given"], one["code"]) for one in answer.json()["faults"]] == [
        (2, "hr-99", "tables.fault.unknown_opening")
    ]
    assert Opening.objects.get().closed_at is None


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b" ", 400, "api.json"),
        (b"{", 400, "api.json"),
        (b"\xff", 400, "api.json"),
        (b'{"openings": [{"places": NaN}]}', 400, "api.json"),
        (b'{"openings": [], "openings": []}', 400, "api.json"),
        (b"[" * 100_000, 400, "api.json"),
        (b'{"openings": [{"places": ' + b"9" * 5000 + b"}]}", 400, "api.json"),
        ([], 400, "api.shape"),
        ({"openings": {}}, 400, "api.shape"),
        ({"openings": ["a"]}, 400, "api.shape"),
        ({"openings": [JOB], "more": 1}, 400, "api.shape"),
        ({"openings": []}, 400, "api.count"),
        ({"openings": [JOB] * 501}, 400, "api.count"),
        (b" " * 1_000_001, 413, "api.too_large"),
    ],
)
def test_a_call_of_another_shape_is_told_what_is_wrong(
    body: Any, status: int, code: str, system: System
) -> None:
    answer = system.send("api:openings", body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert set(answer.json()["message"]) == set(words.LANGUAGES)
    assert not Opening.objects.exists()


def test_another_method_and_another_type_are_told(system: System) -> None:
    told = {"Authorization": f"Bearer {system.key}"}
    put = system.client.put(reverse("api:openings"), headers=told)
    form = system.client.post(reverse("api:openings"), {"openings": "[]"}, headers=told)

    assert (put.status_code, put["Allow"], put.json()["code"]) == (405, "GET, POST", "api.method")
    assert (form.status_code, form.json()["code"]) == (415, "api.content_type")


@pytest.mark.parametrize(
    "shown", ["", "Bearer", "Bearer joldama_" + "x" * 43, "Basic {key}", "Bearer {key}x", "{key}"]
)
def test_without_the_key_nobody_comes_in(shown: str, system: System) -> None:
    headers = {"Authorization": shown.format(key=system.key)} if shown else {}

    for name in ("api:openings", "api:close-openings"):
        answer = Client().post(reverse(name), b"{}", content_type="application/json", headers=headers)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
        assert answer.json()["code"] == "api.key"


def test_the_key_is_shown_once_and_kept_as_a_hash(browser: Client, town: Town) -> None:
    page = add(browser, town)
    key = key_in(page)

    assert bytes(Partner.objects.get().key_hash) == sha256(key.encode()).digest()
    listed = browser.get(reverse("administration:partners"))
    assert key not in listed.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "Has not called yet" in said(listed)
    assert "Last call" in said(_after_a_call(browser, key))


def _after_a_call(browser: Client, key: str) -> Any:
    assert System(key).list().status_code == 200
    return browser.get(reverse("administration:partners"))


def test_a_new_key_ends_the_old_one_and_an_ended_system_has_none(
    browser: Client, town: Town, system: System
) -> None:
    partner = Partner.objects.get()
    renewed = System(key_in(browser.post(reverse("administration:partner-key", args=[partner.pk]))))

    assert (system.list().status_code, renewed.list().status_code) == (401, 200)

    renewed.hand_in(JOB)
    end = reverse("administration:partner-end", args=[partner.pk])
    assert "What was handed in stays." in said(browser.get(end))
    assert [browser.post(end).status_code for _ in range(2)] == [302, 302]
    refused = browser.post(reverse("administration:partner-key", args=[partner.pk]))

    assert (renewed.list().status_code, refused.status_code) == (401, 409)
    assert Opening.objects.get().closed_at is None
    assert list(Event.objects.filter(subject=partner.pk).order_by("id").values_list("name", flat=True)) == [
        "partner.made",
        "partner.key_made",
        "partner.ended",
    ]
    assert "HR" in said(browser.get(reverse("administration:partners")))


def test_a_key_opens_up_to_its_last_day_and_a_new_one_goes_on(browser: Client, town: Town) -> None:
    system = System(key_in(add(browser, town, until_on="16.09.2015")))
    partner = Partner.objects.get()
    assert "Last day of the key: 16 September 2015." in said(browser.get(reverse("administration:partners")))
    town.passes_to("2015-09-16 23:59", zone="Asia/Almaty")
    assert system.list().status_code == 200
    town.passes_to("2015-09-17 00:00", zone="Asia/Almaty")

    over = system.hand_in(JOB)

    assert (over.status_code, over.json()["code"], over["WWW-Authenticate"]) == (
        401,
        "api.key_over",
        "Bearer",
    )
    assert not Opening.objects.exists()
    assert System("joldama_" + "x" * 43).hand_in(JOB).json()["code"] == "api.key"
    town.at("2015-09-17 09:00")
    page = town.browser_of(Staff.objects.get(role=Role.ADMINISTRATOR))
    page.cookies["language"] = "en"
    assert "Over" in said(page.get(reverse("administration:partners")))
    address = reverse("administration:partner-key", args=[partner.pk])
    assert "opens nothing from that moment on" in said(page.get(address))
    past = page.post(address, {"until_on": "16.09.2015"})
    assert (past.status_code, "That day is over." in said(past)) == (422, True)
    assert system.list().json()["code"] == "api.key_over"
    renewed = System(key_in(page.post(address, {"until_on": ""})))
    assert renewed.hand_in(JOB).json()["entered"] == 1


def test_so_many_calls_are_taken_in_a_minute_and_one_more_is_told_when_to_come(
    browser: Client, town: Town, system: System, settings: Any
) -> None:
    settings.JOLDAMA_PARTNER_CALLS = 3
    other = System(key_in(add(browser, town, name="Another")))
    assert [system.hand_in(JOB).status_code for _ in range(3)] == [200] * 3

    town.passes_to("2015-09-15 09:00:20")
    many = system.hand_in({**JOB, "places": 9})

    assert (many.status_code, many["Retry-After"], many.json()["code"]) == (429, "40", "api.too_many")
    assert set(many.json()["message"]) == set(words.LANGUAGES)
    assert Opening.objects.get().places == 3
    assert other.list().status_code == 200
    town.passes_to("2015-09-15 09:00:59")
    assert (system.list().status_code, system.list()["Retry-After"]) == (429, "1")
    town.passes_to("2015-09-15 09:01:00")
    assert [system.list().status_code for _ in range(4)] == [200, 200, 200, 429]


def test_two_systems_of_one_name_and_office_are_not_made(browser: Client, town: Town, system: System) -> None:
    assert add(browser, town).status_code == 409
    assert add(browser, town, name="").status_code == 422
    assert Partner.objects.count() == 1


def test_systems_do_not_see_each_others_openings(browser: Client, town: Town, system: System) -> None:
    system.hand_in(JOB)
    other = System(key_in(add(browser, town, name="Another")))

    assert other.list().json()["openings"] == []
    assert other.close("hr-17").status_code == 422
    assert other.hand_in({**JOB, "places": 1}).json()["entered"] == 1
    assert sorted(Opening.objects.values_list("places", flat=True)) == [1, 3]


def test_nobody_but_an_administrator_gives_keys(town: Town, administrator: Staff) -> None:
    astana = town.office("astana")
    page = town.browser_of(astana.head).get(reverse("administration:partners"))

    assert page.status_code == 403
    with pytest.raises(NotAllowed):
        partners.make(astana.office, name="x", by=astana.head, at=town.now)
    assert not Partner.objects.exists()
