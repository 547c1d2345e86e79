"""Writes persons and accounts; locks officials."""

from dataclasses import asdict
from datetime import date

from joldama.people.models import Account, Person, Staff
from joldama.people.queries import IIN
from joldama.standard.documents import Holder
from joldama.standard.names import PersonName
from joldama.vault.cipher import blind


def remember_person(
    iin: str, *, name: PersonName, born_on: date | None = None, language: str = "kk"
) -> Person:
    """Find or make the person with this number; what was known of him stays as it is."""
    person, _ = Person.objects.get_or_create(
        iin_index=blind(IIN, iin),
        defaults={
            "iin": iin,
            "stated_name": asdict(name),
            "born_on": born_on.isoformat() if born_on else None,
            "language": language,
        },
    )
    return person


def account_of(person: Person) -> Account:
    """Find or make the account by which a person signs in with his EDS; it has no password."""
    account = Account.objects.filter(person=person).first()
    if account is None:
        account = Account(person=person, username=str(person.id))
        account.set_unusable_password()
        account.save()
    return account


def end_sessions(person: Person) -> None:
    """End every session of a person: he comes in again by signing in anew."""
    account = account_of(person)
    account.set_unusable_password()  # sessions are bound to what stands there
    account.save(update_fields=["password"])


def remember_register_facts(
    person: Person, *, name: PersonName, born_on: date | None, holder: Holder | None
) -> None:
    """Take over what the state register says of the person (¶9: the register's word prevails)."""
    person.stated_name = asdict(name)
    person.born_on = born_on.isoformat() if born_on else None
    person.holder = holder
    person.save(update_fields=["stated_name", "born_on", "holder"])


def lock(staff: Staff) -> None:
    """Have what this official does at once in several windows wait for one another, until the transaction ends."""
    Staff.objects.select_for_update(of=("self",)).only("pk").get(pk=staff.pk)
