"""Every address has an access rule, and the table of pages and roles is the one that was agreed.

A page that is new or open to others changes the table: `pytest tests/house/test_pages.py --snapshot-update`
writes it anew, and the change is read like code.
"""

from collections.abc import Iterator
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.cache import SessionStore
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, path

from joldama.people.models import Account, Office, Person, Place, Staff
from joldama.standard.roles import Role
from joldama.ui.pages import ANYONE, RULES, Access
from tests.house.tree import assert_none

# Addresses that are no pages of ours, and why they need no rule.
NO_PAGES = {
    "healthz": "says that the process lives",
    "set_language": "Django's own; changes a cookie",
}


def names(resolver: URLResolver, room: str = "") -> Iterator[str]:
    """Give the qualified name of every address, or its route where it has none."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from names(entry, f"{entry.namespace}:" if entry.namespace else room)
        elif isinstance(entry, URLPattern):
            yield f"{room}{entry.name or entry.pattern}"


def rules() -> dict[str, Access]:
    """Return the rule of each page; they are filled in as the addresses are read."""
    assert list(names(get_resolver()))
    return RULES


def visitors() -> dict[str, Account | AnonymousUser]:
    """Return one of each who may come in; none of them stands in the database."""
    office = Office(id=uuid4(), code="АСТ")
    place = Place(id=uuid4(), office=office)
    officials = {
        str(role): Account(staff=Staff(role=role, office=office, place=place), username=role) for role in Role
    }
    return {"stranger": AnonymousUser(), "person": Account(person=Person(), username="person"), **officials}


def passes(access: Access, visitor: Account | AnonymousUser) -> bool:
    request = RequestFactory().get("/")
    request.user = visitor
    request.session = SessionStore()
    return access.allows(request)


def page_roles() -> str:
    who = visitors()
    lines = []
    for page, access in sorted(rules().items()):
        allowed = [name for name, visitor in who.items() if passes(access, visitor)]
        said = "everybody" if len(allowed) == len(who) else ", ".join(allowed)
        lines.append(f"{page:<32}{access.name:<20}{said}".rstrip())
    return "\n".join(lines)


def test_every_address_has_an_access_rule():
    lawless = [name for name in names(get_resolver()) if name not in rules() and name not in NO_PAGES]

    assert_none(lawless, "Declare these with joldama.ui.pages.page(), or say why they are no pages:")


def test_every_rule_belongs_to_an_address():
    assert set(rules()) - set(names(get_resolver())) == set()


def test_an_address_without_a_rule_is_seen():
    def view(request): ...

    assert list(names(URLResolver(get_resolver().pattern, [path("back-door/", view, name="back-door")]))) == [
        "back-door"
    ]


def test_the_table_of_pages_and_roles_is_the_one_that_was_agreed(db, snapshot):
    assert page_roles() == snapshot


def test_what_is_open_to_everybody_says_so():
    who = visitors().values()

    disguised = [
        page
        for page, access in rules().items()
        if access is not ANYONE and all(passes(access, visitor) for visitor in who)
    ]

    assert disguised == []
