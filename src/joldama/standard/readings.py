"""Readings of the standard that are national, dated switches (A18, A23), and names that changed with time.

Every other reading (A1 to A41) is built into the figures, grounds and workflows and names its number there.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Switch:
    """A reading that a national decision may turn on from a day; never per office."""

    reading: str
    on_from: date | None

    def is_on(self, *, on: date) -> bool:
        return self.on_from is not None and self.on_from <= on


# A18: «сондай-ақ» in ¶9 is read as "in addition": the certificate alone identifies nobody unless switched on.
ORALMAN_CERTIFICATE_IDENTIFIES = Switch("A18", None)

# A23: a city of republican significance other than Astana and Almaty is outside the letter of ¶3 unless
# switched on.
OTHER_CITIES_OF_REPUBLICAN_SIGNIFICANCE = Switch("A23", None)

# «Оралман» became «қандас» in 2020/21, the day not confirmed:
# https://kazpravda.kz/n/termin-oralman-ofitsialno-zamenili-na-andas-v-rk
KANDAS_SINCE = date(2021, 1, 1)


def oralman_key(*, on: date) -> str:
    """Return the key of the word for an ethnic Kazakh returnee in use on a day."""
    return "holder.KANDAS" if on >= KANDAS_SINCE else "holder.ORALMAN"


def oralman_certificate_key(*, on: date) -> str:
    """Return the key of the name of the certificate in use on a day."""
    return "document.KANDAS_CERTIFICATE" if on >= KANDAS_SINCE else "document.ORALMAN_CERTIFICATE"
