"""Many ask about referrals from one network at the same instant: ten are answered (A33)."""

from datetime import UTC, datetime

from joldama.procedures.refusing import NotYet
from joldama.procedures.verify import MOST_TRIES, verify
from joldama.referrals.models import VerificationTry
from joldama.referrals.verification import Standing
from tests.stories.test_waiting_line_at_once import at_once

AT = datetime(2026, 3, 26, 5, 0, tzinfo=UTC)


def test_of_sixteen_at_once_ten_are_answered(database: str) -> None:
    def tried() -> str:
        try:
            said = verify(
                "АСТ-Ж-2026-000187", issued_on=AT.date(), code="AAAAAAAA", network="203.0.113.7", at=AT
            )
        except NotYet as refused:
            return refused.key
        return said.standing

    answers = at_once(*[tried] * 16)

    assert sorted(answers) == [Standing.NOT_OURS] * MOST_TRIES + ["error.too_many"] * (16 - MOST_TRIES)
    assert VerificationTry.objects.count() == MOST_TRIES
