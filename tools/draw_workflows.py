"""Write docs/standard/workflows.md: the moves of applications, referrals, tickets and complaints as diagrams.

Usage: python tools/draw_workflows.py
"""

from pathlib import Path

from govkz.workflow import mermaid
from joldama.standard.complaint_workflow import COMPLAINT
from joldama.standard.tickets import TICKET
from joldama.standard.workflows import APPLICATION, REFERRAL

TARGET = Path(__file__).parent.parent / "docs" / "standard" / "workflows.md"
PAGE = """\
# Workflows

Made by `tools/draw_workflows.py` from the workflows of `joldama.standard`. A move is labelled with its name,
who may make it and the paragraph of the standard; nothing else moves.

## Application

```mermaid
{application}```

## Referral

```mermaid
{referral}```

## Ticket

```mermaid
{ticket}```

## Complaint

```mermaid
{complaint}```
"""


def drawn() -> str:
    """Return the whole page."""
    return PAGE.format(
        application=mermaid(APPLICATION),
        referral=mermaid(REFERRAL),
        ticket=mermaid(TICKET),
        complaint=mermaid(COMPLAINT),
    )


if __name__ == "__main__":
    TARGET.write_text(drawn(), encoding="utf-8")
