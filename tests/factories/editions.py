"""A second edition of the standard, invented for tests: in force from 1 January 2016, as S67 has it.

It is what a real one would be: files. Nothing of the program is changed but the folder they are read from.
"""

from datetime import date
from pathlib import Path

import pytest

from joldama.standard import editions, eligibility, words
from joldama.standard.editions import EDITIONS, Edition, read_editions
from joldama.standard.figures import FOLDER
from joldama.standard.kinds import ResultKind

CHANGED_ON = date(2016, 1, 1)
LAST_DAY = date(2015, 12, 31)
GONE = ResultKind.SOCIAL_WORKPLACE
PHONE = "8 (7172) 00 00 00"
OLD, NEW = EDITIONS[0].id, CHANGED_ON.isoformat()

_TEXT = (
    ("порталда – 1 (бір) жұмыс күні", "порталда – 2 (екі) жұмыс күні"),
    ("на портале – 1 (один) рабочий день", "на портале – 2 (два) рабочих дня"),
    ("on the portal: 1 (one) business day", "on the portal: 2 (two) business days"),
    ('kk = "2) қоғамдық жұмыстарға жолдама;"', 'kk = "2) ақылы қоғамдық жұмыстарға жолдама;"'),
)
_HEAD = (
    (f'id = "{OLD}"', f'id = "{NEW}"'),
    (f"in_force_from = {OLD}", f"in_force_from = {NEW}"),
    ('phones = ["8 (7172) 24 07 49", "8 (7172) 24 12 91"]', f'phones = ["{PHONE}"]'),
    ("counter_result = { minutes = 30", "counter_result = { minutes = 20"),
    ("portal_result = { business_days = 1", "portal_result = { business_days = 2"),
    ("closes = 17:30:00", "closes = 18:00:00"),
)
_KINDS = (
    ("validity = 5", "validity = 10"),
    ('"kind.PUBLIC_WORKS"', '"kind.PAID_WORKS"'),
    ('"paper.referral.title.PUBLIC_WORKS"', '"paper.referral.title.PAID_WORKS"'),
    (
        'training_kinds = ["training", "retraining", "advanced"]',
        'training_kinds = ["training", "retraining"]',
    ),
)
_WORDS = {
    "kind.PAID_WORKS": (
        "ақылы қоғамдық жұмыстарға жолдама",
        "направление на оплачиваемые работы",
        "referral to paid works",
    ),
    "kind.PAID_WORKS.short": ("Ақылы жұмыстар", "Оплачиваемые работы", "Paid works"),
    "kind.PAID_WORKS.text": (
        "Ақылы жұмысқа жіберілесіз.",
        "Вас направят на работы.",
        "You are referred there.",
    ),
    "paper.referral.title.PAID_WORKS": (
        "Ақылы қоғамдық жұмыстарға жолдама",
        "Направление на оплачиваемые работы",
        "Referral to paid works",
    ),
}
_NEW_AGE = """
[[conditions]]
rule = "youth_practice"
most_age = 35
valid_from = 2016-01-01
act = "employment_2001"
source = "https://example.test/invented"
is_confirmed = false
"""


def change_the_standard(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Edition:
    """Have the standard changed, and with it what kinds ask, say and give.

    Two business days on the portal, 20 minutes and 18:00 at the counter, five kinds; a referral is good for ten days;
    public works bear another name and ask for the wage, training is one of two. Youth practice is for people up to 35.
    """
    for name in (OLD, f"{OLD}-kinds"):
        _write(folder / f"{name}.toml", _read(name))
    ended = f"in_force_from = {OLD}\nin_force_until = {LAST_DAY}"
    _write(
        folder / f"{OLD}-edition.toml",
        _changed(_read(f"{OLD}-edition"), ((f"in_force_from = {OLD}", ended),)),
    )
    _write(folder / f"{NEW}-edition.toml", _changed(_read(f"{OLD}-edition"), _HEAD))
    _write(folder / f"{NEW}.toml", _changed(_read(OLD), _TEXT))
    _write(folder / f"{NEW}-kinds.toml", _kinds())
    for key, said in _WORDS.items():
        monkeypatch.setitem(words.texts(), key, dict(zip(words.LANGUAGES, said, strict=True)))
    monkeypatch.setattr(editions, "EDITIONS", read_editions(folder))
    _change_the_rules(monkeypatch, folder)
    return editions.current()


def _kinds() -> str:
    """Write the kinds anew: one is gone, one asks for more."""
    head, *kinds = _changed(_read(f"{OLD}-kinds"), _KINDS).split("[[kind]]\n")
    kept = [kind for kind in kinds if f'code = "{GONE}"' not in kind]
    asks_more = [
        _changed(kind, (('"occupation"]', '"occupation", "wage"]'), ('"wage", ', "")))
        if "PAID_WORKS" in kind
        else kind
        for kind in kept
    ]
    return "[[kind]]\n".join([head, *asks_more])


def _change_the_rules(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Have the conditions of youth practice changed on the same day: an act of its own says so."""
    rules = eligibility.RULES.read_text(encoding="utf-8")
    ends = (
        ("valid_until = 2023-06-30", f"valid_until = {LAST_DAY}"),
        ("valid_from = 2023-07-01", "valid_from = 2030-01-01"),
    )
    _write(folder / "rules.toml", _changed(rules, ends) + _NEW_AGE)
    monkeypatch.setattr(eligibility, "RULES", folder / "rules.toml")


def _changed(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for before, after in pairs:
        assert before in text, before
        text = text.replace(before, after)
    return text


def _read(name: str) -> str:
    return (FOLDER / f"{name}.toml").read_text(encoding="utf-8")


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
