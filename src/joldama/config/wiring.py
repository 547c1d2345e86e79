"""Port to adapter: what stands outside is opened here and in the worker only."""

from pathlib import Path

from django.conf import settings

from govkz.mobile import FiguresUnreadable, figures, load_figures
from joldama.adapters.centre.lists import PublishedLists
from joldama.adapters.centre.points import SHIPPED as SHIPPED_POINTS
from joldama.adapters.centre.points import PointsUnreadable, load_points
from joldama.adapters.centre.responder import HttpResponder
from joldama.adapters.centre.stamper import HttpStamper
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

    The register of persons is behind the gateway of JOLDAMA_GATEWAY, the certification centre is the set of
    JOLDAMA_CENTRE; where none is named the demonstration's stand in, which say they cannot be reached where
    the database is none.
    """
    registries.wire(_identity_register())
    signatures.wire(_certification_centre())
    notices.wire(Mail())
    _require_figures_of_mobile()


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


def _certification_centre() -> signatures.Services:
    if not settings.JOLDAMA_CENTRE:
        return signatures.Services("demo", DemoRevocationLists())
    path = Path(settings.JOLDAMA_CENTRE_POINTS or SHIPPED_POINTS)
    try:
        points = load_points(settings.JOLDAMA_CENTRE, path)
    except PointsUnreadable as error:
        raise Stopped(
            f"The set {settings.JOLDAMA_CENTRE!r} of JOLDAMA_CENTRE cannot be read from {path}; "
            f"take {SHIPPED_POINTS} as its pattern.",
            Exit.CONFIGURATION,
        ) from error
    return signatures.Services(
        points.set_name,
        PublishedLists(points),
        HttpResponder(points.ocsp) if points.ocsp else None,
        HttpStamper(points.tsp, policy=points.tsp_policy) if points.tsp else None,
    )


def _require_figures_of_mobile() -> None:
    """Have a file of JOLDAMA_EGOV_MOBILE that is not whole end the start, and no page later."""
    path = settings.JOLDAMA_EGOV_MOBILE
    try:
        load_figures(path)
    except FiguresUnreadable as error:
        raise Stopped(
            f"The file of JOLDAMA_EGOV_MOBILE, {path}, cannot be read or is not whole; take {figures.SHIPPED} as "
            "its pattern.",
            Exit.CONFIGURATION,
        ) from error
