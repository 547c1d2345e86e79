"""Where the gateway may be: on this machine only, as long as what we send is not signed."""

from ipaddress import ip_address
from urllib.parse import urlsplit


class NotOnThisMachine(ValueError):
    """The address leads elsewhere, or nowhere: a question would leave this machine unsigned."""


def require_loopback(address: str) -> str:
    """Give back an http(s) address of this machine; raise NotOnThisMachine for any other."""
    try:
        parts = urlsplit(address)
        is_ours = parts.scheme in {"http", "https"} and _is_loopback(parts.hostname or "")
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        is_ours = False
    if not is_ours:
        raise NotOnThisMachine
    return address


def _is_loopback(host: str) -> bool:
    return host == "localhost" or ip_address(host).is_loopback
