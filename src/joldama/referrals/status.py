"""The status of a case in words: made here alone, for the personal account, the provider and 1414 (R14.1-b)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from joldama.cases.models import Application
from joldama.referrals.models import Referral
from joldama.referrals.queries import held_referral
from joldama.standard.kinds import ResultKind
from joldama.standard.words import clause
from joldama.standard.workflows import ApplicationState, ReferralState


@dataclass(frozen=True)
class Sentence:
    """A text of the catalogue with its values."""

    key: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Status:
    """What may be said of a case, and nothing of the person or his documents (A21).

    `sentences` say what the state means, what comes next and until when; `dates` are keys of labels with local
    moments, in the order in which they came; `due` is local too.
    """

    state: ApplicationState
    word_key: str
    is_overdue: bool
    is_from_paper: bool
    sentences: tuple[Sentence, ...]
    dates: tuple[tuple[str, datetime], ...]
    due: datetime

    @property
    def is_bad(self) -> bool:
        """Whether the person did not get what he asked for."""
        return self.state in (ApplicationState.REFUSED, ApplicationState.NOT_ACCEPTED)


def status_of(application: Application, *, at: datetime) -> Status:
    """Say how a case stands at a moment; place, signature and the decision's referral are better read along."""
    zone = application.place.zone
    referral = held_referral(application)
    is_overdue = application.is_overdue(at=at) and application.offered_at is None
    return Status(
        state=ApplicationState(application.state),
        word_key=_CHECKING if is_checked(application) else ApplicationState(application.state).text_key,
        is_overdue=is_overdue,
        is_from_paper=application.entered_at is not None,
        sentences=(
            Sentence(_key(application, referral), _values(application, referral, zone)),
            *_on_correction(application, referral, zone),
            *([_on_delay(application, zone)] if is_overdue else []),
        ),
        dates=_dates(application, zone),
        due=application.due_at.astimezone(zone),
    )


def is_checked(application: Application) -> bool:
    """Say whether the signature of a delivered application is still being checked (A31)."""
    return (
        application.state == ApplicationState.SUBMITTED
        and application.signature is not None
        and application.signature.status == "indeterminate"
    )


_AFTER_ISSUE = frozenset(
    {
        ReferralState.ACCEPTED_BY_ORGANISATION,
        ReferralState.REJECTED_BY_ORGANISATION,
        ReferralState.NO_SHOW,
        ReferralState.EXPIRED,
    }
)
_CHECKING = f"{ApplicationState.SUBMITTED.text_key}.checking"


def _key(application: Application, referral: Referral | None) -> str:
    state = ApplicationState(application.state)
    if is_checked(application):
        return f"{_CHECKING}.text"
    if referral is not None and referral.annulled_at is not None:
        return "status.referral.ANNULLED.no_new.text"
    if referral is not None and referral.state in _AFTER_ISSUE:
        return f"{ReferralState(referral.state).text_key}.text"
    is_guidance = referral is not None and not ResultKind(referral.kind).is_referral
    if state is ApplicationState.ISSUED and is_guidance:
        return "status.application.ISSUED.guidance.text"
    return f"{state.text_key}.text"


def _values(application: Application, referral: Referral | None, zone: ZoneInfo) -> dict[str, Any]:
    values: dict[str, Any] = {
        "number": application.number,
        "due_at": _local(application.due_at, zone),
        "accept_at": _local(application.accepted_at, zone),
        "submitted_at": _local(application.submitted_at, zone),
        "decided_at": _local(_decided_at(application), zone),
        "issued_at": _local(application.offered_at, zone),
        "withdrawn_at": _local(application.withdrawn_at, zone),
    }
    if referral is not None:
        values |= {
            "valid_until_on": referral.valid_until_on,
            "annulled_at": _local(referral.annulled_at, zone),
            "reason": clause(referral.annul_reason or ""),
        }
        values |= _of_slip(referral.slip or {})
    return values


def _of_slip(slip: dict[str, str]) -> dict[str, Any]:
    days = {name: slip[name] for name in ("start_on", "answered_on") if name in slip}
    told: dict[str, Any] = {name: date.fromisoformat(day) for name, day in days.items()}
    return told | ({"reason": clause(slip["reason"])} if "reason" in slip else {})


def _on_correction(application: Application, referral: Referral | None, zone: ZoneInfo) -> list[Sentence]:
    """Tell of a corrected result that is awaited, and of the annulled ones it stands for (R6.2-b)."""
    key = "court.awaited" if application.state == ApplicationState.REFUSED else "portal.case.correction"
    told = [Sentence(key, {})] if application.correction_asked_at else []
    replaced = sorted(referral.replaces.all(), key=lambda one: one.issued_at) if referral else []
    return told + [
        Sentence(
            "status.referral.ANNULLED.text",
            {
                "annulled_at": _local(one.annulled_at, zone),
                "reason": clause(one.annul_reason or ""),
                "new_number": referral.number if referral else "",
            },
        )
        for one in replaced
    ]


def _on_delay(application: Application, zone: ZoneInfo) -> Sentence:
    """Tell that the term was missed, and that the case goes on (R4.1-c)."""
    return Sentence("flag.application.OVERDUE.text", {"due_at": application.due_at.astimezone(zone)})


def _dates(application: Application, zone: ZoneInfo) -> tuple[tuple[str, datetime], ...]:
    is_refused = application.state == ApplicationState.REFUSED
    refused_at = _decided_at(application) if is_refused else None
    is_refused_later = refused_at is not None and refused_at != application.decided_at
    decided = ApplicationState.REFUSED if is_refused and not is_refused_later else ApplicationState.SIGNED
    known = (
        (ApplicationState.SUBMITTED.text_key, application.submitted_at),
        ("label.registered_at", application.registered_at),
        (ApplicationState.NOT_ACCEPTED.text_key, application.not_accepted_at),
        (decided.text_key, application.decided_at),
        ("label.offered_at", application.offered_at),
        (ApplicationState.REFUSED.text_key, refused_at if is_refused_later else None),
        (ApplicationState.WITHDRAWN.text_key, application.withdrawn_at),
    )
    return tuple((key, at.astimezone(zone)) for key, at in known if at is not None)


def _decided_at(application: Application) -> datetime | None:
    """Give when the result that stands was decided: of a refusal after an offered referral, its own moment."""
    decision = application.decision
    if application.state != ApplicationState.REFUSED or decision is None:
        return application.decided_at
    return decision.signed_at or application.decided_at


def _local(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    return at.astimezone(zone) if at else None
