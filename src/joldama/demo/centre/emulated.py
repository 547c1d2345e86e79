"""What the emulated centre says at each of its addresses, by the authority that is kept in a folder."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from govkz.eds import Malformed, Ocsp, certificates
from govkz.eds.addresses import Addresses
from govkz.eds.identities import Identity
from govkz.eds.keep import Keep
from govkz.eds.ocsp import Standing
from govkz.eds.pki import Authority
from govkz.eds.responding import Responder
from govkz.eds.stamping import Stamper

PUBLISHED_EVERY = timedelta(hours=6)
"""How old a whole list may get before the next one; what is revoked in between stands in the list of changes."""

LISTS, CERTIFICATE = "application/pkix-crl", "application/pkix-cert"
OCSP, TSP = "application/ocsp-response", "application/timestamp-reply"


class Said(NamedTuple):
    """An answer: its media type and its bytes."""

    kind: str
    body: bytes

    @property
    def etag(self) -> str:
        """The mark by which it is asked for again."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


@dataclass
class _Published:
    """The newest whole list of a hierarchy, and what it had revoked."""

    at: datetime
    number: int
    revoked: frozenset[int]
    der: bytes


class EmulatedCentre:
    """Answers for the authority of a folder, read anew each time: what is revoked there is revoked at once."""

    def __init__(self, keep: Keep, *, now: Callable[[], datetime]) -> None:
        self._keep = keep
        self._now = now
        self._lock = threading.Lock()
        self._published: dict[str, _Published] = {}
        self._holders: dict[str, Identity] = {}

    def published(self, path: str) -> Said | None:
        """Give what is published at a path; None where nothing is."""
        with self._lock:
            authority, at = self._keep.load(), self._now()
            for hierarchy in authority.hierarchies:
                made = self._of_hierarchy(hierarchy, path, at)
                if made is not None:
                    self._keep.save(authority)
                    return made
        return None

    def answered(self, path: str, question: bytes) -> Said | None:
        """Answer a question; None where nobody answers at this path."""
        authority, at = self._keep.load(), self._now()
        if path == _PATHS.ocsp:
            return Said(OCSP, self._ocsp(authority, question, at))
        if path == _PATHS.tsp:
            stamper = self._holder("tsp", authority.stamper, authority)
            return Said(TSP, Stamper(stamper).answer(question, at=at))
        return None

    def _ocsp(self, authority: Authority, question: bytes, at: datetime) -> bytes:
        """Answer for the hierarchy whose certificate is asked about; unknown for anybody else's."""
        answer = b""
        for hierarchy in authority.hierarchies:
            responder = self._holder(f"ocsp-{hierarchy.word}", hierarchy.responder, hierarchy)
            answer = Responder(hierarchy, responder).answer(question, at=at)
            if _knows(answer):
                return answer
        return answer

    def _of_hierarchy(self, hierarchy: Authority, path: str, at: datetime) -> Said | None:
        word = hierarchy.word
        if path == _PATHS.certificate(word):
            return Said(CERTIFICATE, hierarchy.issuing.certificate)
        if path == _PATHS.root_certificate(word):
            return Said(CERTIFICATE, hierarchy.root.certificate)
        if path == _PATHS.root_crl(word):
            return Said(LISTS, hierarchy.root_crl(at=at))
        if path == _PATHS.crl(word):
            return Said(LISTS, self._whole(hierarchy, at).der)
        if path == _PATHS.delta(word):
            base = self._whole(hierarchy, at)
            since = {serial: at for serial, at in hierarchy.revoked.items() if serial not in base.revoked}
            return Said(LISTS, hierarchy.delta_crl(base=base.number, revoked=since, at=at))
        return None

    def _whole(self, hierarchy: Authority, at: datetime) -> _Published:
        made = self._published.get(hierarchy.word)
        if made is None or not made.at <= at < made.at + PUBLISHED_EVERY:
            der = hierarchy.crl(at=at)
            made = _Published(at, hierarchy.crl_number, frozenset(hierarchy.revoked), der)
            self._published[hierarchy.word] = made
        return made

    def _holder(self, name: str, issue: Callable[..., Identity], by: Authority) -> Identity:
        """Give the certificate of a service, made once a process; it lives as long as the centre that issued it."""
        with self._lock:
            if name not in self._holders:
                issuing = certificates.read(by.issuing.certificate)
                self._holders[name] = issue(
                    at=issuing.not_before + timedelta(days=1), until=issuing.not_after
                )
            return self._holders[name]


_PATHS = Addresses("")


def points_of(address: str, *, words: tuple[str, ...] = ("rsa", "gost")) -> str:
    """Write the file of addresses (adapters.centre.points) of a centre at an address, as the set `demo`."""
    at = Addresses(address.rstrip("/"))
    lists = [
        f'[[demo.lists]]\nname = "nca_{word}"\naddress = "{at.crl(word)}"\ndelta = "{at.delta(word)}"\n'
        f'[[demo.lists]]\nname = "root_{word}"\naddress = "{at.root_crl(word)}"\n'
        for word in words
    ]
    head = f'since = 2015-04-28\nsource = "the demonstration"\n[demo]\nocsp = "{at.ocsp}"\ntsp = "{at.tsp}"\n'
    return head + "".join(lists)


def port_of(address: str) -> int:
    """Give the port of an address."""
    return urlsplit(address).port or 0


def _knows(answer: bytes) -> bool:
    try:
        return any(one.standing is not Standing.UNKNOWN for one in Ocsp(answer).answers)
    except Malformed:
        return False
