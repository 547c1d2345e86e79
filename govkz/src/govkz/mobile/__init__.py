"""Signing on a phone with eGov Mobile: what a service answers when the application calls, and what it sends.

Three calls, all made by the phone. The QR code holds the address of the first. `GET` there gives who asks, until
when, and a second address; `GET` at the second gives what is to be signed; `PUT` at the second brings it signed.
"""

from govkz.mobile.figures import App, Figures, FiguresUnreadable, load_figures
from govkz.mobile.messages import (
    LARGEST,
    Invitation,
    Misfit,
    NotUnderstood,
    Organisation,
    Paper,
    read_signed,
)

__all__ = [
    "LARGEST",
    "App",
    "Figures",
    "FiguresUnreadable",
    "Invitation",
    "Misfit",
    "NotUnderstood",
    "Organisation",
    "Paper",
    "load_figures",
    "read_signed",
]
