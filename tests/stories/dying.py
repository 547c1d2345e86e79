"""A process that does one step of the service and is killed at a named point: `python -m tests.stories.dying POINT`.

What the step needs stands in DYING as JSON: ids, and signed bytes in base64. A number that a person was
promised by then is written to the standard output before the end.
"""

import asyncio
import base64
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NoReturn
from uuid import UUID

import django


def die() -> NoReturn:
    """End as a power cut ends a process: no handler, no clean-up."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("a killed process goes on")


def promise(number: str) -> None:
    """Tell a person his number."""
    sys.stdout.write(number)
    sys.stdout.flush()


def after_submit(given: dict[str, str]) -> None:
    """Take an application from the portal, and die before the receipt is shown."""
    promise(_accept(given).number)
    die()


def after_verification(given: dict[str, str]) -> None:
    """Verify an application's signature, and die before anything is written."""
    from joldama.procedures import accept

    accept.judge_person = _then_die(accept.judge_person)  # type: ignore[assignment]
    _accept(given)


def after_the_heads_verification(given: dict[str, str]) -> None:
    """Verify the head's signature, and die before anything is written."""
    from joldama.procedures import official_signing

    official_signing.judge_official = _then_die(official_signing.judge_official)  # type: ignore[assignment]
    _sign(given)


def after_the_heads_signature(given: dict[str, str]) -> None:
    """Accept the head's signature, and die before his page answers."""
    promise(_sign(given).number)
    die()


def after_printing(given: dict[str, str]) -> None:
    """As a worker make the paper of a decision, and die before it is kept to be sealed."""
    from joldama.worker import tasks

    tasks.printed = _then_die(tasks.printed)  # type: ignore[assignment]
    working(given)


def after_keeping_what_to_seal(given: dict[str, str]) -> None:
    """As a worker keep what is to be sealed, and die before it is."""
    from joldama.worker import tasks

    tasks.issue.keep_unsealed = _then_die(tasks.issue.keep_unsealed)  # type: ignore[assignment]
    working(given)


def after_sealing(given: dict[str, str]) -> None:
    """As a worker make and seal the paper of a decision, and die before it is kept."""
    from joldama.worker import tasks

    tasks.seal = _then_die(tasks.seal)  # type: ignore[assignment]
    working(given)


def after_stamping(given: dict[str, str]) -> None:
    """As a worker have a sealed paper stamped, and die before the longer paper is kept."""
    from joldama.worker import proving

    proving.make_last = _then_die(proving.make_last)  # type: ignore[assignment]
    working(given)


def while_taking_a_ticket(given: dict[str, str]) -> None:
    """Have the next number of a line and its lock, and die before it is given."""
    _die_within("give")
    _take(given)


def after_taking_a_ticket(given: dict[str, str]) -> None:
    """Give a ticket, and die before its page is shown."""
    _take(given)
    die()


def while_calling(given: dict[str, str]) -> None:
    """Have called the next person and hold the lock of the line, and die before it counts."""
    _die_within("call")
    _call(given)


def after_calling(given: dict[str, str]) -> None:
    """Call the next person, and die before the page says who it is."""
    _call(given)
    die()


def working(given: dict[str, str]) -> None:
    """Do as a worker all that waits, and end."""
    _run_worker(_work)


def working_after_the_minutes_sweep(given: dict[str, str]) -> None:
    """Put jobs of dead workers back to work as the minute's sweep does, then do all that waits."""
    _run_worker(_sweep, _work)


POINTS = {
    point.__name__: point
    for point in (
        after_submit,
        after_verification,
        after_the_heads_verification,
        after_the_heads_signature,
        after_printing,
        after_keeping_what_to_seal,
        after_sealing,
        after_stamping,
        while_taking_a_ticket,
        after_taking_a_ticket,
        while_calling,
        after_calling,
        working,
        working_after_the_minutes_sweep,
    )
}


def _then_die(step: Callable[..., Any]) -> Callable[..., NoReturn]:
    def dying(*args: Any, **kwargs: Any) -> NoReturn:
        assert step(*args, **kwargs)
        die()

    return dying


def _die_within(operation: str) -> None:
    """Have a step of the line done and the process killed before its transaction is committed."""
    from joldama.reception import operations

    done = getattr(operations, operation)

    def dying(*args: Any, **kwargs: Any) -> NoReturn:
        done(*args, **kwargs)
        die()

    setattr(operations, operation, dying)


def _take(given: dict[str, str]) -> None:
    from joldama.procedures.line import take_ticket

    clerk = _clerk(given)
    take_ticket(clerk.place, key=UUID(given["key"]), by=clerk, at=_at(given))


def _call(given: dict[str, str]) -> None:
    from joldama.procedures.line import call_next

    clerk = _clerk(given)
    call_next(clerk.place, window=1, by=clerk, at=_at(given))


def _clerk(given: dict[str, str]) -> Any:
    from joldama.people.models import Staff

    return Staff.objects.select_related("place").get(pk=given["clerk"])


def _accept(given: dict[str, str]) -> Any:
    from joldama.cases.models import Draft
    from joldama.procedures.accept import accept_application

    draft = Draft.objects.get(pk=given["draft"])
    return accept_application(draft, _cms(given), by=draft.person, at=_at(given))


def _sign(given: dict[str, str]) -> Any:
    from joldama.cases.models import Application
    from joldama.people.models import Staff
    from joldama.procedures.decide import sign

    application = Application.objects.get(pk=given["application"])
    return sign(application, _cms(given), by=Staff.objects.get(pk=given["official"]), at=_at(given))


def _cms(given: dict[str, str]) -> bytes:
    return base64.b64decode(given["cms"])


def _at(given: dict[str, str]) -> datetime:
    return datetime.fromisoformat(given["at"]).astimezone(UTC)


def _run_worker(*steps: Callable[[Any], Any]) -> None:
    from procrastinate.contrib.django import app

    from joldama.worker import periodic, tasks

    assert periodic and tasks

    async def run() -> None:
        connector: Any = app.connector
        worker_app = app.with_connector(connector.get_worker_connector())
        async with worker_app.open_async():
            for step in steps:
                await step(worker_app)

    asyncio.run(run())


async def _work(app: Any) -> None:
    await app.run_worker_async(wait=False, listen_notify=False, delete_jobs="successful")


async def _sweep(app: Any) -> None:
    from joldama.worker.periodic import sweep_stalled

    await sweep_stalled.func(0)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joldama.config.settings")
    django.setup()
    POINTS[sys.argv[1]](json.loads(os.environ.get("DYING", "{}")))
