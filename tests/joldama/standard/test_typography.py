import pytest

from joldama.standard.typography import bound


@pytest.mark.parametrize(
    "text",
    [
        "нәтиже 2026_ж. 22_қараша, сағат_14:30",
        "до 14:30 22_ноября 2026_г.",
        "by 14:30 on 22_November 2026",
        "құжаттар тіркелген сәттен бастап_– 30_минут",
        "в течение 5_рабочих дней",
        "№_279, No._279, п._8",
        "Қабылдаған адам: Нұрланова_А.С. қабылдады",
        "8_(7172)_24_07_49",
        "+7_701_123_45_67",
        "85_000_теңге",
        "8 әріп және 9-тармақ",
    ],
)
def test_only_the_spaces_that_must_not_break_are_bound(text):
    assert bound(text.replace("_", " ")) == text.replace("_", "\u00a0")
