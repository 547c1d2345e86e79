"""Main jobs a second on all cores, with the time each step takes, beside the bare chain of the same run.

One main job: submit with signature, verify, register, inquiry answered, draft, head's signature verified,
PDF sealed, visible in the account. Web processes are stood for by drivers that call the procedures; errands go
through the real queue to real workers. The raw limit is the chain without database and queue: two
verifications, two renderings, two seals. The CPU of a job is told by who spent it: unlike jobs a second, it says
something on a busy machine as well.
"""

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bench.processes import cpu_seconds, parent

JOBS = 240
WARM_UP = 24
"""Jobs before the clock starts: every process has then loaded what it needs, as after the first minute of a day."""

DRIVERS = 6
WORKERS = 2
GOAL = 20.0
PATIENCE = 120.0
GLANCE = 0.05
"""Seconds between two looks at a case that waits: a driver that looks all the time takes the workers' time."""


Visitor = tuple[str, str, bytes, bytes]
"""A person's number, his document's number, his key and certificate as PEM."""


def run() -> dict[str, float]:
    """Measure; nothing else may run meanwhile. Give jobs a second, ms a step, and the raw limit."""
    from bench.house import house

    with house() as home:
        people = _people(home, WARM_UP + JOBS)
        raw = _raw_chain()
        workers = [subprocess.Popen([sys.executable, "-m", "joldama.worker"]) for _ in range(WORKERS)]
        try:
            context = multiprocessing.get_context("spawn")
            with context.Pool(DRIVERS, initializer=_set_up) as pool:
                pool.map(_drive, _shares(people[:WARM_UP]), chunksize=1)
                before, began = _spent(workers), time.perf_counter()
                steps = pool.map(_drive, _shares(people[WARM_UP:]), chunksize=1)
                seconds, after = time.perf_counter() - began, _spent(workers)
        finally:
            for worker in workers:
                worker.terminate()
            for worker in workers:
                worker.wait(10)
    jobs_a_second = JOBS / seconds
    raw_a_second = (os.cpu_count() or 1) / raw
    told = {name: 1000 * sum(step[name] for step in steps) / JOBS for name in steps[0]}
    return {
        "jobs_a_second": jobs_a_second,
        "goal": GOAL,
        "raw_a_second": raw_a_second,
        "ratio": raw_a_second / jobs_a_second,
        **{f"{name}_ms": value for name, value in told.items()},
        **{f"{name}_cpu_ms": 1000 * (after[name] - before[name]) / JOBS for name in before},
    }


