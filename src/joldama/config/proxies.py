"""The servers with TLS in front: whose word is taken for where a request comes from."""

from ipaddress import ip_network
from typing import Any

from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from joldama.config.exits import Exit, Stopped


def read_proxies(told: str) -> list[str]:
    """Read JOLDAMA_PROXIES, addresses and networks with commas between; raise Stopped for anything else."""
    named = [one.strip() for one in told.split(",") if one.strip()]
    for one in named:
        try:
            ip_network(one)
        except ValueError as error:
            raise Stopped(
                f"JOLDAMA_PROXIES names {one!r}, which is neither an address nor a network such as 10.1.0.0/16.",
                Exit.CONFIGURATION,
            ) from error
    return named


def behind_proxies(application: Any, told: str) -> Any:
    """Have an application see where requests come from as the servers in front tell it; nobody else is believed."""
    named = read_proxies(told)
    return wrap_wsgi_with_proxy_headers(application, named) if named else application
