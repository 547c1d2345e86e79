import re
import shutil
import subprocess
from pathlib import Path

import pytest
from tools.list_kazakh import TARGET, is_quotation, listed

from joldama.standard.words import texts

ROOT = Path(__file__).parents[3]
OWN_WORDS = ROOT / "docs" / "kazakh-words.txt"
DICTIONARY = Path("/usr/share/hunspell/kk_KZ.dic")
LETTERS = "А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі"
needs_hunspell = pytest.mark.skipif(
    shutil.which("hunspell") is None or not DICTIONARY.exists(),
    reason="hunspell with its Kazakh dictionary (hunspell-kk) is not installed",
)


def words_of(text):
    """Return the words of a text, without endings joined to figures, abbreviations and foreign words."""
    bare = re.sub(r"\{[a-z0-9_]+\}", "0", text)
    bare = re.sub(rf"(?<=[0-9A-Za-zА-ЯӘҒҚҢӨҰҮҺІ)])-[{LETTERS}]+", "", bare)
    return {word for word in re.findall(rf"[{LETTERS}]+", bare) if len(word) > 1}


def test_the_list_for_a_native_reader_is_current():
    assert TARGET.read_text(encoding="utf-8") == listed(), "run: python tools/list_kazakh.py"


def test_a_quotation_of_the_standard_is_not_listed():
    assert is_quotation("Қызметті көрсету тәртібі") is False
    assert is_quotation("қоғамдық жұмыстарға жолдама") is True


@needs_hunspell
def test_every_kazakh_word_is_spelt_as_the_dictionary_or_our_own_list_knows_it():
    used = sorted({word for entry in texts().values() for word in words_of(entry["kk"])})
    own = set(OWN_WORDS.read_text(encoding="utf-8").casefold().split())

    unknown = subprocess.run(
        ["hunspell", "-d", "kk_KZ", "-i", "utf-8", "-l"],
        input="\n".join(used),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert [word for word in unknown if word.casefold() not in own] == []
