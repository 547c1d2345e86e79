"""Keep a test certification authority and its people's keys in a folder; private keys have mode 0600."""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from govkz.eds import certificates, keys
from govkz.eds.addresses import Addresses
from govkz.eds.pki import Authority, Identity

RENEWED_WITHIN = timedelta(days=30)
# The hierarchy of RSA keys keeps the names of files it had before there was another.
_ENDINGS = {"rsa": "", "gost": "-gost"}


class Keep:
    """The folder: `ca/` holds the CAs' certificates (for `Trust.of_folders`), `crl.der` and `crl-gost.der` the
    revocation lists, `private/` the CAs' keys, `identities/<name>/` a certificate and key each.

    A folder made before there was a national hierarchy is read without one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def trust_folder(self) -> Path:
        return self.folder / "ca"

    @property
    def crl_file(self) -> Path:
        return self.folder / "crl.der"

    @property
    def gost_crl_file(self) -> Path:
        return self.folder / "crl-gost.der"

    @property
    def exists(self) -> bool:
        return self._state_file.exists()

    def save(self, authority: Authority) -> None:
        """Write the authority: certificates, keys, what it has revoked."""
        for hierarchy in authority.hierarchies:
            ending = _ENDINGS[hierarchy.word]
            for name, identity in (("root", hierarchy.root), ("issuing", hierarchy.issuing)):
                _write(self.trust_folder / f"{name}{ending}.pem", identity.certificate_pem, mode=0o644)
                _write(self._private(name + ending), identity.key_pem, mode=0o600)
        state = _state(authority)
        if authority.addresses:
            state["addresses"] = authority.addresses.base
        if authority.gost:
            state["gost"] = _state(authority.gost)
        _write(self._state_file, json.dumps(state).encode(), mode=0o600)

    def load(self) -> Authority:
        """Read the authority back; raises OSError or ValueError where it is not whole."""
        state = json.loads(self._state_file.read_bytes())
        addresses = Addresses(state["addresses"]) if "addresses" in state else None
        authority = self._load(state, _ENDINGS["rsa"], addresses)
        if "gost" in state:
            authority.gost = self._load(state["gost"], _ENDINGS["gost"], addresses)
        return authority

    def _load(self, state: dict[str, Any], ending: str, addresses: Addresses | None) -> Authority:
        return Authority(
            root=_read(self.trust_folder / f"root{ending}.pem", self._private(f"root{ending}")),
            issuing=_read(self.trust_folder / f"issuing{ending}.pem", self._private(f"issuing{ending}")),
            revoked={int(serial, 16): datetime.fromisoformat(at) for serial, at in state["revoked"].items()},
            crl_number=state["crl_number"],
            addresses=addresses,
        )

    def names(self) -> list[str]:
        """List the identities kept here."""
        return sorted(key.parent.name for key in self.folder.glob("identities/*/key.pem"))

    def save_identity(self, name: str, identity: Identity) -> None:
        """Write an identity under a name of letters, digits, `-` and `_`; raises ValueError for others."""
        place = self._place(name)
        _write(place / "certificate.pem", identity.certificate_pem, mode=0o644)
        _write(place / "key.pem", identity.key_pem, mode=0o600)

    def load_identity(self, name: str) -> Identity:
        """Read an identity back; raises FileNotFoundError where there is none of this name."""
        place = self._place(name)
        return _read(place / "certificate.pem", place / "key.pem")

    def reissue_crls(self, *, at: datetime) -> list[bytes]:
        """Make and write the list of each hierarchy for the seven days from `at`."""
        authority = self.load()
        made = authority.crls(at=at)
        self.save(authority)
        for hierarchy, crl in zip(authority.hierarchies, made, strict=True):
            _write(self.folder / f"crl{_ENDINGS[hierarchy.word]}.der", crl, mode=0o644)
        return made

    def renew_ending(self, *, at: datetime, within: timedelta = RENEWED_WITHIN) -> list[str]:
        """Renew identities that end between `at` and `within` after it; gives their names.

        What had ended before, or was revoked, stays as it is.
        """
        authority = self.load()
        renewed = []
        for name in self.names():
            identity = self.load_identity(name)
            ends_soon = at <= identity.not_after <= at + within
            if ends_soon and not authority.has_revoked(identity):
                self.save_identity(name, authority.renew(identity, at=at))
                renewed.append(name)
        return renewed

    @property
    def _state_file(self) -> Path:
        return self.folder / "private" / "state.json"

    def _private(self, name: str) -> Path:
        return self.folder / "private" / f"{name}.key"

    def _place(self, name: str) -> Path:
        if not name.replace("-", "").replace("_", "").isalnum():
            raise ValueError("the name of an identity is letters, digits, '-' and '_'")
        return self.folder / "identities" / name


def _state(hierarchy: Authority) -> dict[str, Any]:
    revoked = {f"{serial:x}": at.isoformat() for serial, at in hierarchy.revoked.items()}
    return {"crl_number": hierarchy.crl_number, "revoked": revoked}


def _read(certificate: Path, key: Path) -> Identity:
    return Identity(keys.read(key.read_bytes()), certificates.read(certificate.read_bytes()).encoded)


def _write(file: Path, content: bytes, *, mode: int) -> None:
    """Write a file whole or not at all, so that a reader never sees half a list or key."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f"{file.name}.{os.getpid()}.new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as out:
        out.write(content)
    draft.replace(file)
