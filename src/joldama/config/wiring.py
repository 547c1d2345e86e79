"""Port to adapter: what stands outside is opened here and in the worker only."""

from joldama.demo.register import DemoRegister
from joldama.demo.revocation import DemoRevocationLists
from joldama.registries import ports as registries
from joldama.signatures import ports as signatures


def wire() -> None:
    """Give each port its adapter.

    The gateway's and the certification centre's come with their issues; until then both are the
    demonstration's, which say they cannot be reached where the database is none.
    """
    registries.wire(DemoRegister())
    signatures.wire(DemoRevocationLists())
