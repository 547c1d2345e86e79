"""The demonstration's keys as the signer holds them, with the names their holders go by."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from govkz.eds.keep import Keep
from joldama.demo.people import demo_people
from joldama.demo.visitors import applicants
from joldama.standard.roles import Role
from joldama.standard.words import say


@dataclass(frozen=True)
class Holder:
    """Whose key it is: name of the identity, full name, number, office if he signs for one."""

    identity: str
    name: str
    iin: str
    office: str = ""

    def label(self, language: str) -> str:
        """Name the key as the person chooses it."""
        what = self.office or say("demo.signer.person", language)
        return f"{self.name}: {what}"


class Keys:
    """Every key of the demonstration; read anew at each signature, since a start may renew one."""

    def __init__(self, folder: Path) -> None:
        self._keep = Keep(folder)
        self._visitors = folder.parent

    @property
    def holders(self) -> list[Holder]:
        """Everybody whose key is held: applicants, visitors, heads and deputies."""
        people = demo_people()
        return [
            *(Holder(a.slug, a.name.full, a.iin) for a in applicants(self._visitors)),
            *(
                Holder(s.key, s.name.full, s.iin, people.office(s.office).kk)
                for s in people.staff
                if s.office and s.role in (Role.HEAD, Role.DEPUTY)
            ),
        ]

    def of(self, *, iin: str, is_official: bool) -> str:
        """Propose the key of the person with this number; empty where he holds none."""
        fitting = (h for h in self.holders if h.iin == iin and bool(h.office) == is_official)
        return next((holder.identity for holder in fitting), "")

    def sign(self, identity: str, document: bytes, *, at: datetime) -> bytes:
        """Sign with a holder's key; raise KeyError where there is no such holder."""
        if identity not in {holder.identity for holder in self.holders}:
            raise KeyError(identity)
        return self._keep.load_identity(identity).sign(document, at=at)
