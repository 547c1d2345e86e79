"""Reads the installation's row once in a process."""

from functools import cache

from joldama.installation.models import Installation


class NotPrepared(Exception):
    """The database has not been prepared: nobody said whether it is a demonstration."""


@cache
def installation() -> Installation:
    """Give the row that says what this database is; raise NotPrepared where there is none."""
    try:
        return Installation.objects.get()
    except Installation.DoesNotExist as error:
        raise NotPrepared("run `joldama demo` or `joldama serve` to prepare this database") from error


def is_demo() -> bool:
    """Say whether everything here is a demonstration without legal force."""
    return installation().is_demo
