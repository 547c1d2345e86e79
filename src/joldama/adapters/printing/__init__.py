"""Results on paper: a referral, a record of guidance, a refusal, each as one accessible, archivable PDF.

Kazakh and Russian stand side by side, row by row (R6.2-a). The files are PDF/A-3b and PDF/UA-1 at once.
"""

from joldama.adapters.printing.letters import LettersMissing
from joldama.adapters.printing.papers import Bilingual, Copy, ReferralPrint, RefusalPrint
from joldama.adapters.printing.rendering import NotForOrganisations, render_referral, render_refusal

__all__ = [
    "Bilingual",
    "Copy",
    "LettersMissing",
    "NotForOrganisations",
    "ReferralPrint",
    "RefusalPrint",
    "render_referral",
    "render_refusal",
]
