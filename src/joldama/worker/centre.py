"""Asks the services of the certification centre, and notes how each of them is doing."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import TypeVar

from govkz.eds import Crl, Malformed
from govkz.eds.amending import signatures_in
from joldama.installation.clock import now
from joldama.procedures import check
from joldama.signatures import health
from joldama.signatures.believed import fresh_until
from joldama.signatures.judging import asked_about
from joldama.signatures.models import Fault, ProofKind, Service, Signature
from joldama.signatures.operations import NotTheCentres, keep_proof, take_in_list
from joldama.signatures.ports import Point, Published, ServiceSilent, TimeStamper, services

log = logging.getLogger(__name__)
Given = TypeVar("Given")


class StillUnknown(Exception):
    """The centre gave nothing from which it is known whether a certificate was revoked: to be tried again."""


class LeftAlone(Exception):
    """A service of the centre has failed again and again and is not asked just now: to be tried again."""


def ask_about(signature: Signature) -> None:
    """Have what can be had now about the certificate of a signature: the centre's answer, else fresh lists.

    A service that is left alone just now is not asked.
    """
    if not _answered(signature):
        at = now()
        for point in services().lists.points():
            known = Service.objects.filter(name=point.name).first()
            if known is None or not known.rests(at=at):
                fetch_list(point, known)


def _answered(signature: Signature) -> bool:
    """Ask the responder; say whether it gave an answer, which is kept whatever it says."""
    responder, asked = services().responder, asked_about(signature)
    if responder is None or asked is None or health.rests(responder.point(), at=now()):
        return False
    certificate, issuer = asked
    try:
        answer = ask(responder.point(), lambda: responder.ask(certificate, issuer, at=now()))
    except ServiceSilent as silent:
        log.warning("nobody says whether a certificate was revoked: %s", silent.fault)
        return False
    keep_proof(signature, ProofKind.OCSP, answer, at=now())
    return True


def stamp_signatures(*, most: int = 200) -> int:
    """Have the oldest signatures that are not stamped yet stamped, where an authority is wired; say how many were.

    The first silence ends it: what is left waits for the next time.
    """
    stamper, count = services().stamper, 0
    if stamper is None or health.rests(stamper.point(), at=now()):
        return count
    with suppress(ServiceSilent):
        for signature in check.unstamped(most=most):
            ask(stamper.point(), partial(_stamp, signature, stamper))
            count += 1
    return count


def _stamp(signature: Signature, stamper: TimeStamper) -> None:
    for value in signatures_in(signature.cms):
        token = stamper.stamp(value, at=now())
        try:
            check.receive_stamp(signature, token, at=now())
        except Malformed:
            raise ServiceSilent(Fault.NOT_BELIEVED) from None


def fetch_due_lists() -> int:
    """Fetch each list that is due; say how many came anew. One that cannot be had is noted and tried again."""
    return sum(
        fetch_list(point, known) for point, known in health.due_lists(services().lists.points(), at=now())
    )


def fetch_list(point: Point, known: Service | None) -> bool:
    """Fetch a list and take it in; say whether a new one came."""
    etag, modified = health.marks_of(known)

    def fetch() -> tuple[Published, Crl] | None:
        published = services().lists.fetch(point, etag=etag, modified=modified, at=now())
        return None if published is None else (published, _taken_in(published))

    try:
        came = ask(point, fetch)
    except ServiceSilent as silent:
        log.warning("a revocation list cannot be had: %s", silent.fault)
        return False
    if came is not None:
        published, crl = came
        health.note_published(point, published, fresh_until=fresh_until(crl))
    return came is not None


def ask(point: Point, question: Callable[[], Given]) -> Given:
    """Put a question to a service and note how that ended; raise ServiceSilent."""
    began = time.monotonic()
    try:
        given = question()
    except ServiceSilent as silent:
        health.note_fault(point, silent.fault, at=now())
        raise
    health.note_answer(point, at=now(), took=timedelta(seconds=time.monotonic() - began))
    return given


def _taken_in(published: Published) -> Crl:
    try:
        return take_in_list(published.der)
    except Malformed:
        raise ServiceSilent(Fault.NOT_UNDERSTOOD) from None
    except NotTheCentres:
        raise ServiceSilent(Fault.NOT_BELIEVED) from None
