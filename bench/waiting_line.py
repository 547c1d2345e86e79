"""How long a ticket of the kiosk takes over HTTP while eight windows call from its line, beside its bare statements.

Each window calls somebody, sees him come and ends, all through its pages, a step every second: more
than two people a second, a hundred times faster than life. The raw limit is what one ticket says to the database,
said again by a bare loop of psycopg to the same line, with the windows calling on.
"""

import multiprocessing
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from typing import Any
from uuid import UUID, uuid4

WINDOWS = 8
TICKETS = 300
WAITING = 30
"""People who wait when it begins: the windows always find somebody."""

STEP = 1.0
BETWEEN = 0.1
"""Seconds between two steps of a window, and between two tickets."""

GOAL_P99_MS = 50.0
PATIENCE = 60.0


@dataclass(frozen=True)
class Desk:
    """A browser: the address of the service, its cookies, and the window of its clerk; 0 is the kiosk."""

    address: str
    cookies: dict[str, str]
    window: int


def run() -> dict[str, float]:
    """Measure; nothing else may run meanwhile. Give milliseconds of a ticket, and of its bare statements."""
    from bench.house import house

    with house(), _served() as address:
        desks = _desks(address)
        kiosk = desks[0]
        for _ in range(WAITING):
            _issue(kiosk)
        with _windows(desks[1:]) as calls:
            issued = _spent(_issuing(kiosk))
            bare = _spent(_bare_loop())
            called = calls()
        _hold_order()
    return {
        **_told("ticket", issued),
        "goal_p99_ms": GOAL_P99_MS,
        **_told("raw", bare),
        "ratio": _at(issued, 0.5) / _at(bare, 0.5),
        "steps_of_windows_a_second": called,
    }


@contextmanager
def _served() -> Iterator[str]:
    """Run the web server of the house, a worker process a core."""
    from joldama.config.ports import answers, free_port

    port = free_port()
    command = [sys.executable, "-P", "-m", "joldama.config.web", "--port", str(port)]
    web = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE
        while not answers(port, "/healthz"):
            if time.monotonic() > until:
                raise TimeoutError("the web server did not start in time")
            time.sleep(0.1)
        yield f"http://localhost:{port}"
    finally:
        web.terminate()
        web.wait(30)


def _desks(address: str) -> list[Desk]:
    """Set up the kiosk's browser, and sign in a clerk for each window."""
    from django.test import Client
    from django.urls import reverse

    from joldama.demo.kiosks import secret_of
    from joldama.people.models import Account, Place, Staff

    kiosk = Client(SERVER_NAME="localhost")
    kiosk.cookies["kiosk"] = secret_of("astana")
    kiosk.get(reverse("hall:kiosk"))
    place = Place.objects.get(office__code="АСТ")
    Place.objects.filter(pk=place.pk).update(windows=WINDOWS)
    desks = [_desk(address, kiosk, 0)]
    for window in range(1, WINDOWS + 1):
        clerk = Staff.objects.create(
            role="specialist", office=place.office, place=place, surname="Сынақ", given_name=f"Адам {window}"
        )
        account = Account(staff=clerk, username=f"bench-{window}")
        account.set_unusable_password()
        account.save()
        browser = Client(SERVER_NAME="localhost")
        browser.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        browser.get(reverse("desk:line"))
        desks.append(_desk(address, browser, window))
    return desks


def _desk(address: str, browser: Any, window: int) -> Desk:
    return Desk(address, {name: one.value for name, one in browser.cookies.items()}, window)


def _browser(desk: Desk) -> Any:
    import httpx

    return httpx.Client(
        base_url=desk.address,
        cookies=desk.cookies,
        headers={"X-CSRFToken": desk.cookies["csrftoken"]},
        timeout=PATIENCE,
    )


def _issue(desk: Desk) -> None:
    with _browser(desk) as browser:
        _press(browser)


def _issuing(desk: Desk) -> Callable[[], None]:
    browser = _browser(desk)
    return lambda: _press(browser)


def _press(browser: Any) -> None:
    from django.urls import reverse

    answer = browser.post(reverse("hall:kiosk-take"), data={"key": str(uuid4())})
    assert answer.status_code == 302, answer.status_code
    assert "/tickets/" in answer.headers["Location"], answer.headers["Location"]


