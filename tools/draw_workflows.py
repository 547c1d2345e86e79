"""Write docs/standard/workflows.md: the moves of an application, of a referral and of a ticket as diagrams.

Usage: python tools/draw_workflows.py
"""

from pathlib import Path

from govkz.workflow import mermaid
from joldama.standard.tickets import TICKET
from joldama.standard.workflows import APPLICATION, REFERRAL

TARGET = Path(__file__).parent.parent / "docs" / "standard" / "workflows.md"
PAGE = """\
# Workflows

Made by `tools/draw_workflows.py` from `joldama.standard.workflows` and `joldama.standard.tickets`. A move
is labelled with its name, who may make it and the paragraph of the standard; nothing else moves.

## Application

```mermaid
{application}```

## Referral

```mermaid
{referral}```

## Ticket

```mermaid
{ticket}```
"""


def drawn() -> str:
    """Return the whole page."""
    return PAGE.format(application=mermaid(APPLICATION), referral=mermaid(REFERRAL), ticket=mermaid(TICKET))


if __name__ == "__main__":
    TARGET.write_text(drawn(), encoding="utf-8")
