"""Whose word is taken for where a request comes from."""

import pytest

from joldama.config.exits import Exit, Stopped
from joldama.config.proxies import behind_proxies, read_proxies

PHONE, IN_FRONT, STRANGER = "198.51.100.7", "10.1.0.5", "203.0.113.80"


def seen(told: str, **request: str) -> tuple[str, str]:
    """Give address and scheme as the application sees them."""
    found: dict[str, str] = {}

    def application(environ: dict[str, str], _start: object) -> list[bytes]:
        found.update(environ)
        return []

    environ = {"REMOTE_ADDR": IN_FRONT, "wsgi.url_scheme": "http", **request}
    behind_proxies(application, told)(environ, None)
    return found["REMOTE_ADDR"], found["wsgi.url_scheme"]


@pytest.mark.parametrize("told", ["10.1.0.5", " 10.0.0.9 , 10.1.0.0/16 "])
def test_the_servers_in_front_tell_where_a_request_comes_from(told: str) -> None:
    headers = {"HTTP_X_FORWARDED_FOR": PHONE, "HTTP_X_FORWARDED_PROTO": "https"}

    assert seen(told, **headers) == (PHONE, "https")


def test_what_the_phone_says_of_itself_is_not_believed() -> None:
    assert seen("10.1.0.5", HTTP_X_FORWARDED_FOR=f"{STRANGER}, {PHONE}") == (PHONE, "http")


@pytest.mark.parametrize(("told", "whence"), [("", IN_FRONT), ("10.1.0.5", STRANGER)])
def test_nobody_else_is_believed(told: str, whence: str) -> None:
    assert seen(told, REMOTE_ADDR=whence, HTTP_X_FORWARDED_FOR=PHONE) == (whence, "http")


@pytest.mark.parametrize("told", ["proxy.example.kz", "10.1.0.0/33", "10.1.0.5/16", "10.1.0.5;10.1.0.6"])
def test_what_names_no_server_ends_the_start(told: str) -> None:
    with pytest.raises(Stopped, match="JOLDAMA_PROXIES names") as stopped:
        read_proxies(told)

    assert stopped.value.exit_code is Exit.CONFIGURATION


def test_no_proxies_are_none() -> None:
    assert read_proxies(" , ") == []
