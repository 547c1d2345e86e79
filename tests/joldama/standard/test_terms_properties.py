"""What holds of every term, whatever the moment."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from govkz.workdays import published, reception_of
from joldama.standard import terms
from joldama.standard.figures import FIGURES_2015_04_28
from joldama.standard.terms import ComplaintAddressee, ComplaintChannel

CALENDAR = published()
ZONES = ["Asia/Almaty", "Asia/Aqtau", "Asia/Qyzylorda", "Asia/Oral"]

UNHURRIED = settings(deadline=None)
zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.datetimes(datetime(2015, 1, 2), datetime(2027, 11, 25), timezones=st.just(UTC))  # noqa: DTZ001


@UNHURRIED
@given(moments, moments, zones)
def test_no_later_portal_submission_gets_an_earlier_due_time(one, other, zone):
    earlier, later = (terms.portal(at, zone=zone, calendar=CALENDAR) for at in sorted((one, other)))

    assert earlier.due_at <= later.due_at
    assert earlier.accepted_at <= later.accepted_at


@UNHURRIED
@given(moments, st.timedeltas(timedelta(), timedelta(hours=20)), zones)
def test_no_portal_submission_soon_after_another_gets_an_earlier_due_time(at, gap, zone):
    earlier, later = (terms.portal(moment, zone=zone, calendar=CALENDAR) for moment in (at, at + gap))

    assert earlier.due_at <= later.due_at


@UNHURRIED
@given(moments, st.integers(0, 99), zones)
def test_a_counter_term_is_due_in_reception_time_30_reception_minutes_later(some_moment, hundredth, zone):
    span = reception_of(CALENDAR, FIGURES_2015_04_28.hours, zone).span_from(some_moment)
    at = span.opens_at + (span.closes_at - span.opens_at) * hundredth // 100
    reception = reception_of(CALENDAR, FIGURES_2015_04_28.hours, zone)

    due_at = terms.counter(at, zone=zone, calendar=CALENDAR).due_at

    spans = reception.spans(reception.local_date(due_at))
    assert any(span.opens_at < due_at <= span.closes_at for span in spans)
    assert reception.between(at, due_at) == timedelta(minutes=30)


@UNHURRIED
@given(moments, zones, st.sampled_from(ComplaintAddressee), st.sampled_from(["post", "portal"]))
def test_an_answer_is_due_after_registration_and_after_its_target(at, zone, addressee, channel):
    term = terms.complaint(
        addressee, at, channel=ComplaintChannel(channel), zone=zone, calendar=CALENDAR, explain=False
    )

    assert at <= term.accepted_at < term.target_at < term.due_at


@UNHURRIED
@given(moments, zones)
def test_the_steps_do_not_change_the_term(at, zone):
    explained = terms.portal(at, zone=zone, calendar=CALENDAR)
    bare = terms.portal(at, zone=zone, calendar=CALENDAR, explain=False)

    assert (explained.accepted_at, explained.due_at) == (bare.accepted_at, bare.due_at)
