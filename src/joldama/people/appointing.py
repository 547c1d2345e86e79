"""Writes officials: who they are, their role, the orders of deputies, the day from which one has left."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from joldama.journal.actors import Actor
from joldama.journal.operations import record
from joldama.people.establishing import change
from joldama.people.models import Account, Deputising, Place, Staff
from joldama.people.queries import IIN
from joldama.standard.names import PersonName
from joldama.standard.roles import Role
from joldama.vault.cipher import blind
from joldama.vault.fields import closed


@dataclass(frozen=True, kw_only=True)
class Post:
    """An official as he is appointed; `place` is None for roles that belong to no office, `iin` where not known."""

    name: PersonName
    role: Role
    place: Place | None
    position_kk: str
    position_ru: str
    position_en: str
    iin: str | None


def appoint(post: Post, *, login: str, by: Actor, at: datetime) -> Account:
    """Enter an official with an account that has no password yet."""
    staff = Staff(**_columns(post))
    if post.iin:
        staff.iin, staff.iin_index = post.iin, blind(IIN, post.iin)
    staff.save(force_insert=True)
    account = Account(username=login, staff=staff)
    account.set_unusable_password()
    account.save()
    record("staff.entered", subject=staff.pk, office=staff.office_id, by=by, at=at, role=post.role)
    return account


def change_post(staff: Staff, post: Post, *, version: int, by: Actor, at: datetime) -> None:
    """Change an official; without a number in `post` the known one stays. Raise ChangedMeanwhile."""
    columns = _columns(post)
    if post.iin:
        columns |= {"iin": closed(staff, "iin", post.iin), "iin_index": blind(IIN, post.iin)}
    change(staff, version=version, **columns)
    record(
        "staff.changed",
        subject=staff.pk,
        office=columns["office_id"],
        by=by,
        at=at,
        role=post.role,
        role_before=staff.role,
    )


def set_leaving(staff: Staff, *, left_on: date | None, version: int, by: Actor, at: datetime) -> None:
    """Set the day from which the official has left, or take it back with None. Raise ChangedMeanwhile."""
    change(staff, version=version, left_on=left_on)
    if left_on:
        record(
            "staff.leaves",
            subject=staff.pk,
            office=staff.office_id,
            by=by,
            at=at,
            left_on=left_on.isoformat(),
        )
    else:
        record("staff.stays", subject=staff.pk, office=staff.office_id, by=by, at=at)


def end_sessions(account: Account, *, at: datetime) -> None:
    """End every session of an account."""
    Account.objects.filter(pk=account.pk).update(sessions_ended_at=at)


def enter_order(
    staff: Staff, *, starts_on: date, ends_on: date, order: str, by: Actor, at: datetime
) -> Deputising:
    """Enter an order by which a deputy stands for the head; the same one entered twice is one."""
    made, is_new = Deputising.objects.get_or_create(
        staff=staff, starts_on=starts_on, ends_on=ends_on, order=order, called_off_at=None
    )
    if is_new:
        record("deputising.entered", subject=staff.pk, office=staff.office_id, by=by, at=at)
    return made


def call_off_order(order: Deputising, *, by: Actor, at: datetime) -> bool:
    """Take an order its force from now on; say whether it still had any."""
    changed = Deputising.objects.filter(pk=order.pk, called_off_at=None).update(
        called_off_at=at, called_off_by=by.id
    )
    if changed:
        record("deputising.called_off", subject=order.staff_id, office=order.staff.office_id, by=by, at=at)
    return bool(changed)


def _columns(post: Post) -> dict[str, Any]:
    return {
        "surname": post.name.surname,
        "given_name": post.name.given_name,
        "patronymic": post.name.patronymic,
        "role": post.role,
        "place_id": post.place.pk if post.place else None,
        "office_id": post.place.office_id if post.place else None,
        "position_kk": post.position_kk,
        "position_ru": post.position_ru,
        "position_en": post.position_en,
    }
