"""Runs the process: listens to the database, fetches boards, serves streams, until told to end."""

import asyncio
import resource
from dataclasses import dataclass
from signal import SIGINT, SIGTERM

from joldama.live.boards import FromWebServer
from joldama.live.streams import Door
from joldama.live.switchboard import Switchboard
from joldama.live.wakes import Wakes

MOST = 2000
"""Streams one process takes: in 57 MB, with a fan-out to all of them of about 0.1 s."""

_BACKLOG = 1024
_OTHER_FILES = 300
"""Open files beside the streams: those turned away, the database, the web server."""


@dataclass(frozen=True)
class Settings:
    """Where to listen, where the database and the web server are, and how many streams are taken."""

    address: str
    port: int
    database_url: str
    web_origin: str
    most: int = MOST


async def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT."""
    switchboard = Switchboard(FromWebServer(settings.web_origin))
    wakes = Wakes(settings.database_url, switchboard)
    most = min(settings.most, _allowed_files(settings.most + _OTHER_FILES) - _OTHER_FILES)
    door = Door(switchboard, most=most, is_well=lambda: wakes.is_listening)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(door, settings.address, settings.port, backlog=_BACKLOG)
    work = [asyncio.create_task(one()) for one in (wakes.listen, switchboard.beat, switchboard.look_again)]
    try:
        await _first_to_end(work, told_to_end=_told_to_end(loop))
    finally:
        server.close()
        door.close()
        for one in work:
            one.cancel()
        await asyncio.gather(*work, return_exceptions=True)


def _told_to_end(loop: asyncio.AbstractEventLoop) -> asyncio.Event:
    told = asyncio.Event()
    for number in (SIGINT, SIGTERM):
        loop.add_signal_handler(number, told.set)
    return told


async def _first_to_end(work: list["asyncio.Task[None]"], *, told_to_end: asyncio.Event) -> None:
    """Wait for the wish to end; what works for ever and ends is a fault, and rings."""
    told = asyncio.create_task(told_to_end.wait())
    ended, _ = await asyncio.wait([told, *work], return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    for one in ended:
        one.result()


def _allowed_files(wanted: int) -> int:
    """Have the system allow that many open files, as far as it does; return how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
        return allowed
    return max(soft, allowed)
