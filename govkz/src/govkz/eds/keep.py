"""Keep a test certification authority and its people's keys in a folder; private keys have mode 0600."""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path

from govkz.eds import certificates, keys
from govkz.eds.pki import Authority, Identity

RENEWED_WITHIN = timedelta(days=30)


class Keep:
    """The folder: `ca/` holds the two certificates (for `Trust.of_folders`), `crl.der` the revocation list,
    `private/` the CA's keys, `identities/<name>/` a certificate and key each.
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
    def exists(self) -> bool:
        return self._state_file.exists()

    def save(self, authority: Authority) -> None:
        """Write the authority: certificates, keys, what it has revoked."""
        for name, identity in (("root", authority.root), ("issuing", authority.issuing)):
            _write(self.trust_folder / f"{name}.pem", identity.certificate_pem, mode=0o644)
            _write(self._private(name), identity.key_pem, mode=0o600)
        revoked = {f"{serial:x}": at.isoformat() for serial, at in authority.revoked.items()}
        state = {"crl_number": authority.crl_number, "revoked": revoked}
        _write(self._state_file, json.dumps(state).encode(), mode=0o600)

    def load(self) -> Authority:
        """Read the authority back; raises OSError or ValueError where it is not whole."""
        state = json.loads(self._state_file.read_bytes())
        return Authority(
            root=_read(self.trust_folder / "root.pem", self._private("root")),
            issuing=_read(self.trust_folder / "issuing.pem", self._private("issuing")),
            revoked={int(serial, 16): datetime.fromisoformat(at) for serial, at in state["revoked"].items()},
            crl_number=state["crl_number"],
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

    def reissue_crl(self, *, at: datetime) -> bytes:
        """Make and write a list for the seven days from `at`."""
        authority = self.load()
        crl = authority.crl(at=at)
        self.save(authority)
        _write(self.crl_file, crl, mode=0o644)
        return crl

    def renew_ending(self, *, at: datetime, within: timedelta = RENEWED_WITHIN) -> list[str]:
        """Renew identities that end between `at` and `within` after it; gives their names.

        What had ended before, or was revoked, stays as it is.
        """
        authority = self.load()
        renewed = []
        for name in self.names():
            identity = self.load_identity(name)
            ends_soon = at <= identity.not_after <= at + within
            if ends_soon and identity.serial not in authority.revoked:
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


def _read(certificate: Path, key: Path) -> Identity:
    return Identity(keys.read(key.read_bytes()), certificates.read(certificate.read_bytes()).encoded)


def _write(file: Path, content: bytes, *, mode: int) -> None:
    """Write a file whole or not at all, so that a reader never sees half a list or key."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f"{file.name}.{os.getpid()}.new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as out:
        out.write(content)
    draft.replace(file)
