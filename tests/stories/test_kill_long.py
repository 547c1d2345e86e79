"""The long form of the kills: the demonstration serves two offices while its processes are killed in turn.

Web, worker, the database's postmaster and the gateway are killed (SIGKILL) twice each in the middle of the
traffic. Everybody tries again what got no answer. Afterwards every number that a page has shown exists once and
no number is left out; every job has ended. Some three minutes:
`./joldama test -m long tests/stories/test_kill_long.py`.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Lock
from typing import Any, TypeVar

import httpx
import psycopg
import pytest
from lxml.etree import ParserError

from govkz.eds.keep import Keep
from joldama.config import ports, postgres
from joldama.config.postgres.owner import owner_here
from joldama.config.postgres.place import Place
from joldama.demo.browser import Browser, Unexpected
from joldama.demo.day.typed import TYPED
from joldama.demo.people import DemoApplicant, demo_people, password_of
from joldama.demo.pki import issue_key
from joldama.demo.visitors import new_visitor
from joldama.standard.kinds import ResultKind

MOMENT = datetime(2026, 3, 17, 5, 0, tzinfo=UTC)
"""Tuesday, 10:00 at the offices."""

OFFICES = ("astana", "temirtau")
JOBS = 8  # of each office
KILLS = ("joldama.config.web", "joldama.worker", "postmaster", "joldama.demo.gateway") * 2
PATIENCE = 240.0  # seconds: a job of a killed worker is taken up again after a minute, by the minute's sweep
_PAUSE = 0.1
_SERVE = ("demo", "--serve", "--port")
_NO_ANSWER = (httpx.HTTPError, ParserError, Unexpected)
"""How a page fails to come: no connection, an answer cut off, a fault said."""

_APPLICATION = re.compile(r"(?:АСТ|ТЕМ)-2026-\d{6}")
_REFERRAL = re.compile(r"(?:АСТ|ТЕМ)-Ж-2026-\d{6}")

Answer = TypeVar("Answer")


class Demonstration:
    """`./joldama demo --serve`, and the processes below it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = ports.free_port()
        self.origin = f"http://localhost:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        self._said_before = 0

    def start(self) -> None:
        """Start it and wait until it serves."""
        environment = {name: text for name, text in os.environ.items() if name not in _OTHERS}
        told = {
            "JOLDAMA_DATA": str(self.home),
            "JOLDAMA_SECRETS": str(self.home / "secrets"),
            "JOLDAMA_CLOCK": MOMENT.isoformat(),
        }
        with (self.home / "demo.log").open("ab") as log:
            self._said_before = log.tell()
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "joldama.config.cli", *_SERVE, str(self.port)],
                env={**environment, **told},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(self._serves, f"it did not open; its words: {self.home / 'demo.log'}")

    def kill(self, what: str) -> None:
        """Kill one of its processes, or with "all" the supervisor, which takes the others with it."""
        assert self._process is not None
        if what == "all":
            self._process.kill()
            self._process.wait()
        elif what == "postmaster":
            os.kill(int((self.home / "postgres/data/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        else:
            os.kill(self._child(what), signal.SIGKILL)

    def end(self) -> None:
        """End it as Ctrl-C does."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(60)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Ask its database."""
        server = postgres.join(self.home)
        assert server is not None
        with psycopg.connect(server.url_of("joldama_demo")) as connection:
            return connection.execute(query).fetchall()  # type: ignore[arg-type]

    def _serves(self) -> bool:
        assert self._process is not None
        # What an earlier start said, and its web server, may outlive a kill by a moment.
        said = (self.home / "demo.log").read_bytes()[self._said_before :].decode()
        assert self._process.poll() is None, said
        return "Ctrl-C ends" in said and ports.answers(self.port, "/healthz")

    def _child(self, module: str) -> int:
        """Find the child whose command names a module; wait for it where it is just being started again."""
        assert self._process is not None
        parent = self._process.pid
        found: list[int] = []
        wait_until(lambda: bool(found.extend(children(parent, module)) or found), f"no {module}")
        return found[0]


class Office:
    """The traffic of one office: persons apply, its specialist and its head do their steps, again and again."""

    def __init__(self, house: Demonstration, slug: str, promised: "Promised") -> None:
        self.slug = slug
        self._house, self._promised = house, promised
        self._specialist, self._head = self._browser(), self._browser()

    def __enter__(self) -> "Office":
        """Sign its officials in: a code opens once, so this is done before anything is killed."""
        for browser, role in ((self._specialist, "specialist"), (self._head, "head")):
            login = f"{self.slug}.{role}"
            browser.open("/demo/")
            (row,) = [row for row in browser.page.cssselect("tr") if password_of(login) in row.text_content()]
            code = row.cssselect("strong")[0].text_content()
            browser.open("/desk/sign-in/")
            browser.send({"username": login, "password": password_of(login), "code": code})
        return self

    def __exit__(self, *_: object) -> None:
        for browser in (self._specialist, self._head):
            browser.__exit__()

    def serve(self, visitor: DemoApplicant) -> str:
        """Serve one person, from his signature to the document in his account; give the case's address."""
        with self._browser() as person:
            case = persistently(lambda: self._apply(person, visitor))
            pk = case.split("/")[2]
            persistently(lambda: self._prepare(pk))
            persistently(lambda: self._decide(pk))
            return persistently(lambda: self._receive(person, case))

    def _apply(self, person: Browser, visitor: DemoApplicant) -> str:
        """Sign in, look whether it was taken already, else fill in and send; a number shown is a promise."""
        person.open("/sign-in/?next=/account/")
        if person.page.cssselect("form.signing"):
            person.sign(key=visitor.slug)
        if not _cases_on(person):
            self._send(person, visitor)
            person.open("/account/")
        case = _cases_on(person)[0]
        person.open(f"{case}receipt/")
        self._promised.note(_APPLICATION, person)
        return case

    def _send(self, person: Browser, visitor: DemoApplicant) -> None:
        person.open("/apply/kind/")
        person.send({"kind": "PUBLIC_WORKS"})
        person.send({"other_kinds": ["CAREER_GUIDANCE"]})
        place = demo_people().office(self.slug)
        (option,) = [row for row in person.page.cssselect(".choice") if place.kk in row.text_content()]
        person.send({"office": option.cssselect("input")[0].get("value")})
        person.send(
            {"document_kind": visitor.document_kind, "document_number": visitor.document_number},
        )
        person.send({"is_oralman": "no"})
        person.send({"issue_form": "BOTH"})
        person.send({"email": "", "phone": ""})
        person.sign(key=visitor.slug)

    def _prepare(self, pk: str) -> None:
        case, take, draft = f"/desk/cases/{pk}/", f"/desk/cases/{pk}/take/", f"/desk/cases/{pk}/draft/"
        self._specialist.open(case)
        if _forms_to(take, self._specialist):
            self._specialist.send(action=take)
        if _forms_to(draft, self._specialist):
            self._specialist.send({"kind": "PUBLIC_WORKS", **TYPED[ResultKind.PUBLIC_WORKS]}, action=draft)

    def _decide(self, pk: str) -> None:
        self._head.open(f"/desk/cases/{pk}/decision/")
        if self._head.page.cssselect("form.signing"):
            self._head.sign(key=f"{self.slug}-head")
        self._promised.note(_REFERRAL, self._head)

    def _receive(self, person: Browser, case: str) -> str:
        assert person.fetch(f"{case}document.pdf").startswith(b"%PDF")
        return case

    def _browser(self) -> Browser:
        return Browser(self._house.origin)


class Promised:
    """The numbers that pages have shown to somebody."""

    def __init__(self) -> None:
        self.numbers: set[str] = set()
        self._lock = Lock()

    @property
    def count(self) -> int:
        return len(self.numbers)

    def note(self, pattern: re.Pattern[str], reader: Browser) -> None:
        """Note the first number on a page; a page that should show one and does not is no answer."""
        found = pattern.search(reader.page.text_content())
        if found is None:
            raise Unexpected(f"{reader.address} shows no number")
        with self._lock:
            self.numbers.add(found[0])


@pytest.mark.long
def test_killed_in_the_middle_of_the_traffic_every_promised_number_exists_once_and_every_job_ends() -> None:
    promised = Promised()
    with demonstration() as house, ExitStack() as doors:
        offices = [doors.enter_context(Office(house, slug, promised)) for slug in OFFICES]
        with ThreadPoolExecutor(len(offices)) as pool:
            traffic = [pool.submit(serve_all, office, visitors_of(house)) for office in offices]
            for turn, what in enumerate(KILLS, start=1):
                goal = turn * 2 * JOBS * len(offices) // (len(KILLS) + 1)
                wait_until(
                    lambda goal=goal: promised.count >= goal or any_done(traffic), f"no {goal} numbers"
                )
                house.kill(what)
            served = [case for done in traffic for case in done.result()]
        house.kill("all")
        house.start()

        assert len(served) == len(set(served)) == JOBS * len(offices)
        assert (
            sorted(promised.numbers)
            == sorted(number for (number,) in house.rows(_ALL_NUMBERS))
            == [f"{series}-2026-{n:06}" for series in _SERIES for n in range(1, JOBS + 1)]
        )
        assert house.rows("SELECT DISTINCT state FROM cases_application") == [("ISSUED",)]
        assert house.rows(_PAPERS) == [("organisation", JOBS * 2), ("recipient", JOBS * 2)]
        assert house.rows(_DOUBLED_EVENTS) == []


_SERIES = ("АСТ", "АСТ-Ж", "ТЕМ", "ТЕМ-Ж")
_ALL_NUMBERS = "SELECT number FROM cases_application UNION ALL SELECT number FROM referrals_referral"
_PAPERS = "SELECT copy, count(*) FROM cases_sealedpaper GROUP BY copy ORDER BY copy"
_DOUBLED_EVENTS = (
    "SELECT subject, name FROM journal_event WHERE name LIKE 'case.%' GROUP BY 1, 2 HAVING count(*) > 1"
)
_OTHERS = {"DATABASE_URL", "JOLDAMA_GENERATED", "JOLDAMA_SEAL", "JOLDAMA_TEST_HOME"}


@contextmanager
def demonstration() -> Iterator[Demonstration]:
    """A demonstration in a folder of its own, ended and removed afterwards."""
    home = Path(tempfile.mkdtemp(prefix=f"joldama-tests-{os.getpid()}-kill-"))
    if not Place(home=home, owner=owner_here(print)).owner.is_us:
        home.chmod(0o755)  # entered by the user as whom the database runs; all below is closed
    house = Demonstration(home)
    try:
        house.start()
        yield house
    finally:
        house.end()
        shutil.rmtree(home, ignore_errors=True)


def visitors_of(house: Demonstration) -> list[DemoApplicant]:
    """Invent the persons of one office, each with a key of his own."""
    found = [new_visitor(house.home) for _ in range(JOBS)]
    for visitor in found:
        issue_key(Keep(house.home / "demo-pki"), visitor, at=MOMENT)
    return found


def serve_all(office: Office, visitors: list[DemoApplicant]) -> list[str]:
    """Serve persons one after the other."""
    return [office.serve(visitor) for visitor in visitors]


def any_done(traffic: list["Future[list[str]]"]) -> bool:
    """Say whether an office has ended, or given up."""
    return any(done.done() for done in traffic)


def persistently(step: Callable[[], Answer]) -> Answer:
    """Do a step again and again until it has its answer, as people do whose page did not come."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return step()
        except _NO_ANSWER:
            if time.monotonic() > until:
                raise
            Event().wait(_PAUSE)


def wait_until(is_so: Callable[[], bool], otherwise: str) -> None:
    """Wait for something; say what did not come."""
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until, otherwise
        Event().wait(_PAUSE)


def children(parent: int, module: str) -> list[int]:
    """Give the children of a process whose command names a module."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
            command = stat.with_name("cmdline").read_bytes().decode().split("\0")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(words[1]) == parent and words[0] != "Z" and module in command:
            found.append(int(stat.parent.name))
    return found


def _cases_on(person: Browser) -> list[str]:
    links = {link.get("href") for link in person.page.cssselect("main a[href^='/applications/']")}
    return sorted(links)


def _forms_to(action: str, reader: Browser) -> list[Any]:
    return [form for form in reader.page.forms if (form.get("action") or "").endswith(action)]
