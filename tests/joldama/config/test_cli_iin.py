"""The command `joldama iin check`: a line a number, and an exit code for all of them."""

import json

from joldama.config.cli import main


def test_valid_numbers_end_with_zero(capsys):
    code = main(["iin", "check", "900115300013", "900115300401"])

    assert (code, capsys.readouterr().out.splitlines()) == (
        0,
        [
            "900115300013: valid (hints: birth date 1990-01-15, century 1900, sex male)",
            "900115300401: valid (hints: birth date 1990-01-15, century 1900, sex male)",
        ],
    )


def test_one_number_that_is_not_valid_ends_with_one(capsys):
    code = main(
        ["iin", "check", "900115300013", "900115300014", "90011530001", "9001153000I3", "900115301200"]
    )

    assert (code, capsys.readouterr().out.splitlines()[1:]) == (
        1,
        [
            "900115300014: not valid, the check digit does not agree",
            "90011530001: not valid, an IIN has twelve digits",
            "9001153000I3: not valid, an IIN is written with the digits 0 to 9 only",
            "900115301200: not valid, never issued, as no check digit fits the first eleven",
        ],
    )


def test_json_says_the_same_a_line_a_number(capsys):
    code = main(["iin", "check", "--json", "010229600016", "900115300014"])

    assert (code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]) == (
        1,
        [
            {
                "number": "010229600016",
                "valid": True,
                "reason": None,
                "hints": {"birth_date": None, "century": 2000, "sex": "female"},
            },
            {"number": "900115300014", "valid": False, "reason": "check_digit", "hints": None},
        ],
    )
