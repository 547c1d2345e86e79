"""Who sees a complaint (R10.6-c): what a list shows is what the rule says, for every role and official."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from tests.factories import world

from joldama.complaints.models import Complaint
from joldama.complaints.rules import is_addressee, may_consider, may_see
from joldama.people.models import Staff
from joldama.procedures.register_complaint import Filing, register_paper
from joldama.standard.complaints import ComplaintChannel, ComplaintSubject
from joldama.standard.roles import Role

MONDAY = datetime(2015, 10, 5, 5, 0, tzinfo=UTC)
TODAY = date(2015, 10, 5)


@pytest.fixture
def people(db: None) -> dict[str, Staff]:
    """Everybody who could come by: a provider with its chancery, its akimat, the quality body."""
    world.demo_installation()
    office = world.office()
    chancery = world.body("astana", of=office)
    akimat, quality = world.body("astana-akimat"), world.body("quality")
    return {
        "head": office.head,
        "deputy": office.deputy,
        "specialist": office.specialist,
        "chancery": chancery.officer,
        "akim": akimat.addressee,
        "akimat chancery": akimat.officer,
        "quality official": quality.addressee,
        "quality chancery": quality.officer,
        "stranger": world.office("temirtau").head,
    }


def complaint(people: dict[str, Staff], at: str = "chancery", against: str = "") -> Complaint:
    """A complaint registered in a chancery, about an official of the provider or nobody in particular."""
    filing = Filing(
        key=uuid4(),
        channel=ComplaintChannel.HAND,
        subject=ComplaintSubject.ACTION,
        provider=people["head"].office_id,
        official=people[against].pk if against else None,
        text="Менен құжат сұрады.",
    )
    return register_paper(filing, by=people[at], at=MONDAY)


def seeing(people: dict[str, Staff], about: Complaint) -> set[str]:
    return {name for name, staff in people.items() if may_see(staff, about, on=TODAY)}


@pytest.mark.parametrize(
    ("at", "against", "who"),
    [
        ("chancery", "", {"chancery", "head"}),
        ("chancery", "specialist", {"chancery", "head"}),
        ("chancery", "deputy", {"chancery", "head"}),
        ("chancery", "head", {"chancery", "deputy"}),
        ("akimat chancery", "head", {"akimat chancery", "akim"}),
        ("quality chancery", "", {"quality chancery", "quality official"}),
    ],
)
def test_the_chancery_and_the_addressee_see_it_and_nobody_else(
    people: dict[str, Staff], at: str, against: str, who: set[str]
) -> None:
    assert seeing(people, complaint(people, at, against)) == who


@pytest.mark.parametrize("against", ["", "head", "deputy", "specialist"])
@pytest.mark.parametrize("has_order", [True, False])
@pytest.mark.parametrize("given_to", ["", "deputy", "specialist", "head"])
def test_a_list_shows_what_the_rule_lets_see(
    people: dict[str, Staff], against: str, has_order: bool, given_to: str
) -> None:
    about = complaint(people, against=against)
    if has_order:
        world.by_order(people["deputy"], starts_on=TODAY, ends_on=TODAY)
    if given_to:
        Complaint.objects.filter(pk=about.pk).update(assigned_to=people[given_to])
        about.refresh_from_db()

    listed = {
        name for name, staff in people.items() if Complaint.objects.visible_to(staff, on=TODAY).exists()
    }

    assert listed == seeing(people, about)
    assert against not in listed


def test_a_deputy_by_order_stands_for_the_head_unless_he_is_complained_of(people: dict[str, Staff]) -> None:
    about_nobody, about_him = complaint(people), complaint(people, against="deputy")
    before = is_addressee(people["deputy"], about_nobody, on=TODAY)
    world.by_order(people["deputy"], starts_on=TODAY, ends_on=TODAY)

    assert [before, is_addressee(people["deputy"], about_nobody, on=TODAY)] == [False, True]
    assert not is_addressee(people["deputy"], about_him, on=TODAY)


def test_nobody_complained_of_or_under_him_may_consider(people: dict[str, Staff]) -> None:
    """R10.1-c."""
    about_head = complaint(people, against="head")

    assert {name for name, staff in people.items() if may_consider(staff, about_head)} == {"deputy"}
    assert {name for name, staff in people.items() if may_consider(staff, complaint(people))} == {
        "head",
        "deputy",
        "specialist",
    }


def test_the_chancery_officer_complained_of_does_not_register_it(people: dict[str, Staff]) -> None:
    other = Staff.objects.create(
        role=Role.CHANCERY,
        office=people["chancery"].office,
        place=people["chancery"].place,
        surname="Ә",
        given_name="Б",
    )
    about = complaint({**people, "other": other}, at="other", against="chancery")

    assert seeing({**people, "other": other}, about) == {"other", "head"}
