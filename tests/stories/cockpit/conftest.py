"""The window at which somebody works through his screen."""

from tests.stories.cockpit.clerk import clerk, hall

__all__ = ["clerk", "hall"]
