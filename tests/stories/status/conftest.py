"""Somebody who answers the telephone."""

from tests.stories.status.telephone import operator

__all__ = ["operator"]
