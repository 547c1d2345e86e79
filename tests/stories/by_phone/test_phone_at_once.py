"""Two phones at once, on connections of their own: one signature is taken, one network is served."""

from joldama.cases.models import Application
from joldama.journal.models import Event
from joldama.procedures import remote_answer, remote_signing
from joldama.procedures.remote_answer import NotTaken
from joldama.procedures.remote_signing import NotOpen
from joldama.signatures.models import Purpose, RemoteSigning, Signature
from joldama.signatures.remote.tickets import Screen as Asking
from joldama.signatures.remote.tickets import Wish
from tests.factories import pki
from tests.factories.steps import MONDAY_TEN, document_of, filled_draft
from tests.factories.world import World
from tests.stories.phone import HOME
from tests.stories.test_waiting_line_at_once import at_once


def test_a_signature_sent_twice_at_once_is_taken_once(astana: World) -> None:
    """On connections of their own, in a database to which everybody commits."""
    draft = filled_draft(astana)
    wish = Wish(
        purpose=Purpose.APPLICATION,
        document=document_of(draft),
        language="kk",
        subject=draft.pk,
        person=draft.person,
        office=astana.office,
    )
    ticket = remote_signing.start(wish, screen=Asking("s", HOME), at=MONDAY_TEN)
    cms = pki.person(draft.person.iin).sign(document_of(draft), at=MONDAY_TEN)

    def put(sent: bytes) -> str:
        try:
            remote_answer.take(ticket.token, sent, address=HOME, at=MONDAY_TEN)
        except NotOpen as closed:
            return str(closed.closed)
        except NotTaken as refused:
            return refused.key
        return "taken"

    answers = at_once(*[lambda: put(cms)] * 4, lambda: put(b"something else"))

    assert answers[:4] == ["taken"] * 4
    assert answers[4] != "taken"
    assert Application.objects.count() == Signature.objects.count() == 1
    assert Event.objects.filter(name="remote_signing.signed").count() == 1


def test_two_networks_at_once_are_never_both_served(astana: World) -> None:
    draft = filled_draft(astana)
    wish = Wish(
        purpose=Purpose.APPLICATION,
        document=document_of(draft),
        language="kk",
        subject=draft.pk,
        person=draft.person,
    )
    ticket = remote_signing.start(wish, screen=Asking("s", HOME), at=MONDAY_TEN)

    def show(address: str) -> bool:
        try:
            return bool(remote_signing.show(ticket.token, address=address, at=MONDAY_TEN))
        except NotOpen:
            return False

    served = at_once(*[lambda n=n: show(f"203.0.113.{n}") for n in range(4)])

    assert sorted(served) == [False, False, False, True]
    assert RemoteSigning.objects.get().ended_why == "other_address"
