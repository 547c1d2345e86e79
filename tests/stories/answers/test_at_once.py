"""However many come at once: wrong codes lock a code, a right one answers once, an answer in time counts (S28)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from threading import Event as Signal

import pytest
from django.db import connection, transaction

from govkz.eds import Role
from joldama.journal.models import Event
from joldama.openings.operations import confirm_contact
from joldama.procedures import issue, letters, reply, reply_signed
from joldama.procedures.expire import expire_referrals
from joldama.procedures.reply import CodeOver, WrongCode
from joldama.procedures.slip import Slip
from joldama.referrals.models import Referral, Reply, ReplyCode
from tests.factories import openings, pki, world
from tests.factories.steps import FIELDS, MONDAY_TEN, drafted, sealed, signed, walked_in
from tests.factories.world import World
from tests.stories.answers.receiver import DIRECTOR
from tests.stories.test_waiting_line_at_once import in_a_thread, waits_for_the_row

AT_ONCE = 8
PATIENCE = 30
NO_SHOW = Slip(answer=Referral.Answer.NO_SHOW, answered_on=date(2015, 9, 14))


@pytest.fixture
def code(database: str) -> ReplyCode:
    """The open code of a referral in somebody's hand, in a database to which everybody commits."""
    world.demo_installation()
    world.trust_at(MONDAY_TEN)
    at_world = world.office("astana")
    confirm_contact(
        openings.organisation(at_world, number=FIELDS["bin"]),
        name="Дәулетова Сәуле",
        email="kadr@zhol.example",
        language="kk",
        by=at_world.specialist,
        at=MONDAY_TEN,
    )
    handed_over(at_world)
    return ReplyCode.objects.get()


def handed_over(at_world: World) -> None:
    application = walked_in(at_world)
    drafted(at_world, application)
    decision = signed(at_world, application)
    sealed(decision)
    application.refresh_from_db()
    issue.offer(application, by=at_world.specialist, at=MONDAY_TEN)
    referral = Referral.objects.select_related("application__place").get()
    issue.hand_over(referral, by=at_world.specialist, at=MONDAY_TEN)


def tried_at_once(code: ReplyCode, typed: str) -> list[str]:
    """Try a code from many connections at the same instant; give what each was told."""
    barrier = Barrier(AT_ONCE)

    def one() -> str:
        try:
            mine = reply.code_of(code.pk)
            assert mine is not None
            barrier.wait(PATIENCE)
            return str(reply.by_code(mine, typed, NO_SHOW, at=MONDAY_TEN).pk)
        except WrongCode as wrong:
            return f"left {wrong.left}"
        except CodeOver:
            return "over"
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(future.result(PATIENCE) for future in [pool.submit(one) for _ in range(AT_ONCE)])


def test_wrong_codes_at_once_lock_it_at_the_fifth(code: ReplyCode) -> None:
    wrong = f"{(int(code.code) + 1) % 10**8:08d}"

    told = tried_at_once(code, wrong)

    assert told == ["left 1", "left 2", "left 3", "left 4", *["over"] * (AT_ONCE - 4)]
    code.refresh_from_db()
    assert (code.misses, code.ended_why) == (5, "locked")
    assert Event.objects.filter(name="referral.code_locked").count() == 1


def test_a_right_code_at_once_answers_once(code: ReplyCode) -> None:
    told = tried_at_once(code, code.code)

    answered = Reply.objects.get()
    assert told == [str(answered.pk)] * AT_ONCE
    assert Referral.objects.get().state == "NO_SHOW"
    assert Event.objects.filter(name="referral.no_show").count() == 1


def test_new_codes_at_once_leave_one_open(code: ReplyCode) -> None:
    referral = Referral.objects.select_related("decision", "application__office").get()

    def one() -> None:
        try:
            letters.send_code(referral, at=MONDAY_TEN, is_limited=False)
        finally:
            connection.close()

    steps: list[Callable[[], None]] = [one] * AT_ONCE
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [pool.submit(step) for step in steps]:
            done.result(PATIENCE)

    assert ReplyCode.objects.filter(ended_at=None).count() == 1
    assert ReplyCode.objects.count() == AT_ONCE + 1


def test_an_answer_that_comes_between_the_question_and_the_update_keeps_the_referral(code: ReplyCode) -> None:
    """A31: the sweep read the referral as unanswered; a signed answer whose key is still checked was faster."""
    referral, later = reply.referral_to_answer(code.referral_id), MONDAY_TEN + timedelta(days=30)
    world.trust_at(MONDAY_TEN - timedelta(days=7))
    said = reply_signed.document(referral, NO_SHOW, origin="https://zholdama.example", at=MONDAY_TEN)
    cms = pki.official(DIRECTOR, FIELDS["bin"], role=Role.EMPLOYEE).sign(said, at=MONDAY_TEN)
    has_answered, may_commit = Signal(), Signal()

    def answers() -> str:
        with transaction.atomic():
            made = reply_signed.by_eds(referral, cms, origin="https://zholdama.example", at=MONDAY_TEN)
            has_answered.set()
            assert may_commit.wait(PATIENCE)
            return made.outcome

    with ThreadPoolExecutor(2) as pool:
        answering = pool.submit(in_a_thread(answers))
        assert has_answered.wait(PATIENCE)
        expiring = pool.submit(in_a_thread(lambda: expire_referrals(at=later)))
        waits_for_the_row()
        may_commit.set()
        assert (answering.result(PATIENCE), expiring.result(PATIENCE)) == ("waiting", 0)

    assert Referral.objects.get().state == "HANDED_OVER"
    assert not Event.objects.filter(name="referral.expired").exists()
    Reply.objects.update(outcome="failed", settled_at=later)
    assert expire_referrals(at=later) == 1
