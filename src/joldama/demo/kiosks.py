"""A kiosk in the hall of every demonstration office, whose secret everybody may know."""

from datetime import datetime

from django.db import transaction

from joldama.demo.people import demo_people
from joldama.people.models import Place, Staff
from joldama.procedures.kiosks import CODE_LASTS
from joldama.reception import enrolment
from joldama.standard.kiosks import KioskPaper
from joldama.standard.roles import Role

NAME = "1-қабат"


def secret_of(office: str) -> str:
    """Give the secret of the kiosk of an office, by its slug: it opens a demonstration only."""
    return f"demo-kiosk-{office}"


@transaction.atomic
def remember_kiosks(*, at: datetime) -> None:
    """Set up a kiosk at each provider's place that never had one."""
    for office in demo_people().providers:
        place = Place.objects.select_related("office").get(office__code=office.code)
        if place.kiosks.exists():
            continue
        head = Staff.objects.filter(office=place.office, role=Role.HEAD).earliest("id")
        kiosk, _code = enrolment.make(
            place, name=NAME, paper=KioskPaper.ROLL, code_until=at + CODE_LASTS, by=head, at=at
        )
        enrolment.know_by(kiosk, secret_of(office.slug), at=at)
