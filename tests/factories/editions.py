"""A second edition of the standard, invented for tests: in force from 1 January 2016, as S67 has it."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from govkz.workdays import Hours
from joldama.standard import editions
from joldama.standard.editions import Edition
from joldama.standard.editions.passages import FOLDER
from joldama.standard.kinds import ResultKind

CHANGED_ON = date(2016, 1, 1)
LAST_DAY = date(2015, 12, 31)
GONE = ResultKind.SOCIAL_WORKPLACE
PHONE = "8 (7172) 00 00 00"

_WORDING = (
    ("порталда – 1 (бір) жұмыс күні", "порталда – 2 (екі) жұмыс күні"),
    ("на портале – 1 (один) рабочий день", "на портале – 2 (два) рабочих дня"),
    ("on the portal: 1 (one) business day", "on the portal: 2 (two) business days"),
)


def change_the_standard(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Edition:
    """Have the standard changed: two business days on the portal, 20 minutes and 18:00 at the counter, five kinds."""
    old = editions.EDITIONS[0]
    new = replace(
        old,
        id=CHANGED_ON.isoformat(),
        in_force_from=CHANGED_ON,
        folder=folder,
        phones=(PHONE,),
        figures=replace(
            old.figures,
            edition=CHANGED_ON.isoformat(),
            portal_result=replace(old.figures.portal_result, amount=2),
            counter_result=replace(old.figures.counter_result, amount=20),
            hours=Hours(opens=time(9), closes=time(18), lunch_from=time(13), lunch_to=time(14, 30)),
        ),
    )
    text = (FOLDER / f"{old.id}.toml").read_text(encoding="utf-8")
    for before, after in _WORDING:
        assert before in text
        text = text.replace(before, after)
    (folder / f"{new.id}.toml").write_text(text, encoding="utf-8")
    (folder / f"{new.id}-kinds.toml").write_text(_kinds(old.id), encoding="utf-8")
    monkeypatch.setattr(editions, "EDITIONS", (replace(old, in_force_until=LAST_DAY), new))
    return new


def _kinds(old: str) -> str:
    """Write the kinds anew: one is gone, a referral is good for ten days."""
    head, *kinds = (FOLDER / f"{old}-kinds.toml").read_text(encoding="utf-8").split("[[kind]]\n")
    kept = [kind for kind in kinds if f'code = "{GONE}"' not in kind]
    return "[[kind]]\n".join([head, *kept]).replace("validity = 5", "validity = 10")
