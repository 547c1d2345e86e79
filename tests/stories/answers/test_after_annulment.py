"""S27: once a referral is annulled nobody answers to it, and nobody is asked about what was only stated (R6.2-b)."""

from django.urls import reverse

from joldama.cases.models import Application
from joldama.notices.ports import Letter
from joldama.procedures import reply
from joldama.procedures.slip import Slip
from joldama.referrals.models import Referral, Reply, ReplyCode
from tests.stories.counter import Counter, said

TASK = "Unconfirmed answers: ask the organisation"


def test_what_was_stated_is_no_task_any_more_and_the_code_is_over(
    counter: Counter, letter: Letter, handed_over: Application
) -> None:
    now = counter.town.now
    reply.state(Referral.objects.get(), Slip(answer=Referral.Answer.NO_SHOW, answered_on=now.date()), at=now)
    assert TASK in said(counter.specialist.get(reverse("desk:work")))

    counter.annul(handed_over, "Мамандық қате жазылған")

    assert TASK not in said(counter.specialist.get(reverse("desk:work")))
    assert Reply.objects.get().outcome == "set_aside"
    assert not ReplyCode.objects.filter(ended_at=None).exists()
