"""Channels of the service (¶3) and forms of its result (¶6)."""

from enum import StrEnum


class Channel(StrEnum):
    """Where an application is taken in and where its result is issued: exactly two (¶3, R3.2-a)."""

    PROVIDER = "PROVIDER"
    PORTAL = "PORTAL"

    @property
    def text_key(self) -> str:
        return f"channel.{self}"


class IssueForm(StrEnum):
    """Form of the result: electronic and (or) on paper (¶6, last sentence; A11)."""

    ELECTRONIC = "ELECTRONIC"
    PAPER = "PAPER"
    BOTH = "BOTH"

    @property
    def text_key(self) -> str:
        return f"form.{self}"
