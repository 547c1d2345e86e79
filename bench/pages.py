"""What each page costs: queries, CPU and wall time of the server, beside a bare answer of the same run."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

ROUNDS = 15
GOAL_QUERIES = 8
GOAL_CPU_MS = 15.0


def run() -> dict[str, float]:
    """Measure the pages of portal and desk with one case in the house; medians of 15 rounds."""
    from bench.house import house

    with house():
        return _measured()


def _measured() -> dict[str, float]:
    from django.test import Client
    from django.urls import reverse

    from joldama.people.models import Account, Staff

    case, person = _case()
    citizen, specialist, stranger = (Client(SERVER_NAME="localhost") for _ in range(3))
    backend = "django.contrib.auth.backends.ModelBackend"
    citizen.force_login(Account.objects.get(person=person), backend=backend)
    official = Staff.objects.get(office=case.office, role="specialist")
    specialist.force_login(Account.objects.get(staff=official), backend=backend)
    pages: dict[str, tuple[Client, str]] = {
        "start": (stranger, reverse("portal:start")),
        "passport": (stranger, reverse("portal:passport")),
        "offices": (stranger, reverse("portal:offices")),
        "sign_in": (stranger, reverse("portal:sign-in")),
        "question": (citizen, reverse("portal:step", args=["kind"])),
        "account": (citizen, reverse("portal:account")),
        "case": (citizen, reverse("portal:case", args=[case.pk])),
        "desk_work": (specialist, reverse("desk:work")),
        "desk_case": (specialist, reverse("desk:case", args=[case.pk])),
        "desk_intake": (specialist, reverse("desk:intake")),
    }
    raw = _cost(lambda: stranger.get("/healthz"))
    told: dict[str, float] = {
        "raw_cpu_ms": raw["cpu_ms"],
        "goal_queries": GOAL_QUERIES,
        "goal_cpu_ms": GOAL_CPU_MS,
    }
    for name, (client, address) in pages.items():
        cost = _cost(lambda client=client, address=address: client.get(address))
        told |= {f"{name}_{what}": value for what, value in cost.items()}
        told[f"{name}_ratio"] = cost["cpu_ms"] / raw["cpu_ms"]
    return told


def _cost(get: Callable[[], Any]) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(3):
        response = get()
        assert response.status_code == 200, response.status_code
    cpu, wall = [], []
    for _ in range(ROUNDS):
        cpu_began, wall_began = time.process_time(), time.perf_counter()
        get()
        cpu.append(time.process_time() - cpu_began)
        wall.append(time.perf_counter() - wall_began)
    with CaptureQueriesContext(connection) as queries:
        get()
    return {"queries": len(queries), "cpu_ms": 1000 * median(cpu), "wall_ms": 1000 * median(wall)}


def _case() -> tuple[Any, Any]:
    from uuid import uuid4

    from joldama.demo.people import demo_people
    from joldama.installation.clock import now
    from joldama.people.models import Office
    from joldama.people.operations import account_of, remember_person
    from joldama.procedures import accept
    from joldama.standard.kinds import ResultKind

    shipped = demo_people().applicant("citizen-card")
    office = Office.objects.get(code="АСТ")
    from joldama.people.models import Staff

    specialist = Staff.objects.select_related("place").get(office=office, role="specialist")
    intake = accept.Intake(
        key=uuid4(),
        iin=shipped.iin,
        name=shipped.name,
        holder=shipped.holder,
        document_kind=shipped.document_kind,
        document_number=shipped.document_number,
        kind=ResultKind.PUBLIC_WORKS,
    )
    case = accept.register_walk_in(intake, place=specialist.place, by=specialist, at=now())
    person = remember_person(shipped.iin, name=shipped.name)
    account_of(person)
    return case, person
