"""A complaint in closed lists: to whom, about what, how it comes, how it ends (¶10)."""

from enum import StrEnum

from joldama.standard.acts import APPLICATIONS_2007, Act
from joldama.standard.office_kinds import OfficeKind


class ComplaintAddressee(StrEnum):
    """Who considers a complaint (¶10.1, ¶10.7); the complainant chooses freely (R10.1-a)."""

    HEAD = "head"
    AKIM = "akim"
    QUALITY = "quality"

    @property
    def text_key(self) -> str:
        return f"complaint.addressee.{_ADDRESSEE_TEXTS[self]}"

    @property
    def office_kind(self) -> OfficeKind:
        """Whose chancery registers it (R10.2-b, R10.8-a)."""
        return _CHANCERY_OF[self]


class ComplaintChannel(StrEnum):
    """How a complaint arrives (¶10.2, ¶10.6); by word of mouth is no channel (R10.2-a)."""

    HAND = "hand"
    POST = "post"
    PORTAL = "portal"

    @property
    def text_key(self) -> str:
        return f"complaint.channel.{_CHANNEL_TEXTS[self]}"


class ComplaintSubject(StrEnum):
    """What is complained of (¶10.1)."""

    DECISION = "DECISION"
    ACTION = "ACTION"
    INACTION = "INACTION"

    @property
    def text_key(self) -> str:
        return f"complaint.subject.{self}"


class ComplaintOutcome(StrEnum):
    """What the answer says (§4.7)."""

    SATISFIED = "SATISFIED"
    PARTLY = "PARTLY"
    REJECTED = "REJECTED"

    @property
    def text_key(self) -> str:
        return f"complaint.outcome.{self}"


class ConsiderationGround(StrEnum):
    """Why a registered complaint is not considered: a closed list from another act (A16).

    A complaint about what is not in the addressee's competence is forwarded, never refused.
    """

    ANONYMOUS = "ANONYMOUS"
    NO_SUBSTANCE = "NO_SUBSTANCE"

    @property
    def text_key(self) -> str:
        return f"complaint.refusal.{self}"

    @property
    def act(self) -> Act:
        """The act it rests on; the standard names the refusal in ¶10.6 and no ground."""
        return APPLICATIONS_2007


_ADDRESSEE_TEXTS = {
    ComplaintAddressee.HEAD: "PROVIDER_HEAD",
    ComplaintAddressee.AKIM: "AKIM",
    ComplaintAddressee.QUALITY: "QUALITY_BODY",
}
_CHANCERY_OF = {
    ComplaintAddressee.HEAD: OfficeKind.PROVIDER,
    ComplaintAddressee.AKIM: OfficeKind.AKIMAT,
    ComplaintAddressee.QUALITY: OfficeKind.QUALITY_BODY,
}
_CHANNEL_TEXTS = {
    ComplaintChannel.HAND: "IN_PERSON",
    ComplaintChannel.POST: "POST",
    ComplaintChannel.PORTAL: "PORTAL",
}
