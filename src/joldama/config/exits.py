"""How the `joldama` command ends: every exit code, and the error that carries one."""

from enum import IntEnum


class Exit(IntEnum):
    """Say why the command ended; 70 to 78 follow sysexits.h of BSD."""

    DONE = 0
    NO = 1  # the question was understood and the answer is no: a check failed, a moment is out of hours
    USAGE = 2  # the command line itself is wrong (argparse)
    PYTHON_TOO_OLD = 10  # no Python 3.11 or newer was found
    VENV_MISSING = 11  # Debian and Ubuntu keep ensurepip in the package python3-venv
    NO_NETWORK = 12  # the packages could not be fetched
    PACKAGES_REFUSED = 13  # a hash differs, or no build fits this machine
    DISK_FULL = 20  # for the packages, the data or the log
    PORT_IN_USE = 21  # or not ours to take
    OTHER_POSTGRES_MAJOR = 22  # the data folder was made by another major version
    POSTGRES_MISSING = 23  # no package fits this machine and the system has none
    POSTGRES_FAILED = 24  # it started and ended; its log tells why
    FOLDER_REFUSED = 25  # a folder of ours cannot be made or entered
    BUSY = 26  # another start of the same folder did not end in time
    KEEPS_DYING = 27  # a supervised process ended again and again
    NO_DATABASE = 28  # DATABASE_URL leads nowhere
    GATEWAY_ELSEWHERE = 29  # JOLDAMA_GATEWAY leads off this machine, and messages are not signed yet
    NOT_BUILT = 69  # the command is known and its part is not in this edition
    BUG = 70  # a fault of the program itself, with its traceback
    CONFIGURATION = 78  # a variable, key or database that this command must not run with
    INTERRUPTED = 130  # Ctrl-C, or SIGTERM before the servers ran


class Stopped(Exception):
    """End the command with one sentence and an exit code; raised for whatever a person can put right."""

    exit_code: Exit

    def __init__(self, sentence: str, exit_code: Exit) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code
