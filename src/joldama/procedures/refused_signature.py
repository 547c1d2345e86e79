"""A person's signature is not taken: said in the words of the reason that tells best what to do."""

from typing import Any

from govkz.eds import Reason
from joldama.signatures.judging import Verdict
from joldama.signatures.models import Purpose
from joldama.standard import words
from joldama.standard.grounds import Ground
from joldama.standard.refusals import Refused

TEST_KEY = "test_key"


class SignatureRefused(Refused):
    """A refusal whose ground says less than is known; `text_key` names three parts that say it."""

    def __init__(self, text_key: str, **values: Any) -> None:
        super().__init__(Ground.EDS_INVALID, **values)
        self.text_key = text_key

    def parts(self, language: str) -> tuple[str, ...]:
        """Return what happened, why, and what to do."""
        return words.parts(self.text_key, language, **self.values)


def refusal_of(verdict: Verdict, purpose: Purpose) -> Refused:
    """Say why a signature is not taken; an application's on its own ground where there is one (¶9, A13)."""
    ground = ground_of(verdict.reasons)
    if purpose is Purpose.APPLICATION and ground is not Ground.EDS_INVALID:
        return Refused(ground)
    return SignatureRefused(text_key_of(verdict.reasons, is_test_key=verdict.is_test_key))


def other_document(purpose: Purpose) -> SignatureRefused:
    """Say that a good signature is on another document than the one of this purpose, or was used before."""
    return SignatureRefused(_OTHER_DOCUMENT[purpose])


def ground_of(reasons: frozenset[Reason]) -> Ground:
    """Give the ground a judged signature is refused on."""
    for reason, ground in _GROUND_OF_REASON.items():
        if reason in reasons:
            return ground
    return Ground.EDS_INVALID


def text_key_of(reasons: frozenset[Reason], *, is_test_key: bool = False) -> str:
    """Give the key of the sentences for the most telling of the reasons."""
    most_telling = telling(reasons, is_test_key=is_test_key)
    return _OF_THE_CATALOGUE.get(most_telling, f"signature.{most_telling}")


def telling(reasons: frozenset[Reason], *, is_test_key: bool = False) -> str:
    """Name the reason after which somebody knows best what to do; a test key is one of its own."""
    reason = next((reason for reason in TELLING_FIRST if reason in reasons), "other")
    return TEST_KEY if reason is Reason.NO_ANCHOR and is_test_key else reason


_GROUND_OF_REASON = {
    Reason.EXPIRED: Ground.EDS_EXPIRED,
    Reason.REVOKED: Ground.EDS_REVOKED,
    Reason.OTHER_PERSON: Ground.EDS_OTHER_PERSON,
}
_OF_THE_CATALOGUE: dict[str, str] = {
    TEST_KEY: "error.key_test",
    Reason.NO_ANCHOR: "error.issuer_unknown",
    Reason.WRONG_KEY_USAGE: "error.key_authentication",
    Reason.WRONG_ROLE: "error.key_legal_entity",
}

_OTHER_DOCUMENT = {
    Purpose.APPLICATION: "error.sign_purpose",
    Purpose.COMPLAINT: "signature.content_mismatch",
    Purpose.SIGN_IN: "signature.sign_in_other",
}

TELLING_FIRST = (
    # What was handed in is no signature of this document at all.
    Reason.MALFORMED,
    Reason.TOO_LARGE,
    Reason.NO_SIGNER,
    Reason.CONTENT_MISSING,
    Reason.CERTIFICATE_MISSING,
    Reason.CERTIFICATE_MISMATCH,
    Reason.ATTRIBUTES_MISSING,
    Reason.DIGEST_MISMATCH,
    Reason.BAD_SIGNATURE,
    Reason.BAD_TIMESTAMP,
    Reason.CONTENT_MISMATCH,
    # Another key at hand helps at once.
    Reason.NO_ANCHOR,
    Reason.WRONG_KEY_USAGE,
    Reason.WRONG_ROLE,
    Reason.OTHER_PERSON,
    Reason.OTHER_ORGANISATION,
    # A new one is needed.
    Reason.REVOKED,
    Reason.EXPIRED,
    Reason.NOT_YET_VALID,
    Reason.ISSUER_REVOKED,
    Reason.ISSUER_OUTSIDE_VALIDITY,
    Reason.SHA1_REFUSED,
    Reason.WRONG_KEY_SIZE,
    Reason.BAD_CERTIFICATE,
    Reason.UNSUPPORTED_ALGORITHM,
    Reason.UNSUPPORTED_EXTENSION,
    Reason.UNTRUSTED_TIMESTAMP,
    # Time helps.
    Reason.STALE_REVOCATION_DATA,
    Reason.NO_REVOCATION_DATA,
)
"""Every reason, those first after which a person knows best what to do."""
