"""Roles of staff, and the parties that make the moves of a workflow."""

from enum import StrEnum


class Role(StrEnum):
    """What a member of staff does in the service."""

    SPECIALIST = "specialist"
    HEAD = "head"
    DEPUTY = "deputy"
    CHANCERY = "chancery"
    AKIM = "akim"
    QUALITY_OFFICIAL = "quality_official"
    REFERENCE_SERVICE = "reference_service"
    OPERATOR_1414 = "operator_1414"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"

    @property
    def text_key(self) -> str:
        return f"role.{self}"


class Party(StrEnum):
    """Who makes a move; a deputy makes the head's moves by his order (A36)."""

    RECIPIENT = "recipient"
    SPECIALIST = Role.SPECIALIST
    HEAD = Role.HEAD
    DEPUTY = Role.DEPUTY
    CHANCERY = Role.CHANCERY
    AKIM = Role.AKIM
    QUALITY_OFFICIAL = Role.QUALITY_OFFICIAL
    ORGANISATION = "organisation"
    KIOSK = "kiosk"
    SYSTEM = "system"

    @property
    def text_key(self) -> str:
        return f"role.{self}"
