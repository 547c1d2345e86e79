"""A decision of the portal that may still be recalled: the minutes are a setting, which no page changes."""

from tests.stories.browser.hand import OFFICE
from tests.stories.browser.house import House

_HOURS = 12
"""Longer than any installation holds one back, so that the time lasts while pages are looked at."""

_SIGN = """
from datetime import timedelta
from pathlib import Path
from django.conf import settings
from govkz.eds.keep import Keep
from joldama.cases.models import Application, Recall
from joldama.installation.clock import now
from joldama.people.models import Staff
from joldama.procedures import decide
settings.JOLDAMA_RECALL_MINUTES = 10
head = Staff.objects.get(account__username={login!r})
case = Application.objects.get(pk={case!r})
read = decide.render(case, by=head, at=now()).document
key = Keep(Path({folder!r})).load_identity({key!r})
decide.sign(case, key.sign(read, at=now()), by=head, at=now())
held = Recall.objects.get(decision__application=case.pk, ended_at=None)
Recall.objects.filter(pk=held.pk).update(until_at=held.until_at + timedelta(hours={hours}))
"""


def hold_back(house: House, case: str) -> None:
    """Have the head sign the draft of a case as where decisions are held back."""
    house.behind(
        _SIGN.format(
            login=f"{OFFICE}.head",
            key=f"{OFFICE}-head",
            case=case,
            folder=str(house.home / "demo-pki"),
            hours=_HOURS,
        )
    )
