"""Working days and reception time in Kazakhstan: which day is worked, and when an office is open."""

from govkz.workdays.calendar import (
    CalendarFault,
    Day,
    DayKind,
    OutsideCalendar,
    WorkingCalendar,
)
from govkz.workdays.reception import Hours, NaiveMoment, Reception, Span, reception_of
from govkz.workdays.tables import published
from govkz.workdays.zones import StaleZones, UnknownZone, zone_named

__all__ = [
    "CalendarFault",
    "Day",
    "DayKind",
    "Hours",
    "NaiveMoment",
    "OutsideCalendar",
    "Reception",
    "Span",
    "StaleZones",
    "UnknownZone",
    "WorkingCalendar",
    "published",
    "reception_of",
    "zone_named",
]
