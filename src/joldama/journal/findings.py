"""What the checker of the journal may find; these words are an interface (docs/journal.md)."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from joldama.journal.models import Ledger


class Fault(StrEnum):
    """What does not fit."""

    ROW_CHANGED = "row_changed"
    ROW_REMOVED = "row_removed"
    ROW_ADDED = "row_added"
    ROW_UNSEALED = "row_unsealed"
    SEAL_CHANGED = "seal_changed"
    BATCH_CHANGED = "batch_changed"
    BATCH_REMOVED = "batch_removed"
    BATCH_UNSIGNED = "batch_unsigned"
    CHAIN_CUT = "chain_cut"
    CHECKPOINT_CHANGED = "checkpoint_changed"
    CHECKPOINT_REMOVED = "checkpoint_removed"

    @property
    def text_key(self) -> str:
        """Key of its words."""
        return f"journal.fault.{self}"

    @property
    def is_tampering(self) -> bool:
        """Whether somebody went behind the journal's back; else the sealer does not keep up."""
        return self not in (Fault.ROW_UNSEALED, Fault.BATCH_UNSIGNED)


@dataclass(frozen=True)
class Finding:
    """One thing that does not fit: whose chain, which batch of it, which row; `told` says it in a sentence."""

    fault: Fault
    told: str
    ledger: Ledger | None = None
    office: UUID | None = None
    batch: int | None = None
    row: int | None = None


@dataclass
class Counted:
    """How much was looked at."""

    rows: int = 0
    batches: int = 0
    checkpoints: int = 0
