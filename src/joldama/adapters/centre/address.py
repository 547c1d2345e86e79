"""What can be an address of the centre's services."""

from urllib.parse import urlsplit


class NotAnAddress(ValueError):
    """An address that is none of http or https."""


def require_http(address: str) -> str:
    """Give back an http(s) address with a host; raise NotAnAddress for any other."""
    try:
        parts = urlsplit(address)
        is_one = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        is_one = False
    if not is_one:
        raise NotAnAddress(address)
    return address
