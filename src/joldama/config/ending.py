"""End a process as the command ends: one sentence for what a person can put right, a traceback for a bug."""

import errno
import os
import sys
import traceback
from collections.abc import Callable

from joldama.config.exits import Exit, Stopped


def ended(run: Callable[[], int]) -> int:
    """Run and return the exit code; whatever was raised is told on the error stream."""
    try:
        return run()
    except SystemExit as left:  # argparse, after --help or a wrong command line
        return left.code if isinstance(left.code, int) else int(Exit.DONE)
    except Stopped as stopped:
        return _said(str(stopped), stopped.exit_code)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has gone; what Python still holds for it must not complain either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except Exception as error:
        return _outage(error) or _bug()


def _outage(error: Exception) -> Exit | None:
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return _said("The disk is full: free some space and start again.", Exit.DISK_FULL)
    if getattr(_cause(error), "sqlstate", None) == "53100":  # disk_full (PostgreSQL, Appendix A)
        return _said("The disk of the database is full: free some space and start again.", Exit.DISK_FULL)
    if type(error).__name__ == "OperationalError":
        return _said("The database does not answer: is the address in DATABASE_URL right?", Exit.NO_DATABASE)
    if type(error).__name__ == "SecretsUnreadable":
        return _said(f"{error}.", Exit.CONFIGURATION)
    return None


def _cause(error: Exception) -> BaseException:
    return error.__cause__ or error


def _bug() -> Exit:
    traceback.print_exc()
    return _said("This is a fault of joldama itself; the lines above name the place.", Exit.BUG)


def _said(sentence: str, code: Exit) -> Exit:
    print(f"joldama: {sentence}", file=sys.stderr, flush=True)  # noqa: T201 - the command's last word
    return code
