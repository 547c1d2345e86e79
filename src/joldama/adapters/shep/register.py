"""Asks the register of persons: who is he, and if his document is not among his own, whose is it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from govkz.gateway import Malformed, Unwritable, gbdfl, shep
from govkz.gateway.gbdfl import Person, PersonRequest, PersonResponse
from joldama.adapters.shep.codes import Codes
from joldama.adapters.shep.judging import document_named, judged, person_asked_about
from joldama.registries.models import Ended, Outcome
from joldama.registries.ports import Answer, Question, RegisterSilent

SERVICE = "GBDFL_UniversalServiceSync"
"""The edition without consent: tokens of consent come with the service that grants them (KDP)."""

_NATIONAL = ZoneInfo("Asia/Almaty")  # the register keeps one day for the whole country
_LASTING = {"Client", "MustUnderstand", "VersionMismatch"}  # SOAP 1.1, 4.4.1: not to be sent again unchanged


class ShepRegister:
    """Implements registries.ports.IdentityRegister with messages of SHEP; `send` carries them there and back."""

    def __init__(self, send: Callable[[bytes], bytes], *, sender: str, codes: Codes) -> None:
        self._send = send
        self._sender = sender
        self._codes = codes

    def ask(self, question: Question, *, at: datetime) -> Answer:
        """Answer a question; raise RegisterSilent. A second message goes only where the first leaves it open."""
        person = person_asked_about(self._persons(at, iin=question.iin), question)
        if person is None:
            return Answer(Outcome.UNKNOWN)
        document = document_named(person, question, self._codes)
        if document is not None:
            day = at.astimezone(_NATIONAL).date()
            return judged(person, document, self._codes, kind=question.document_kind, on=day)
        return Answer(Outcome.OTHER_PERSON if self._is_anothers(question, at) else Outcome.UNKNOWN)

    def _is_anothers(self, question: Question, at: datetime) -> bool:
        """Say whether somebody else has the document; nothing of him is kept."""
        holders = self._persons(at, document_number=question.document_number)
        others = (person for person in holders if person.iin != question.iin)
        return any(document_named(other, question, self._codes) is not None for other in others)

    def _persons(self, at: datetime, **way: Any) -> tuple[Person, ...]:
        asked = PersonRequest(message_id=str(uuid4()), sent_at=at, sender_code=self._sender, **way)
        try:
            data = gbdfl.write_request(asked)
        except Unwritable:
            return ()  # no register knows a number that no message can carry
        answer = self._answer(asked.message_id, data, at)
        if answer.request_id != asked.message_id:
            raise RegisterSilent(Ended.NOT_UNDERSTOOD)
        if answer.result.code in self._codes.failed:
            raise RegisterSilent(Ended.FAULT)
        return answer.persons

    def _answer(self, name: str, data: bytes, at: datetime) -> PersonResponse:
        """Send a question in an envelope; raise RegisterSilent for all that is no answer to it."""
        envelope = shep.SyncRequest(
            message_id=name, service_id=SERVICE, sent_at=at, sender_id=self._sender, data=data
        )
        received = self._send(shep.write_request(envelope))
        try:
            answer = shep.read_answer(received)
            if isinstance(answer, shep.Fault):
                raise RegisterSilent(self._ended(answer))
            if not answer.is_success:
                # The code of failure does not tell "no such person" from "could not look": not known.
                raise RegisterSilent(Ended.FAULT)
            if answer.data is None:
                raise RegisterSilent(Ended.NOT_UNDERSTOOD)
            return gbdfl.read_response(answer.data)
        except Malformed:
            raise RegisterSilent(Ended.NOT_UNDERSTOOD) from None

    def _ended(self, fault: shep.Fault) -> Ended:
        is_lasting = fault.soap_code in _LASTING or self._codes.is_lasting(fault.code)
        return Ended.REJECTED if is_lasting else Ended.FAULT
