"""Papers as they were rendered for one official each: what he reads is kept, and only that can he sign (A36).

Two officials who read the same paper have one each, so neither takes it out of the other's hands.
"""

from datetime import datetime
from uuid import UUID

from joldama.people.models import Staff
from joldama.signatures.models import Purpose, Rendering


def rendering_for(staff: Staff, *, purpose: Purpose, subject: UUID) -> bytes | None:
    """Give the bytes that were rendered for an official; None where none are, or no longer."""
    found = Rendering.objects.filter(purpose=purpose, subject=subject, staff=staff).first()
    return found.document if found is not None else None


def keep_rendering(document: bytes, *, purpose: Purpose, subject: UUID, staff: Staff, at: datetime) -> bytes:
    """Keep what an official is shown; what was rendered for him at the same moment elsewhere is given instead."""
    made = Rendering(purpose=purpose, subject=subject, staff=staff, document=document, made_at=at)
    Rendering.objects.bulk_create([made], ignore_conflicts=True)
    kept = rendering_for(staff, purpose=purpose, subject=subject)
    assert kept is not None
    return kept


def drop_renderings(*, purpose: Purpose, subject: UUID, staff: Staff | None = None) -> None:
    """Forget what was rendered of a paper that was changed or signed; of one official's if he is named."""
    found = Rendering.objects.filter(purpose=purpose, subject=subject)
    (found if staff is None else found.filter(staff=staff)).delete()
