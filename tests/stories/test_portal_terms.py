"""S30-S41, S43, S44: when a portal application is accepted and due, said on its page (¶4.1, ¶8.2, A4)."""

from zoneinfo import ZoneInfo

import pytest

from tests.stories.town import Town, wall

AT_ONCE, LATER = "REGISTERED", "SUBMITTED"

# scenario, moment, state at once, accepted, due
STORIES = [
    ("S30", "2015-09-14 10:00", AT_ONCE, "2015-09-14 10:00:00", "2015-09-15 17:30:00"),
    ("S31", "2015-09-14 13:30", AT_ONCE, "2015-09-14 13:30:00", "2015-09-15 17:30:00"),
    ("S32", "2015-09-14 17:29:59", AT_ONCE, "2015-09-14 17:29:59", "2015-09-15 17:30:00"),
    ("S32", "2015-09-14 17:30:00", LATER, "2015-09-15 09:00:00", "2015-09-15 17:30:00"),
    ("S32", "2015-09-14 20:00", LATER, "2015-09-15 09:00:00", "2015-09-15 17:30:00"),
    ("S33", "2015-09-15 03:00", LATER, "2015-09-15 09:00:00", "2015-09-15 17:30:00"),
    ("S33", "2015-09-15 08:59", LATER, "2015-09-15 09:00:00", "2015-09-15 17:30:00"),
    ("S33", "2015-09-15 09:00", AT_ONCE, "2015-09-15 09:00:00", "2015-09-16 17:30:00"),
    ("S34", "2015-09-18 18:00", LATER, "2015-09-21 09:00:00", "2015-09-21 17:30:00"),
    ("S34", "2015-09-19 12:00", LATER, "2015-09-21 09:00:00", "2015-09-21 17:30:00"),
    ("S34", "2015-09-20 23:59", LATER, "2015-09-21 09:00:00", "2015-09-21 17:30:00"),
    ("S35", "2015-09-23 10:00", AT_ONCE, "2015-09-23 10:00:00", "2015-09-25 17:30:00"),
    ("S35", "2015-09-23 18:00", LATER, "2015-09-25 09:00:00", "2015-09-25 17:30:00"),
    ("S35", "2015-09-24 11:00", LATER, "2015-09-25 09:00:00", "2015-09-25 17:30:00"),
    ("S36", "2026-03-20 11:00", AT_ONCE, "2026-03-20 11:00:00", "2026-03-26 17:30:00"),
    ("S36", "2026-03-20 18:00", LATER, "2026-03-26 09:00:00", "2026-03-26 17:30:00"),
    ("S36", "2026-03-25 23:59", LATER, "2026-03-26 09:00:00", "2026-03-26 17:30:00"),
    ("S37", "2024-05-03 10:00", AT_ONCE, "2024-05-03 10:00:00", "2024-05-04 17:30:00"),
    ("S37", "2024-05-03 19:00", LATER, "2024-05-04 09:00:00", "2024-05-04 17:30:00"),
    ("S38", "2025-01-02 12:00", LATER, "2025-01-05 09:00:00", "2025-01-05 17:30:00"),
    ("S38", "2025-01-05 10:00", AT_ONCE, "2025-01-05 10:00:00", "2025-01-06 17:30:00"),
    ("S38", "2025-01-06 10:00", AT_ONCE, "2025-01-06 10:00:00", "2025-01-08 17:30:00"),
    ("S39", "2024-06-16 10:00", LATER, "2024-06-17 09:00:00", "2024-06-17 17:30:00"),
    ("S40", "2026-08-28 18:00", LATER, "2026-08-31 09:00:00", "2026-08-31 17:30:00"),
    ("S41", "2018-12-28 18:00", LATER, "2018-12-29 09:00:00", "2018-12-29 17:30:00"),
    ("S41", "2018-12-29 10:00", AT_ONCE, "2018-12-29 10:00:00", "2019-01-03 17:30:00"),
]


@pytest.mark.parametrize(("scenario", "moment", "state", "accepted", "due"), STORIES)
def test_an_application_is_accepted_and_due_by_the_calendar(
    town: Town, scenario: str, moment: str, state: str, accepted: str, due: str
) -> None:
    """R8.2-a, R8.2-c"""
    town.at(moment)

    application = town.apply()

    assert (application.state, wall(application.accepted_at), wall(application.due_at)) == (
        state,
        accepted,
        due,
    )
    assert wall(application.submitted_at) == f"{moment}:00"[:19]
    assert f"{int(due[11:13])}:{due[14:16]}" in town.account_page(application)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2015-09-14 20:00", "it will be registered at 9:00 on 15 September 2015"),
        ("2015-09-19 12:00", "it will be registered at 9:00 on 21 September 2015"),
        ("2015-09-24 11:00", "it will be registered at 9:00 on 25 September 2015"),
    ],
)
def test_out_of_hours_the_person_is_told_at_once_when_it_will_be_accepted(
    town: Town, moment: str, told: str
) -> None:
    """R8.2-c"""
    town.at(moment)
    application = town.apply()

    receipt = town.page_of(application, "portal:receipt", "en")

    assert told in receipt
    assert application.due_at.date() == application.accepted_at.date()


def test_s32_an_evening_application_is_registered_by_the_sweep_at_the_opening(town: Town) -> None:
    town.at("2015-09-14 20:00")
    application = town.apply()

    town.at("2015-09-15 08:59:59")
    town.sweep()
    application.refresh_from_db()
    assert (application.state, application.number) == ("SUBMITTED", None)

    town.at("2015-09-15 09:00:07")
    town.sweep()
    application.refresh_from_db()
    assert (application.state, application.number) == ("REGISTERED", "АСТ-2015-000001")
    assert wall(application.registered_at) == "2015-09-15 09:00:07"
    assert wall(application.accepted_at) == "2015-09-15 09:00:00"
    assert wall(application.due_at) == "2015-09-15 17:30:00"


@pytest.mark.parametrize(
    ("scenario", "moment", "office", "zone", "state", "due"),
    [
        ("S43", "2015-09-14 12:00", "aktau", "Asia/Aqtau", AT_ONCE, "2015-09-15 17:30:00"),
        ("S43", "2015-09-14 12:00", "almaty", "Asia/Almaty", LATER, "2015-09-15 17:30:00"),
        ("S44", "2024-02-29 12:00", "almaty", "Asia/Almaty", LATER, "2024-03-01 17:30:00"),
        ("S44", "2024-03-01 12:00", "almaty", "Asia/Almaty", AT_ONCE, "2024-03-04 17:30:00"),
    ],
)
def test_one_instant_is_reckoned_by_the_wall_clock_of_the_place(
    town: Town, scenario: str, moment: str, office: str, zone: str, state: str, due: str
) -> None:
    town.at(moment, zone="UTC")

    application = town.apply(office=office)

    assert (application.state, wall(application.due_at, ZoneInfo(zone))) == (state, due)
