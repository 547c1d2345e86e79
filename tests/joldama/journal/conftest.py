"""A journal that several connections write, and databases to which they commit."""

from tests.stories.conftest import database, empty_database

__all__ = ["database", "empty_database"]
