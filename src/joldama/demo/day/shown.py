"""`joldama demo --day`: plays a virtual day against the servers, and shows what it proves."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from joldama.demo.day.judge import Judgement, judge
from joldama.demo.day.over_http import Desks
from joldama.demo.day.play import play
from joldama.demo.day.script import script
from joldama.demo.entering import until
from joldama.demo.guided import Steps
from joldama.demo.people import demo_people
from joldama.demo.pki import prepare_pki, remember_trust
from joldama.demo.prepare import pki_folder
from joldama.demo.signer.clock import tell_signer
from joldama.installation.clock import now
from joldama.installation.models import Installation
from joldama.journal.models import Event
from joldama.people.models import Place
from joldama.procedures.line_proof import Outcome, prove_line
from joldama.procedures.reckoning import calendar, opens_at
from joldama.standard.words import say

PEOPLE = 90
SEALED_WITHIN = 120.0
"""Seconds within which the worker has sealed and signed the last event of the day."""

BEFORE_OPENING = timedelta(minutes=10)


def show(*, base_url: str, seed: int) -> bool:
    """Play a day of the first office; print figures and faults, and say whether it holds. Raises Unexpected."""
    steps = Steps()
    office = demo_people().providers[0]
    place = Place.objects.select_related("office").get(office__code=office.code)
    on = _next_day(place)
    morning = _opening(place, on) - BEFORE_OPENING
    _begin(morning)
    steps.part(f"A day at the counter of {place.office.en}: {on:%A, %d %B %Y}, seed {seed}, {PEOPLE} people")
    with Desks(base_url, office, place) as desks:
        steps.done("three clerks and the head signed in, the kiosk stands in the hall")
        seen = play(script(seed, people=PEOPLE), desks, place=place, on=on)
        steps.done("played: kiosk, calls, six kinds, wrong documents, breaks, lunch, closing")
    judged = judge(seen)
    steps.done("judged by a second reckoning")
    until(lambda: prove_line(place, on).outcome is not Outcome.NOT_PROVABLE, patience=SEALED_WITHIN)
    proof = prove_line(place, on)
    steps.done(f"the order derived from the sealed journal, {proof.rows} events")
    Installation.objects.filter(is_demo=True).update(clock_offset=now() - datetime.now(UTC))
    for line in (*_lines(judged), say(proof.outcome.text_key, "en")):
        print(f"  {line}", flush=True)
    return not judged.faults and proof.outcome is Outcome.PROVED


def _next_day(place: Place) -> date:
    """Choose the first working day after everything that has happened here."""
    latest = Event.objects.order_by("-at").values_list("at", flat=True).first() or now()
    return calendar().next_working_day(max(latest, now()).astimezone(place.zone).date())


def _opening(place: Place, on: date) -> datetime:
    midnight = datetime(on.year, on.month, on.day, tzinfo=place.zone)
    opening = opens_at(place, midnight)
    assert opening is not None
    return opening


def _begin(morning: datetime) -> None:
    """Set the clock to a morning, with trust that is fresh then."""
    tell_signer(Path(settings.DATA), offset=morning - datetime.now(UTC))
    remember_trust(prepare_pki(pki_folder(), at=morning), at=morning)


def _lines(judged: Judgement) -> list[str]:
    return [
        f"tickets {judged.tickets}: called {judged.called}, of them did not come {judged.no_shows}; "
        f"closed at the end {judged.closed}; turned away out of hours {judged.turned_away}",
        f"referrals handed over: {judged.cases}",
        f"waits: median {_minutes(judged.wait_median)}, longest {_minutes(judged.wait_longest)}, "
        f"over 30 minutes {judged.waits_breached}; servings over 30 minutes {judged.servings_breached}",
        f"called in the range they were told: {judged.held} of {judged.told}; "
        f"of those who waited over a minute {judged.held_of_waiting} of {judged.waiting}",
        *(f"WRONG: {fault}" for fault in judged.faults),
        "the order of calls is the order of tickets, nobody is lost or doubled, every clock is right"
        if not judged.faults
        else "this day does not hold",
    ]


def _minutes(of: timedelta) -> str:
    minutes, seconds = divmod(round(of.total_seconds()), 60)
    return f"{minutes}:{seconds:02}"
