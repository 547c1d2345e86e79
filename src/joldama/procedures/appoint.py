"""An administrator appoints officials, changes their posts, enters orders of deputies and the day one leaves.

Nobody raises himself: his own post is changed by another administrator. One administrator always stays.
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from joldama.people import appointing
from joldama.people.appointing import Post
from joldama.people.models import Account, Deputising, Staff
from joldama.people.queries import serving_administrators
from joldama.people.rules import WITHOUT_OFFICE
from joldama.procedures.administer import Barred, require_administrator
from joldama.standard.roles import Role


@transaction.atomic
def appoint(post: Post, *, login: str, by: Staff, at: datetime) -> Account:
    """Appoint an official; he cannot sign in before an invitation. Appointed twice, he is one.

    Raise NotAllowed, Barred.
    """
    require_administrator(by)
    _belongs_where_its_role_does(post)
    known = Account.objects.filter(username=login).select_related("staff").first()
    if (
        known is not None
        and known.staff is not None
        and (known.staff.name, known.staff.role) == (post.name, post.role)
    ):
        return known
    if known is not None:
        raise Barred("error.login_taken")
    try:
        with transaction.atomic():
            return appointing.appoint(post, login=login, by=by.actor, at=at)
    except IntegrityError as error:  # somebody took it in this very moment
        raise Barred("error.login_taken") from error


@transaction.atomic
def change_post(staff: Staff, post: Post, *, version: int, by: Staff, at: datetime) -> None:
    """Change a post as it was shown; raise NotAllowed, Barred, ChangedMeanwhile."""
    require_administrator(by)
    if staff.pk == by.pk:
        raise Barred("error.own_post")
    _belongs_where_its_role_does(post)
    if post.role != Role.ADMINISTRATOR:
        _somebody_else_administers(staff)
    appointing.change_post(staff, post, version=version, by=by.actor, at=at)


@transaction.atomic
def set_leaving(staff: Staff, *, left_on: date, today: date, version: int, by: Staff, at: datetime) -> None:
    """Set the day from which an official has left; sessions end with it, at once where it has come.

    `today` is the local day at his place. Raise NotAllowed, Barred, ChangedMeanwhile.
    """
    require_administrator(by)
    _somebody_else_administers(staff)
    appointing.set_leaving(staff, left_on=left_on, version=version, by=by.actor, at=at)
    account = Account.objects.filter(staff=staff).first()
    if account and left_on <= today:
        appointing.end_sessions(account, at=at)


@transaction.atomic
def take_leaving_back(staff: Staff, *, version: int, by: Staff, at: datetime) -> None:
    """Take the day of leaving back; he signs in with what he had. Raise NotAllowed, Barred, ChangedMeanwhile."""
    require_administrator(by)
    if staff.pk == by.pk:
        raise Barred("error.own_post")
    appointing.set_leaving(staff, left_on=None, version=version, by=by.actor, at=at)


@transaction.atomic
def enter_order(
    staff: Staff, *, starts_on: date, ends_on: date, order: str, by: Staff, at: datetime
) -> Deputising:
    """Enter an order by which a deputy signs for the head (A36); raise NotAllowed, Barred."""
    require_administrator(by)
    if staff.role != Role.DEPUTY:
        raise Barred("error.no_deputy")
    if ends_on < starts_on:
        raise Barred("error.dates_reversed")
    return appointing.enter_order(
        staff, starts_on=starts_on, ends_on=ends_on, order=order, by=by.actor, at=at
    )


@transaction.atomic
def call_off_order(order: Deputising, *, by: Staff, at: datetime) -> bool:
    """Take an order its force from now on; say whether it still had any. Raise NotAllowed."""
    require_administrator(by)
    return appointing.call_off_order(order, by=by.actor, at=at)


def _belongs_where_its_role_does(post: Post) -> None:
    if (post.role in WITHOUT_OFFICE) != (post.place is None):
        raise Barred("error.post_without_place" if post.place is None else "error.post_with_place")


def _somebody_else_administers(staff: Staff) -> None:
    """Lock the administrators, so that of two who take each other away the later one is refused."""
    serving = list(serving_administrators().select_for_update())
    if staff.pk in {one.pk for one in serving} and len(serving) == 1:
        raise Barred("error.last_administrator")
