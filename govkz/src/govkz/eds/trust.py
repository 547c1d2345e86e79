"""Hold the configured anchors and intermediates, and find the path from a certificate up to an anchor.

A self-signed certificate that is handed in is an anchor, any other an intermediate; certificates that come
along with a signature are never used as issuers. What was verified once is remembered, so that the second
signature of a person costs no second verification of the path.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path as Folder

from govkz.eds import algorithms, armour, certificates, der
from govkz.eds.certificates import Certificate, Usage
from govkz.eds.reports import Reason

MAX_PATH = 6
REMEMBERED = 2048
SUFFIXES = frozenset({".cer", ".crt", ".pem", ".der"})


class NothingToTrust(ValueError):
    """Neither an anchor nor an intermediate was found where they were looked for."""


@dataclass(frozen=True, slots=True)
class Path:
    """The issuers above a certificate, nearest first, and the reason they lead to no anchor, if so."""

    issuers: tuple[Certificate, ...]
    reason: Reason | None = None


class Trust:
    """The certificates an installation believes. Safe to share between threads."""

    def __init__(self, certificates: Iterable[Certificate]) -> None:
        found = tuple(dict.fromkeys(certificates))
        self.anchors = tuple(certificate for certificate in found if _is_anchor(certificate))
        self.intermediates = tuple(certificate for certificate in found if certificate not in self.anchors)
        self._known: OrderedDict[bytes, tuple[Certificate, Path]] = OrderedDict()

    @classmethod
    def of(cls, *blobs: bytes) -> "Trust":
        """Read certificates, DER or PEM with one or more blocks; raises Malformed."""
        return cls(certificate for blob in blobs for certificate in _certificates_in(blob))

    @classmethod
    def of_folders(cls, *folders: Folder) -> "Trust":
        """Read every certificate file (.cer .crt .pem .der) directly in the folders.

        Raises NothingToTrust where a folder holds none, Malformed where a file is no certificate.
        """
        found: list[Certificate] = []
        for folder in folders:
            files = sorted(file for file in folder.iterdir() if file.suffix.lower() in SUFFIXES)
            if not files:
                raise NothingToTrust(str(folder))
            for file in files:
                found += _certificates_in_file(file)
        return cls(found)

    @property
    def is_test(self) -> bool:
        """Tell whether an anchor or intermediate says in its name that it is for tests or demonstrations."""
        return any(is_test(certificate) for certificate in (*self.anchors, *self.intermediates))

    def read(self, encoded: bytes) -> Certificate:
        """Read a certificate, or recall it where it was seen under an anchor before; raises Malformed."""
        known = self._known.get(encoded)
        return known[0] if known else certificates.read(encoded)

    def path_of(self, certificate: Certificate) -> Path:
        """Find the issuers up to an anchor, verifying each signature; moments are not looked at here."""
        return self._path(certificate, depth=0)

    def _path(self, certificate: Certificate, depth: int) -> Path:
        known = self._known.get(certificate.encoded)
        if known:
            return known[1]
        path = Path(()) if certificate in self.anchors else self._climb(certificate, depth)
        # Only what leads to an anchor is remembered: strangers must not push out the known.
        if path.reason is None:
            self._known[certificate.encoded] = certificate, path
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return path

    def _climb(self, certificate: Certificate, depth: int) -> Path:
        if depth >= MAX_PATH:
            return Path((), Reason.NO_ANCHOR)
        failures: list[Path] = []
        for issuer in self._candidates(certificate):
            reason = _issuing_fault(certificate, issuer)
            if reason:
                failures.append(Path((issuer,), reason))
                continue
            above = self._path(issuer, depth + 1)
            issuers = (issuer, *above.issuers)
            path = Path(issuers, above.reason or _length_fault(issuers))
            if path.reason is None:
                return path
            failures.append(path)
        return _most_open(failures)

    def _candidates(self, certificate: Certificate) -> Iterator[Certificate]:
        for issuer in (*self.anchors, *self.intermediates):
            by_key = certificate.authority_key_identifier
            if issuer.subject == certificate.issuer or (by_key and by_key == issuer.key_identifier):
                yield issuer


def is_test(certificate: Certificate) -> bool:
    """Tell whether the certificate says, in its own name or its issuer's, that it is for tests or demos."""
    words = {
        word
        for _, text in (*certificate.names, *certificate.issuer_names)
        for word in text.upper().replace("(", " ").replace(")", " ").split()
    }
    return not words.isdisjoint({"TEST", "DEMO"})


def _issuing_fault(certificate: Certificate, issuer: Certificate) -> Reason | None:
    if issuer.subject != certificate.issuer or not issuer.is_authority:
        return Reason.BAD_CERTIFICATE
    if issuer.usage is not None and not issuer.may(Usage.CERTIFICATE_SIGN):
        return Reason.BAD_CERTIFICATE
    if issuer.has_unknown_critical:
        return Reason.UNSUPPORTED_EXTENSION
    fault = algorithms.fault_of(
        certificate.signature, over=certificate.tbs, by=issuer.key, algorithm=certificate.algorithm
    )
    return Reason.BAD_CERTIFICATE if fault == Reason.BAD_SIGNATURE else fault


def _length_fault(issuers: tuple[Certificate, ...]) -> Reason | None:
    is_too_long = any(
        issuer.path_limit is not None and issuer.path_limit < below for below, issuer in enumerate(issuers)
    )
    return Reason.BAD_CERTIFICATE if is_too_long else None


def _most_open(failures: list[Path]) -> Path:
    # A certificate that one candidate did sign is judged by that one, not by its namesake that did not.
    open_ends = [path for path in failures if path.reason != Reason.BAD_CERTIFICATE]
    return (open_ends or failures or [Path((), Reason.NO_ANCHOR)])[0]


def _is_anchor(certificate: Certificate) -> bool:
    if not certificate.is_self_issued:
        return False
    fault = algorithms.fault_of(
        certificate.signature, over=certificate.tbs, by=certificate.key, algorithm=certificate.algorithm
    )
    return fault in (None, Reason.UNSUPPORTED_ALGORITHM)


def _certificates_in(blob: bytes) -> list[Certificate]:
    if blob[:1] == b"\x30":
        return [certificates.read(blob)]
    blocks = armour.pieces(blob, label="CERTIFICATE")
    if not blocks:
        raise der.Malformed("no certificate in the file")
    return [certificates.read(block) for block in blocks]


def _certificates_in_file(file: Folder) -> list[Certificate]:
    try:
        return _certificates_in(file.read_bytes())
    except der.Malformed as malformed:
        raise der.Malformed(f"{file} is no certificate: {malformed}") from malformed
