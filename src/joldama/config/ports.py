"""Ports of this machine: a free one, or the one asked for if nobody listens there; and who answers."""

import http.client
import socket

from joldama.config.exits import Exit, Stopped

LOOPBACK = "127.0.0.1"
EVERYWHERE = "0.0.0.0"


def free_port() -> int:
    """Return a port of the loopback on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def require_free(port: int, *, address: str = LOOPBACK) -> None:
    """Raise Stopped where somebody listens on `port` already, or where we may not."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise Stopped(
                f"Port {port} cannot be taken ({error.strerror}): another program listens there, or only "
                "root may. Choose another: --port NUMBER.",
                Exit.PORT_IN_USE,
            ) from error


def answers(port: int, path: str, *, address: str = LOOPBACK) -> bool:
    """Say whether a web server of this machine answers `path` with 200."""
    connection = http.client.HTTPConnection(near(address), port, timeout=2)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def near(address: str) -> str:
    """Return where this machine itself reaches what listens at an address."""
    return LOOPBACK if address == EVERYWHERE else address


def listens(port: int) -> bool:
    """Say whether anybody accepts connections on a port of the loopback."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=2):
            return True
    except OSError:
        return False
