"""A sheet that was kept by hand."""

from tests.stories.sheets.sheet import sheet

__all__ = ["sheet"]
