"""Administrators of the story."""

from tests.stories.administration.administrators import first, second

__all__ = ["first", "second"]