def _spent(workers: list[subprocess.Popen[bytes]]) -> dict[str, float]:
    """Give the seconds of CPU that the workers and the database have spent so far."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    return {
        "workers": sum(cpu_seconds(worker.pid) for worker in workers),
        "database": cpu_seconds(parent(backend)),
    }


def _people(home: Path, count: int) -> list[Visitor]:
    """Invent people whom the register knows, with keys; one key serves them all, certificates differ."""
    from bench.house import OPEN_AT
    from govkz.eds import pki
    from govkz.eds.keep import Keep
    from joldama.demo.visitors import new_visitor

    key = pki.new_key()
    authority = Keep(home / "demo-pki").load()
    people = []
    with patch.object(pki, "new_key", lambda algorithm: key):
        for _ in range(count):
            visitor = new_visitor(home)
            holder = pki.Person(visitor.surname, visitor.given_name, visitor.iin, visitor.patronymic)
            identity = authority.person(holder, at=OPEN_AT - timedelta(days=1))
            people.append((visitor.iin, visitor.document_number, identity.key_pem, identity.certificate_pem))
    return people


def _shares(people: list[Visitor]) -> list[list[Visitor]]:
    return [people[n::DRIVERS] for n in range(DRIVERS)]


def _set_up() -> None:
    import gc

    import django

    django.setup()
    gc.freeze()  # as the web server does


def _drive(people: list[Visitor]) -> dict[str, float]:
    """Drive a share of the jobs to their end; give the seconds spent in each step."""
    driver = _Driver()
    spent: dict[str, float] = {}
    began = time.process_time()

    def timed(name: str, work: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        try:
            return work()
        finally:
            spent[name] = spent.get(name, 0.0) + time.perf_counter() - start

    cases = []
    for iin, number, key, certificate in people:
        draft, document = timed("write", lambda iin=iin, number=number: driver.write(iin, number))
        cms = timed(
            "sign_by_person",
            lambda key=key, certificate=certificate, document=document: driver.signed(
                key, certificate, document
            ),
        )
        cases.append(timed("accept", lambda draft=draft, cms=cms: driver.accept(draft, cms)))
    for case in cases:
        timed("wait_register", lambda case=case: driver.until_answered(case))
        timed("prepare", lambda case=case: driver.prepare(case))
        timed("decide", lambda case=case: driver.decide(case))
    for case in cases:
        timed("wait_sealed", lambda case=case: driver.until_issued(case))
    return {**spent, "web_cpu": time.process_time() - began}


class _Driver:
    """One web process's part of the main job."""

    def __init__(self) -> None:
        from joldama.demo.prepare import pki_folder
        from joldama.people.models import Office, Staff

        self.office = Office.objects.get(code="АСТ")
        self.specialist = Staff.objects.get(office=self.office, role="specialist")
        self.head = Staff.objects.get(office=self.office, role="head")
        from govkz.eds.keep import Keep

        self.head_key = Keep(pki_folder()).load_identity("astana-head")

    @property
    def now(self) -> Any:
        from joldama.installation.clock import now

        return now()

    def write(self, iin: str, number: str) -> tuple[Any, bytes]:
        from joldama.people.operations import remember_person
        from joldama.procedures import apply
        from joldama.standard.channels import IssueForm
        from joldama.standard.documents import DocumentKind
        from joldama.standard.kinds import ResultKind
        from joldama.standard.names import PersonName

        person = remember_person(iin, name=PersonName(surname="Сынақ", given_name="Адам"))
        draft = apply.start(by=person, at=self.now)
        answers = apply.Answers(
            office=self.office.pk,
            kind=ResultKind.PUBLIC_WORKS,
            document_kind=DocumentKind.ID_CARD_KZ,
            document_number=number,
            is_oralman=False,
            issue_form=IssueForm.BOTH,
        )
        apply.save(draft, answers, at=self.now)
        return draft, apply.render(draft, origin="http://localhost", language="kk", at=self.now)

    def signed(self, key: bytes, certificate: bytes, document: bytes) -> bytes:
        from govkz.eds import read_key, sign_cms

        if not hasattr(self, "key"):
            self.key: Any = read_key(key)
        return sign_cms(document, key=self.key, certificate=certificate, at=self.now)

    def accept(self, draft: Any, cms: bytes) -> Any:
        from joldama.procedures.accept import accept_application

        return accept_application(draft, cms, by=draft.person, at=self.now)

    def until_answered(self, case: Any) -> None:
        from joldama.registries.models import Inquiry

        _until(lambda: Inquiry.objects.filter(subject=case.pk, answered_at__isnull=False).exists())

    def prepare(self, case: Any) -> None:
        from joldama.procedures import prepare
        from joldama.standard.kinds import ResultField, ResultKind

        case.refresh_from_db()
        fields = {
            ResultField.ORGANISATION: "«Жол» ЖШС",
            ResultField.BIN: "140940311897",
            ResultField.WORKPLACE_ADDRESS: "Астана қаласы, Сарыарқа даңғылы, 1",
            ResultField.OCCUPATION: "қоймашы",
        }
        prepare.take(case, by=self.specialist, at=self.now)
        prepare.draft_referral(
            case,
            kind=ResultKind.PUBLIC_WORKS,
            fields=fields,
            although="жұмыс іздеп жүр",
            by=self.specialist,
            at=self.now,
        )

    def decide(self, case: Any) -> None:
        from joldama.procedures import decide

        document = decide.render(case, by=self.head, at=self.now).document
        decide.sign(case, self.head_key.sign(document, at=self.now), by=self.head, at=self.now)

    def until_issued(self, case: Any) -> None:
        from joldama.cases.models import Application

        _until(lambda: Application.objects.filter(pk=case.pk, offered_at__isnull=False).exists())


def _until(is_done: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_done():
        if time.monotonic() > until:
            raise TimeoutError("a worker did not do its errand in time")
        time.sleep(GLANCE)


def _raw_chain() -> float:
    """Measure the seconds of one chain without database and queue: verify twice, print and seal two copies."""
    from bench import eds, printing

    printed, verified = printing.run(), eds.by_rsa()
    copies = 2 * (printed["render_ms"] + printed["seal_ms"]) / 1e3
    return copies + 2 * verified["known_signer_us"] / 1e6
