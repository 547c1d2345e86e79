"""What this installation believes, and since when."""

from tests.factories import pki, world
from tests.factories.steps import MONDAY_TEN

from joldama.signatures.judging import judge_person
from joldama.signatures.models import Anchor, Status

IIN = "900115267840"


def test_an_anchor_that_is_taken_away_is_believed_no_longer_at_once(db: None) -> None:
    world.trust_at(MONDAY_TEN)
    cms = pki.person(IIN).sign(b"<paper/>", at=MONDAY_TEN)
    believed = judge_person(cms, at=MONDAY_TEN)

    Anchor.objects.all().delete()

    assert believed.status == Status.PASSED
    assert judge_person(cms, at=MONDAY_TEN).status != Status.PASSED
