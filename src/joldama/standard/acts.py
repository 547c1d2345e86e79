"""Acts beside the standard on which a rule or a ground rests, with the day from which they say so."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Act:
    """A place in an act; its full name stands in the texts.

    `in_force_from` is None where the day was not found, `is_confirmed` false where the text was not read.
    """

    code: str
    number: str
    dated: date
    in_force_from: date | None
    is_confirmed: bool

    @property
    def text_key(self) -> str:
        return f"act.{self.code}"

    @property
    def values(self) -> dict[str, Any]:
        return {}


# Law on state services of 15 April 2013 No. 88-V: https://adilet.zan.kz/eng/docs/Z1300000088. Article 19-1
# came with the amendments of November 2015, the day not found.
STATE_SERVICES_19_1 = Act("state_services_19_1", "88-V", date(2013, 4, 15), None, is_confirmed=False)

# Law on employment of the population of 23 January 2001 No. 149: http://adilet.zan.kz/eng/docs/Z010000149_/compare.
EMPLOYMENT_2001 = Act("employment_2001", "149", date(2001, 1, 23), date(2001, 1, 23), is_confirmed=True)

# Law on the procedure for considering applications of 12 January 2007 No. 221, in force until 1 July 2021:
# https://adilet.zan.kz/rus/docs/Z070000221_/compare/eng; its grounds as told at
# https://egov.kz/cms/en/articles/podacha_zayavlenia. The day it came into force was not found.
APPLICATIONS_2007 = Act("applications_2007", "221", date(2007, 1, 12), None, is_confirmed=False)

# Social Code of 20 April 2023 No. 224-VII: its text was not read.
SOCIAL_CODE_2023 = Act("social_code_2023", "224-VII", date(2023, 4, 20), date(2023, 7, 1), is_confirmed=False)
