"""Port to adapter: what stands outside is opened here and in the worker only."""

from pathlib import Path

from django.conf import settings

from joldama.adapters.shep.codes import SHIPPED, load_codes
from joldama.adapters.shep.line import Line
from joldama.adapters.shep.register import ShepRegister
from joldama.demo.register import DemoRegister
from joldama.demo.revocation import DemoRevocationLists
from joldama.registries import ports as registries
from joldama.signatures import ports as signatures


def wire() -> None:
    """Give each port its adapter.

    The register of persons is behind the gateway of JOLDAMA_GATEWAY; where none is named, and for the
    certification centre, whose adapter comes with its issue, the demonstration's stand in, which say they
    cannot be reached where the database is none.
    """
    registries.wire(_identity_register())
    signatures.wire(DemoRevocationLists())


def _identity_register() -> registries.IdentityRegister:
    if not settings.JOLDAMA_GATEWAY:
        return DemoRegister()
    return ShepRegister(
        Line(settings.JOLDAMA_GATEWAY).send,
        sender=settings.JOLDAMA_GATEWAY_SENDER,
        codes=load_codes(Path(settings.JOLDAMA_GATEWAY_CODES or SHIPPED)),
    )
