"""S50-S56: when the answer to a complaint is due (R10.4-a, R10.4-b, R10.8-a); S28: a referral's validity."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from govkz.workdays import published
from joldama.standard import terms
from joldama.standard.editions import current
from joldama.standard.kinds import ResultKind
from joldama.standard.terms import Closed, ComplaintAddressee, ComplaintChannel

ALMATY = ZoneInfo("Asia/Almaty")
CALENDAR = published()
REFERRAL = current().declared(ResultKind.JOB_PLACEMENT)
HEAD, AKIM, QUALITY = ComplaintAddressee
HAND, POST, PORTAL = ComplaintChannel


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


def complaint(addressee, moment, channel):
    return terms.complaint(addressee, at(moment), channel=channel, zone=ALMATY, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("scenario", "addressee", "channel", "arrived", "due"),
    [
        ("S50", HEAD, HAND, "2015-10-05T11:00", "2015-10-12T17:30"),
        ("S51", AKIM, POST, "2015-10-12T11:00", "2015-10-19T17:30"),
        ("S52", HEAD, HAND, "2015-09-17T11:00", "2015-09-25T17:30"),
        ("S52", HEAD, HAND, "2015-09-18T11:00", "2015-09-28T17:30"),
        ("S53", AKIM, HAND, "2015-12-11T11:00", "2015-12-22T17:30"),
        ("S53", AKIM, HAND, "2015-11-27T11:00", "2015-12-07T17:30"),
        ("S54", HEAD, PORTAL, "2026-03-21T12:00", "2026-04-02T17:30"),
        ("S55", QUALITY, HAND, "2015-09-14T11:00", "2015-10-06T17:30"),
        ("S55", QUALITY, HAND, "2026-03-18T11:00", "2026-04-13T17:30"),
        ("S55", QUALITY, HAND, "2015-12-11T11:00", "2016-01-08T17:30"),
        ("S56", HEAD, HAND, "2024-04-26T11:00", "2024-05-04T17:30"),
        ("S56", HEAD, HAND, "2024-04-30T11:00", "2024-05-10T17:30"),
    ],
)
def test_an_answer_is_due_at_closing_time_of_the_last_business_day(
    scenario, addressee, channel, arrived, due
):
    term = complaint(addressee, arrived, channel)

    assert (term.due_at, term.due_at.tzinfo) == (at(due), UTC)


@pytest.mark.parametrize(("addressee", "basis"), [(HEAD, ("10.4",)), (AKIM, ("10.4",)), (QUALITY, ("10.8",))])
def test_an_answer_names_the_part_of_point_10_it_follows(addressee, basis):
    assert complaint(addressee, "2015-10-05T11:00", HAND).basis == basis


def test_the_target_counts_the_day_of_registration_too_as_s50_says():
    assert complaint(HEAD, "2015-10-05T11:00", HAND).target_at == at("2015-10-09T17:30")


@pytest.mark.parametrize(
    ("channel", "arrived", "registered"),
    [
        (PORTAL, "2026-03-21T12:00", "2026-03-26T09:00"),
        (PORTAL, "2026-03-20T13:30", "2026-03-20T13:30"),
        (PORTAL, "2026-03-20T17:30", "2026-03-26T09:00"),
        (PORTAL, "2026-03-20T08:00", "2026-03-20T09:00"),
        (POST, "2026-03-20T13:30", "2026-03-20T14:30"),
        (POST, "2026-03-20T18:00", "2026-03-26T09:00"),
        (POST, "2026-03-21T12:00", "2026-03-26T09:00"),
        (HAND, "2026-03-20T17:29:59", "2026-03-20T17:29:59"),
    ],
)
def test_a_complaint_is_registered_when_its_channel_allows(channel, arrived, registered):
    assert complaint(HEAD, arrived, channel).accepted_at == at(registered)


@pytest.mark.parametrize("moment", ["2026-03-21T12:00", "2026-03-20T13:30", "2026-03-20T17:30"])
def test_a_complaint_by_hand_out_of_hours_finds_the_chancery_closed(moment):
    with pytest.raises(Closed):
        complaint(AKIM, moment, HAND)


@pytest.mark.parametrize(
    ("issued", "valid_until"),
    [(date(2015, 9, 15), date(2015, 9, 22)), (date(2026, 3, 18), date(2026, 3, 30))],
)
def test_a_referral_is_valid_for_five_business_days_as_s28_says(issued, valid_until):
    assert terms.validity(issued, REFERRAL, calendar=CALENDAR).valid_until_on == valid_until
