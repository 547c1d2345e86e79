"""Where a request comes from: the network, as far as one person's devices share it."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest

_OWN_PART = 64
"""Bits of an IPv6 address that name the network; the rest a phone changes as it likes (RFC 8981)."""


def network_of(request: HttpRequest) -> str:
    """Give the network a request comes from: an IPv4 address, or the first half of an IPv6 address.

    Behind a server of TLS it is what that server says, where JOLDAMA_PROXIES names it (docs/operations.md).
    """
    told = request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(told)
    except ValueError:
        return told
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), _OWN_PART), strict=False))
    return str(address)
