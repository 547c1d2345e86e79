"""A result becomes a PDF: its words laid on the sheet, the sheet set by the typesetter."""

from pathlib import Path

from joldama.adapters.printing import typesetting
from joldama.adapters.printing.papers import Copy, ReferralPrint, RefusalPrint
from joldama.adapters.printing.sheets import attached, referral_sheet, refusal_sheet


class NotForOrganisations(ValueError):
    """Nobody is sent to an organisation by this paper, so there is no copy for one."""


def render_referral(paper: ReferralPrint, *, fonts: Path, decision_cms: bytes | None, copy: Copy) -> bytes:
    """Render a referral; the recipient's own copy carries the signed decision, the organisation's never.

    `fonts` is the folder where the fonts are kept, made when it is missing. Raises NotForOrganisations for
    the organisation's copy of kind 6.
    """
    if copy is Copy.ORGANISATION and not paper.kind.is_referral:
        raise NotForOrganisations(paper.kind)
    carried = decision_cms if copy is Copy.RECIPIENT else None
    return typesetting.pdf(
        referral_sheet(paper, copy=copy), made_at=paper.issued_at, attachment=attached(carried), fonts=fonts
    )


def render_refusal(paper: RefusalPrint, *, fonts: Path, decision_cms: bytes | None) -> bytes:
    """Render a refusal: the recipient's own copy is the only one."""
    return typesetting.pdf(
        refusal_sheet(paper), made_at=paper.issued_at, attachment=attached(decision_cms), fonts=fonts
    )
