"""The command line: a table of contents, and one sentence with an exit code for whatever goes wrong."""

import errno
import os
import socket
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable

import pytest

from joldama.config import cli, ports
from joldama.config.ending import ended
from joldama.config.exits import Exit, Stopped


def test_help_lists_every_command_by_group(capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.main(["--help"])

    assert code == Exit.DONE
    assert cli.table_of_contents() in capsys.readouterr().out
    assert [name for commands in cli.CONTENTS.values() for name in (c.name for c in commands)] == [
        "demo",
        "serve",
        "migrate",
        "admin",
        "term",
        "iin",
        "eds",
        "referral",
        "pki",
        "journal",
        "queue",
        "test",
        "vectors",
        "check",
        "bench",
    ]


def test_unknown_command_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.main(["trem"])

    assert code == Exit.USAGE
    assert capsys.readouterr().err == ("joldama: There is no command 'trem'; did you mean `joldama term`?\n")


def test_command_that_needs_no_database_imports_no_django() -> None:
    program = (
        "import sys\n"
        "from joldama.config import cli\n"
        "cli.main(['iin', 'check', '1'])\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'django', 'psycopg', 'granian'}))\n"
    )

    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert answer.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("raised", "code", "sentence"),
    [
        (Stopped("No.", Exit.BUSY), Exit.BUSY, "No."),
        (
            OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
            Exit.DISK_FULL,
            "The disk is full: free some space and start again.",
        ),
        (
            type("OperationalError", (Exception,), {})("connection refused"),
            Exit.NO_DATABASE,
            "The database does not answer: is the address in DATABASE_URL right?",
        ),
    ],
)
def test_what_a_person_can_put_right_is_one_sentence(
    raised: Exception, code: Exit, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(_raising(raised)) == code
    assert capsys.readouterr().err == f"joldama: {sentence}\n"


def test_bug_rings_with_its_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    code = ended(_raising(KeyError("forgotten")))

    said = capsys.readouterr().err.splitlines()
    assert code == Exit.BUG
    assert (said[0], said[-2:]) == (
        "Traceback (most recent call last):",
        [
            "KeyError: 'forgotten'",
            "joldama: This is a fault of joldama itself; the lines above name the place.",
        ],
    )


def test_port_in_use_is_refused_before_anything_starts() -> None:
    from joldama.config.cli import demo

    with socket.socket() as taken:
        taken.bind((ports.LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(Stopped) as stopped:
            demo.run(Namespace(port=port, serve=True, once=False))

    assert stopped.value.exit_code is Exit.PORT_IN_USE
    assert str(stopped.value) == (
        f"Port {port} cannot be taken (Address already in use): another program listens there, or only "
        "root may. Choose another: --port NUMBER."
    )


@pytest.mark.parametrize("text", ["0", "65536", "x", "-1", "８０"])
def test_port_that_is_none_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["demo", f"--port={text}"]) == Exit.USAGE
    assert capsys.readouterr().err == (f"joldama: A port is a number from 1 to 65535, not {text!r}.\n")


def _raising(error: Exception) -> Callable[[], int]:
    def run() -> int:
        raise error

    return run
