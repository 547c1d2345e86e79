"""Numbers of persons are read by their check digit; what the digits say besides is only a hint."""

from datetime import date

import pytest

from govkz.iin import Bin, Fault, Iin, InvalidBin, InvalidIin, InvalidNumber, parse, parse_bin, parse_either
from govkz.iin.numbers import Sex, check_digit

# Invented numbers whose check digit holds, with the birth date and sex they hint at.
INVENTED = {
    "900115300013": (date(1990, 1, 15), Sex.MALE),
    "950520400010": (date(1995, 5, 20), Sex.FEMALE),
    "850915300010": (date(1985, 9, 15), Sex.MALE),
    "850916300016": (date(1985, 9, 16), Sex.MALE),
    "930720400014": (date(1993, 7, 20), Sex.FEMALE),
    "910312300016": (date(1991, 3, 12), Sex.MALE),
    "970810400010": (date(1997, 8, 10), Sex.FEMALE),
    "681105300013": (date(1968, 11, 5), Sex.MALE),
    "991231400014": (date(1999, 12, 31), Sex.FEMALE),
    "800229400019": (date(1980, 2, 29), Sex.FEMALE),
    "040310500015": (date(2004, 3, 10), Sex.MALE),
    "560701300016": (date(1956, 7, 1), Sex.MALE),
}


@pytest.mark.parametrize(("digits", "hints"), INVENTED.items())
def test_a_number_with_its_check_digit_is_read_with_its_hints(digits, hints):
    iin = parse(digits)

    assert (str(iin), iin.birth_date_hint, iin.sex_hint) == (digits, *hints)


def test_the_second_pass_gives_the_check_digit_where_the_first_gives_ten():
    assert parse("900115300401") == Iin("900115300401")


def test_an_impossible_date_is_only_a_missing_hint():
    assert parse("010229600016").birth_date_hint is None


def test_a_birth_date_in_the_future_is_only_a_hint():
    assert parse("881225600017").birth_date_hint == date(2088, 12, 25)


def test_a_seventh_digit_outside_the_rules_hints_at_nothing():
    iin = parse("900115000010"[:11] + str(check_digit("90011500001")))

    assert (iin.century_hint, iin.birth_date_hint, iin.sex_hint) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("900115300014", Fault.CHECK_DIGIT),
        ("90011530001", Fault.LENGTH),
        ("9001153000133", Fault.LENGTH),
        ("", Fault.LENGTH),
        ("9" * 100_000, Fault.LENGTH),
        ("90011530001X", Fault.CHARACTERS),
        ("٩٠٠١١٥٣٠٠٠١٣", Fault.CHARACTERS),
        ("9001153000¹3", Fault.CHARACTERS),
        ("-90011530001", Fault.CHARACTERS),
        ("ИИН", Fault.CHARACTERS),
    ],
)
def test_a_text_that_is_no_number_is_refused_with_its_fault(text, fault):
    with pytest.raises(InvalidIin) as refused:
        parse(text)

    assert refused.value.fault == fault


@pytest.mark.parametrize("last", "0123456789")
def test_a_number_for_which_both_passes_give_ten_was_never_issued(last):
    with pytest.raises(InvalidIin) as refused:
        parse("90011530120" + last)

    assert refused.value.fault == Fault.NEVER_ISSUED


@pytest.mark.parametrize("digits", INVENTED)
@pytest.mark.parametrize("place", range(12))
def test_every_single_wrong_digit_is_noticed_or_gives_the_check_digit_again(digits, place):
    for other in "0123456789":
        twin = digits[:place] + other + digits[place + 1 :]
        holds = check_digit(twin[:11]) == int(twin[11])

        if holds:
            assert parse(twin) == Iin(twin)
        else:
            with pytest.raises(InvalidIin):
                parse(twin)


def test_spaces_in_and_around_a_number_are_overlooked():
    assert parse(" 900115 300013\u00a0\n") == Iin("900115300013")


def test_a_number_shows_only_its_end_where_it_might_be_logged():
    assert repr(parse("900115300013")) == "Iin(…0013)"


def test_a_refusal_does_not_repeat_the_number():
    with pytest.raises(InvalidIin, match=r"^check_digit$"):
        parse("900115300014")


def test_a_business_number_has_the_same_check_digit():
    digits = "12034001234"
    number = digits + str(check_digit(digits))

    assert parse_bin(number) == Bin(number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *((digits, Iin(digits)) for digits in INVENTED),
        ("8504 1210 0013", Iin("850412100013")),
        ("140940311897", Bin("140940311897")),
        ("990350000029", Bin("990350000029")),
        ("120360000013", Bin("120360000013")),
    ],
)
def test_the_fifth_digit_says_whose_number_it_is(text, number):
    assert parse_either(text) == number


@pytest.mark.parametrize(
    ("text", "refusal", "fault"),
    [
        ("850412100014", InvalidIin, Fault.CHECK_DIGIT),
        ("140940311898", InvalidBin, Fault.CHECK_DIGIT),
        ("14094031189", InvalidNumber, Fault.LENGTH),
        ("14094031189x", InvalidNumber, Fault.CHARACTERS),
        ("", InvalidNumber, Fault.LENGTH),
    ],
)
def test_what_is_neither_says_why(text, refusal, fault):
    with pytest.raises(InvalidNumber) as refused:
        parse_either(text)

    assert (type(refused.value), refused.value.fault) == (refusal, fault)


def test_a_business_number_with_a_wrong_check_digit_is_refused():
    digits = "12034001234"
    number = digits + str((check_digit(digits) + 1) % 10)

    with pytest.raises(InvalidBin) as refused:
        parse_bin(number)

    assert refused.value.fault == Fault.CHECK_DIGIT