@contextmanager
def _windows(desks: Sequence[Desk]) -> Iterator[Callable[[], float]]:
    """Have the windows call in a process of their own; the lent function tells their steps a second."""
    context = multiprocessing.get_context("spawn")
    over, steps = context.Event(), context.Value("q", 0)
    process = context.Process(target=_call_on, args=(desks, over, steps))
    process.start()
    began = time.monotonic()
    try:
        yield lambda: steps.value / (time.monotonic() - began)
    finally:
        over.set()
        process.join(PATIENCE)


def _call_on(desks: Sequence[Desk], over: Event, steps: Any) -> None:
    """Call, see come and end at every window until it is over."""
    import asyncio

    import django

    django.setup()

    async def all_windows() -> None:
        await asyncio.gather(*(_one_window(desk, over, steps) for desk in desks))

    asyncio.run(all_windows())


async def _one_window(desk: Desk, over: Event, steps: Any) -> None:
    import asyncio

    import httpx
    from asgiref.sync import sync_to_async
    from django.urls import reverse

    headers = {"X-CSRFToken": desk.cookies["csrftoken"]}
    async with httpx.AsyncClient(
        base_url=desk.address, cookies=desk.cookies, headers=headers, timeout=PATIENCE
    ) as browser:

        async def press(address: str, **typed: str) -> None:
            with suppress(httpx.HTTPError):
                await browser.post(address, data=typed)
                steps.value += 1
            await asyncio.sleep(STEP)

        await asyncio.sleep(desk.window * STEP / WINDOWS)
        while not over.is_set():
            await press(reverse("desk:call-next"), window=str(desk.window))
            held = await sync_to_async(_held_at)(desk.window)
            if held is not None:
                await press(reverse("desk:serve-ticket", args=[held]))
                await press(reverse("desk:end-ticket", args=[held]), end="ANSWER")


def _held_at(window: int) -> UUID | None:
    from joldama.reception.models import Ticket

    return Ticket.objects.at_windows().filter(window=window).values_list("pk", flat=True).first()


def _bare_loop() -> Callable[[], None]:
    """Give a function that says by psycopg alone what one ticket says, with new keys and the next number."""
    import os

    import psycopg
    from django.db import connection

    from joldama.installation.clock import now
    from joldama.procedures.line import take_ticket_at_kiosk
    from joldama.reception.models import Kiosk

    said: list[tuple[str, Any]] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        said.append((sql, params))
        return execute(sql, params, many, context)

    kiosk = Kiosk.objects.select_related("place").get(place__office__code="АСТ")
    key = uuid4()
    with connection.execute_wrapper(listen):
        ticket = take_ticket_at_kiosk(kiosk, key=key, at=now())
    direct = psycopg.connect(os.environ["DATABASE_URL"])

    def bare() -> None:
        new: dict[Any, Any] = {ticket.pk: uuid4(), key: uuid4()}
        for sql, params in said:
            if sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")):
                continue
            rows = direct.execute(sql, _changed(params, new))
            if "FOR UPDATE" in sql:
                names = [column.name for column in rows.description or ()]
                new[ticket.number] = dict(zip(names, rows.fetchone() or (), strict=True))["given"] + 1
        direct.commit()

    return bare


def _changed(params: Any, new: dict[Any, Any]) -> Any:
    return [new.get(one, one) if isinstance(one, UUID | int) else one for one in params or ()]


def _spent(work: Callable[[], None]) -> list[float]:
    """Do it so many times with pauses; give milliseconds, sorted."""
    spent = []
    for _ in range(TICKETS):
        began = time.perf_counter()
        work()
        spent.append(1000 * (time.perf_counter() - began))
        time.sleep(BETWEEN)
    return sorted(spent)


def _told(name: str, spent: list[float]) -> dict[str, float]:
    return {
        f"{name}_p50_ms": _at(spent, 0.5),
        f"{name}_p99_ms": _at(spent, 0.99),
        f"{name}_max_ms": spent[-1],
    }


def _at(spent: list[float], share: float) -> float:
    return spent[min(len(spent) - 1, int(share * len(spent)))]


def _hold_order() -> None:
    """Hold that the order of calls is the order of tickets, and that no number is missing or doubled."""
    from joldama.reception.models import Ticket

    numbers = list(Ticket.objects.order_by("number").values_list("number", flat=True))
    called = list(
        Ticket.objects.filter(called_at__isnull=False)
        .order_by("called_at", "number")
        .values_list("number", flat=True)
    )
    assert numbers == list(range(1, len(numbers) + 1)), "a number is missing or doubled"
    assert called == list(range(1, len(called) + 1)), "somebody was called out of turn"
