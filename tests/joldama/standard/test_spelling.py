"""One name, many spellings, one key; another name, another key."""

import pytest

from joldama.standard.spelling import spelling_key


@pytest.mark.parametrize(
    ("spelt", "key"),
    [
        (("Теміртау", "Темиртау", "Temirtau", "TEMİRTAU", "Temirtaý", "  temirtaw "), "temirtau"),
        (("Ақтау", "Актау", "Aqtau", "Aktau"), "aktau"),
        (("Жезқазған", "Жезказган", "Zhezkazgan", "Jezqazğan"), "jezkazgan"),
        (("Шымкент", "Şymkent", "Shymkent"), "shimkent"),
        (("Ақкөл", "Акколь", "Akkol", "Aqköl"), "akkol"),
        (("Екібастұз", "Экибастуз", "Ekıbastūz"), "ekibastuz"),
        (("Нұр-Сұлтан", "нур султан", "Nur-Sultan"), "nur sultan"),
        (("", " -%_ "), ""),
    ],
)
def test_spellings_of_one_name_have_one_key(spelt: tuple[str, ...], key: str) -> None:
    assert {spelling_key(one) for one in spelt} == {key}


def test_other_names_keep_other_keys() -> None:
    names = ("Ақтау", "Ақтөбе", "Атырау", "Алматы", "Астана", "Ақкөл", "Орал", "Семей")

    assert len({spelling_key(name) for name in names}) == len(names)
