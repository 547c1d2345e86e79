"""Port to adapter: what stands outside is opened here and in the worker only."""

from pathlib import Path

from django.conf import settings

from joldama.adapters.messenger import Mail
from joldama.adapters.shep.codes import SHIPPED, CodesUnreadable, load_codes
from joldama.adapters.shep.line import Line
from joldama.adapters.shep.register import ShepRegister
from joldama.config.exits import Exit, Stopped
from joldama.demo.register import DemoRegister
from joldama.demo.revocation import DemoRevocationLists
from joldama.notices import ports as notices
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
    notices.wire(Mail())


def _identity_register() -> registries.IdentityRegister:
    if not settings.JOLDAMA_GATEWAY:
        return DemoRegister()
    path = Path(settings.JOLDAMA_GATEWAY_CODES or SHIPPED)
    try:
        codes = load_codes(path)
    except CodesUnreadable as error:
        raise Stopped(
            f"The file of JOLDAMA_GATEWAY_CODES, {path}, cannot be read or is not whole; "
            f"take {SHIPPED} as its pattern.",
            Exit.CONFIGURATION,
        ) from error
    line = Line(settings.JOLDAMA_GATEWAY)
    return ShepRegister(line.send, sender=settings.JOLDAMA_GATEWAY_SENDER, codes=codes)
