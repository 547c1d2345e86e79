"""Why documents are not accepted and why a referral is refused: closed lists (A13).

The standard itself names no ground of refusal; each ground names the paragraph it follows from, or the act.
A ground's text has three parts: what happened, why, what to do next (`words.parts(ground.text_key, …)`).
"""

from dataclasses import dataclass
from enum import StrEnum

from joldama.standard.acts import EMPLOYMENT_2001, STATE_SERVICES_19_1, Act
from joldama.standard.channels import Channel


class Tier(StrEnum):
    """When a ground applies and what it leads to."""

    NOT_ACCEPTED = "not_accepted"
    """Before registration: a written note, no number, no term."""

    REFUSED = "refused"
    """After registration: a decision with reasons, signed by the head within the same term."""

    CLOSED = "closed"
    """Ends a case without being a refusal."""


class Ground(StrEnum):
    """Every ground there is; nothing else may be a reason."""

    NO_ID = "NO_ID"
    WRONG_ID_KIND = "WRONG_ID_KIND"
    ID_EXPIRED = "ID_EXPIRED"
    ID_UNREADABLE = "ID_UNREADABLE"
    NOT_THE_HOLDER = "NOT_THE_HOLDER"
    NO_ORALMAN_CERTIFICATE = "NO_ORALMAN_CERTIFICATE"
    OUTSIDE_RECEPTION_HOURS = "OUTSIDE_RECEPTION_HOURS"

    EDS_INVALID = "EDS_INVALID"
    EDS_EXPIRED = "EDS_EXPIRED"
    EDS_REVOKED = "EDS_REVOKED"
    EDS_OTHER_PERSON = "EDS_OTHER_PERSON"
    FORM_INCOMPLETE = "FORM_INCOMPLETE"
    TECHNICAL_BREAK = "TECHNICAL_BREAK"

    DATA_NOT_CONFIRMED = "DATA_NOT_CONFIRMED"
    FALSE_DATA = "FALSE_DATA"
    NOT_ELIGIBLE_FOR_KIND = "NOT_ELIGIBLE_FOR_KIND"
    NO_PLACE_AVAILABLE = "NO_PLACE_AVAILABLE"
    COURT_BAN = "COURT_BAN"
    WITHDRAWN_BY_RECIPIENT = "WITHDRAWN_BY_RECIPIENT"

    @property
    def text_key(self) -> str:
        """Key of the message in three parts: what happened, why, what to do next."""
        return f"refusal.{self}"

    @property
    def name_key(self) -> str:
        """Key of the short name, for lists and for the line «ground» of a paper."""
        return f"ground.{self}"

    @property
    def next_key(self) -> str:
        """Key of the sentence on what to do next where the third part of the message needs values."""
        return f"ground.{self}.next"

    @property
    def basis(self) -> "Basis":
        return _BASES[self]

    @property
    def tier(self) -> Tier:
        return self.basis.tier

    @property
    def paragraph(self) -> str | None:
        """The paragraph of the standard it follows from, such as "9" or "8.1"; None if from an act alone."""
        return self.basis.paragraph

    @property
    def act(self) -> Act | None:
        """The act beside the standard on which it rests, if it rests on one."""
        return self.basis.act


@dataclass(frozen=True)
class Basis:
    """When, where and by which rule a ground may be used."""

    tier: Tier
    channels: frozenset[Channel]
    paragraph: str | None
    act: Act | None = None
    offers_other_kinds: bool = False
    """Only together with an offer of the kinds that are open to the person (A14)."""


def grounds(tier: Tier, channel: Channel | None = None) -> tuple[Ground, ...]:
    """Return the grounds of a tier, in their order; with a channel, only those that occur there."""
    return tuple(
        ground
        for ground in Ground
        if ground.tier is tier and (channel is None or channel in ground.basis.channels)
    )


_COUNTER = frozenset({Channel.PROVIDER})
_PORTAL = frozenset({Channel.PORTAL})
_BOTH = frozenset(Channel)
_BASES = {
    Ground.NO_ID: Basis(Tier.NOT_ACCEPTED, _COUNTER, "9"),
    Ground.WRONG_ID_KIND: Basis(Tier.NOT_ACCEPTED, _COUNTER, "9"),
    Ground.ID_EXPIRED: Basis(Tier.NOT_ACCEPTED, _COUNTER, "9"),
    Ground.ID_UNREADABLE: Basis(Tier.NOT_ACCEPTED, _COUNTER, "9"),
    Ground.NOT_THE_HOLDER: Basis(Tier.NOT_ACCEPTED, _COUNTER, "9"),
    Ground.NO_ORALMAN_CERTIFICATE: Basis(Tier.NOT_ACCEPTED, _COUNTER, "9"),
    Ground.OUTSIDE_RECEPTION_HOURS: Basis(Tier.NOT_ACCEPTED, _COUNTER, "8.1"),
    Ground.EDS_INVALID: Basis(Tier.NOT_ACCEPTED, _PORTAL, "9"),
    Ground.EDS_EXPIRED: Basis(Tier.NOT_ACCEPTED, _PORTAL, "9"),
    Ground.EDS_REVOKED: Basis(Tier.NOT_ACCEPTED, _PORTAL, "9"),
    Ground.EDS_OTHER_PERSON: Basis(Tier.NOT_ACCEPTED, _PORTAL, "9"),
    Ground.FORM_INCOMPLETE: Basis(Tier.NOT_ACCEPTED, _PORTAL, "9"),
    Ground.TECHNICAL_BREAK: Basis(Tier.NOT_ACCEPTED, _PORTAL, "8.2"),
    Ground.DATA_NOT_CONFIRMED: Basis(Tier.REFUSED, _BOTH, "9"),
    Ground.FALSE_DATA: Basis(Tier.REFUSED, _BOTH, "9", STATE_SERVICES_19_1),
    Ground.NOT_ELIGIBLE_FOR_KIND: Basis(Tier.REFUSED, _BOTH, "6", EMPLOYMENT_2001, offers_other_kinds=True),
    Ground.NO_PLACE_AVAILABLE: Basis(Tier.REFUSED, _BOTH, "6", offers_other_kinds=True),
    Ground.COURT_BAN: Basis(Tier.REFUSED, _BOTH, None, STATE_SERVICES_19_1),
    Ground.WITHDRAWN_BY_RECIPIENT: Basis(Tier.CLOSED, _BOTH, "9"),
}
