"""The papers that are signed: application, sign-in, decision, annulment, complaint, reply (A36, A37).

Each is a value that writes itself as the same XML bytes every time and reads only bytes it would write
itself. Whatever changes what is written is a new version with a namespace of its own.
"""

from joldama.standard.papers.annulment import AnnulmentPaper
from joldama.standard.papers.application import ApplicationPaper
from joldama.standard.papers.complaint import ComplaintPaper
from joldama.standard.papers.decision import DecisionPaper
from joldama.standard.papers.reply import ReplyPaper
from joldama.standard.papers.sign_in import SignInPaper
from joldama.standard.papers.xml import NotThisPaper, UnwritablePaper

__all__ = [
    "AnnulmentPaper",
    "ApplicationPaper",
    "ComplaintPaper",
    "DecisionPaper",
    "NotThisPaper",
    "ReplyPaper",
    "SignInPaper",
    "UnwritablePaper",
]
