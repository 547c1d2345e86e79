"""The WebSocket to which pages speak as to NCALayer: loopback, the portal's origin only, one request at a time."""

import logging
from collections.abc import Callable

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve
from websockets.typing import Origin

from joldama.demo.signer import protocol
from joldama.demo.signer.requests import LARGEST, Request, Requests, State


def open_exchange(*, port: int, origin: str, requests: Requests) -> Server:
    """Make the server, bound to loopback; raises OSError when the port is in use."""
    return serve(
        lambda line: _converse(line, requests),
        "127.0.0.1",
        port,
        origins=[Origin(origin)],
        max_size=2 * LARGEST,
        logger=_logger(),
    )


def _converse(line: ServerConnection, requests: Requests) -> None:
    """Greet a page and take what it asks until it leaves."""
    waiting: Request | None = None
    try:
        line.send(protocol.GREETING)
        for message in line:
            if waiting is not None and waiting.state == State.WAITING:
                line.send(protocol.BUSY)
            else:
                waiting = _take(message, line.send, requests)
    except ConnectionClosed:
        pass  # the page has left
    finally:
        if waiting is not None:
            requests.forget(waiting)


def _take(message: str | bytes, reply: Callable[[str], None], requests: Requests) -> Request | None:
    try:
        request = Request(protocol.read(message), reply)
    except protocol.NotOurs:
        reply(protocol.NOT_KNOWN)
        return None
    except protocol.NotUnderstood as why:
        reply(protocol.failed(str(why)))
        return None
    requests.add(request)
    return request


def _logger() -> logging.Logger:
    """Report what goes wrong here; that somebody left before he had said who he is, is nothing of ours."""
    logger = logging.getLogger("joldama.demo.signer")
    logger.addFilter(lambda record: "handshake" not in record.getMessage())
    return logger
