"""The errands of journal.outbox, one thin task each."""

from uuid import UUID

from procrastinate.contrib.django import app

from joldama.installation.clock import now
from joldama.journal.outbox import (
    ASK_REGISTER,
    CHECK_SIGNATURE,
    ENTER_TABLE,
    PROVE_PAPER,
    RENEW_PAPER,
    SEAL_RESULT,
    SEND_NOTICE,
    SETTLE_DELIVERED,
)
from joldama.notices.models import Outcome
from joldama.notices.ports import AddressRefused, MessengerSilent, messenger
from joldama.procedures import accept, check, import_table, inquire, issue, notify, prove
from joldama.registries.ports import RegisterSilent, identity_register
from joldama.registries.queries import question_of
from joldama.worker.centre import StillUnknown, ask_about
from joldama.worker.mailing import letter_of
from joldama.worker.patience import MOST_ATTEMPTS, Patience
from joldama.worker.proving import make_it_last, make_it_last_longer
from joldama.worker.sealing import printed, seal
from joldama.worker.telling import told

RETRY = Patience()
WITHOUT_END = Patience(most_attempts=None)
"""For the outside that a case waits for as long as it is open: the errand itself sees when it is not."""


@app.task(name=ASK_REGISTER, retry=WITHOUT_END)
@told
def ask_register(inquiry: str) -> None:
    """Ask the state register about a document (¶9); silence is noted and tried again (R9.3-b)."""
    waiting = inquire.open_inquiry_of(UUID(inquiry))
    if waiting is None:
        return
    try:
        answer = identity_register().ask(question_of(waiting), at=now())
    except RegisterSilent as silent:
        inquire.note_silence(waiting, ended=silent.ended, at=now())
        raise
    inquire.receive_answer(waiting, answer, at=now())


@app.task(name=SEAL_RESULT, retry=RETRY)
@told
def seal_result(decision: str) -> None:
    """Make the document of a signed decision, keep it, and seal what was kept (R6.2-a)."""
    waiting = issue.unsealed_decision(UUID(decision))
    if waiting is None:
        return
    papers = issue.unsealed_papers(waiting) or issue.keep_unsealed(waiting, printed(waiting, at=now()))
    sealed = seal(papers, office_bin=waiting.application.office.bin, at=now())
    issue.receive_sealed(waiting, sealed, at=now())


@app.task(name=SETTLE_DELIVERED, retry=RETRY)
@told
def settle_delivered(application: str) -> None:
    """Look again at one delivered application (A4, A31)."""
    accept.settle_one(UUID(application), at=now())


@app.task(name=CHECK_SIGNATURE, retry=WITHOUT_END)
@told
def check_signature(signature: str) -> None:
    """Ask the centre about the certificate of a signature until it is known whether it was revoked (A31)."""
    waiting = check.open_signature(UUID(signature))
    if waiting is None or not check.look_again(waiting, at=now()):
        return
    ask_about(waiting)
    if check.look_again(waiting, at=now()):
        raise StillUnknown


@app.task(name=PROVE_PAPER, retry=WITHOUT_END)
@told
def prove_paper(paper: str) -> None:
    """Have a sealed paper stamped and its certificates proved, so that it stays good for years."""
    waiting = prove.unproved_paper(UUID(paper))
    if waiting is not None:
        make_it_last(waiting)


@app.task(name=RENEW_PAPER, retry=WITHOUT_END)
@told
def renew_paper(paper: str) -> None:
    """Have a paper stamped again before the certificate of its last stamp ends."""
    ending = prove.ending_paper(UUID(paper), at=now())
    if ending is not None:
        make_it_last_longer(ending)


@app.task(name=SEND_NOTICE, retry=RETRY)
@told
def send_notice(notice: str) -> None:
    """Send a notice; an outage is tried again, an address that does not exist is not."""
    claimed = notify.claim(UUID(notice), at=now())
    if claimed is None:
        return
    try:
        messenger().carry(letter_of(claimed))
    except AddressRefused:
        notify.end(claimed, Outcome.REFUSED, at=now())
    except MessengerSilent:
        notify.note_silence(claimed, is_last=claimed.attempts >= MOST_ATTEMPTS, at=now())
        raise
    else:
        notify.end(claimed, Outcome.SENT, at=now())


@app.task(name=ENTER_TABLE, retry=RETRY)
@told
def enter_table(table: str) -> None:
    """Read and judge a table outside of any transaction, then enter it whole or not at all (R6.1-e)."""
    waiting = import_table.begin(UUID(table), at=now())
    if waiting is None:
        return
    import_table.settle(waiting, import_table.read_and_judge(waiting), at=now())
