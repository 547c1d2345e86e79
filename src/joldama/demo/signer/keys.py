"""The demonstration's keys as the signer holds them, with the names their holders go by."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from govkz.eds import oids, timestamps
from govkz.eds.amending import add_timestamp, signatures_in
from govkz.eds.keep import Keep
from govkz.eds.pki import Identity
from govkz.eds.stamping import Stamper
from joldama.demo.people import demo_people
from joldama.demo.signer.protocol import Asked
from joldama.demo.visitors import applicants
from joldama.standard.names import PersonName
from joldama.standard.papers.xml import namespace
from joldama.standard.roles import Role
from joldama.standard.words import say

_REPLY = namespace("reply")


@dataclass(frozen=True)
class Holder:
    """Whose key it is: name of the identity, his own name, number, office if he signs for one; or a sole trader."""

    identity: str
    name: PersonName
    iin: str
    office: str = ""
    is_trader: bool = False

    def label(self, language: str) -> str:
        """Name the key as the person chooses it."""
        person = "openings.sole_trader" if self.is_trader else "demo.signer.person"
        what = self.office or say(person, language)
        return f"{self.name.full}: {what}"

    @property
    def purposes(self) -> frozenset[str]:
        """The purposes in his certificate by which NCALayer tells which keys fit."""
        return frozenset({oids.EMAIL_PROTECTION, oids.LEGAL_ENTITY if self.office else oids.INDIVIDUAL})

    def is_named_in(self, document: str) -> bool:
        """Tell whether a document speaks of him: by his number, an official's by his name, a trader's by no BIN."""
        if self.is_trader:
            return _REPLY in document and "<bin>" not in document
        words = (self.name.surname, self.name.given_name) if self.office else (self.iin,)
        return all(word in document for word in words)


class Keys:
    """Every key of the demonstration; read anew at each signature, since a start may renew one."""

    def __init__(self, folder: Path) -> None:
        self._keep = Keep(folder)
        self._visitors = folder.parent

    @property
    def holders(self) -> list[Holder]:
        """Everybody whose key is held: applicants, visitors, sole traders, heads and deputies."""
        people = demo_people()
        return [
            *(Holder(a.slug, a.name, a.iin) for a in applicants(self._visitors)),
            *(Holder(t.slug, t.name, t.iin, is_trader=True) for t in people.traders),
            *(
                Holder(s.key, s.name, s.iin, people.office(s.office).kk)
                for s in people.staff
                if s.office and s.role in (Role.HEAD, Role.DEPUTY)
            ),
        ]

    def fitting(self, asked: Asked) -> list[Holder]:
        """Give whose keys a request takes, whom the document names first; all of them are test keys."""
        if not asked.takes_tests:
            return []
        text = asked.document.decode("utf-8", "replace")
        fitting = [holder for holder in self.holders if asked.purposes <= holder.purposes]
        return sorted(fitting, key=lambda holder: not holder.is_named_in(text))

    def sign(self, identity: str, document: bytes, *, at: datetime) -> bytes:
        """Sign a document, which goes along with the signature; raise KeyError where there is no such holder."""
        return self._load(identity).sign(document, at=at)

    def answer(self, asked: Asked, identity: str, *, at: datetime) -> bytes:
        """Sign as a page asked; raise KeyError where there is no such holder."""
        cms = self._load(identity).sign(asked.document, at=at, detached=not asked.is_attached)
        return self._stamped(cms, at=at) if asked.has_timestamp else cms

    def _load(self, identity: str) -> Identity:
        if identity not in {holder.identity for holder in self.holders}:
            raise KeyError(identity)
        return self._keep.load_identity(identity)

    def _stamped(self, cms: bytes, *, at: datetime) -> bytes:
        """Put a time stamp of the demonstration's own centre on a signature."""
        stamper = Stamper(self._keep.load().stamper(at=at))
        (signature,) = signatures_in(cms)
        query = timestamps.ask(signature, policy=stamper.policy)
        token = timestamps.receive(stamper.answer(query.encoded, at=at), to=query, at=at)
        return add_timestamp(cms, token.encoded)
