"""Bodies that take part: who delivers the service, and who considers complaints about it (¶3, ¶10)."""

from enum import StrEnum


class OfficeKind(StrEnum):
    """What an office is; only a provider takes applications."""

    PROVIDER = "PROVIDER"
    AKIMAT = "AKIMAT"
    QUALITY_BODY = "QUALITY_BODY"
