"""The emulated register without HTTP: for proofs and measurements that start no process for it."""

from datetime import datetime

from django.conf import settings

from joldama.adapters.shep.codes import load_codes
from joldama.adapters.shep.register import ShepRegister
from joldama.demo.gateway.register import EmulatedRegister
from joldama.demo.visitors import applicants
from joldama.installation.identity import is_demo
from joldama.registries.models import Ended
from joldama.registries.ports import Answer, Question, RegisterSilent


class DemoRegister:
    """Implements registries.ports.IdentityRegister; silent where the database is no demonstration."""

    def ask(self, question: Question, *, at: datetime) -> Answer:
        """Ask and answer in messages of the gateway, within this process."""
        if not is_demo():
            raise RegisterSilent(Ended.SILENT)
        emulated = EmulatedRegister(people=lambda: applicants(settings.DATA), now=lambda: at)
        return ShepRegister(emulated.answer, sender="demo", codes=load_codes()).ask(question, at=at)
