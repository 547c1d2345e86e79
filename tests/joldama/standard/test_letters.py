"""The letters that a paper can show are those of its fonts; a letter beside them is named before anything is made."""

import unicodedata

import pytest

from joldama.adapters.printing.fonts import FAMILY, ensure_fonts
from joldama.adapters.printing.letters import LettersMissing, printable
from joldama.standard.letters import BLOCKS, unprintable
from joldama.standard.names import ALPHABET

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"


@pytest.fixture(scope="module")
def fonts(tmp_path_factory):
    folder = ensure_fonts(tmp_path_factory.mktemp("fonts"))
    return tuple(folder / name for name in FAMILY)


def test_every_letter_of_every_block_is_in_the_fonts(fonts):
    letters = [chr(code) for first, last in BLOCKS for code in range(first, last + 1)]
    assigned = "".join(letter for letter in letters if unicodedata.category(letter) != "Cn")

    assert printable(assigned, fonts=fonts)


@pytest.mark.parametrize("alphabet", [ALPHABET, RUSSIAN, "abcdefghijklmnopqrstuvwxyz", "0123456789 №«»–—₸%"])
def test_every_letter_of_the_service_can_be_shown(alphabet):
    assert unprintable(alphabet + alphabet.upper()) == ()


@pytest.mark.parametrize("letter", ["漢", "😀", "א", "ا", "Ⅳ", "→", "ა", "\ufffd", "\ue000"])
def test_a_letter_the_fonts_lack_is_named(fonts, letter):
    assert unprintable(f"Ақ{letter}тау {letter}") == (letter,)
    with pytest.raises(LettersMissing):
        printable(letter, fonts=fonts)


def test_a_letter_in_two_parts_is_judged_as_the_one_it_makes():
    assert unprintable(unicodedata.normalize("NFD", "Й ё Ӣ Ǵ")) == ()


def test_what_controls_is_no_letter():
    assert unprintable("екі\r\nжол\t\u00ad\u202e\u0000") == ()
