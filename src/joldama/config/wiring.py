"""Port to adapter: what stands outside is opened here and in the worker only."""

from joldama.demo.register import DemoRegister
from joldama.registries import ports


def wire() -> None:
    """Give each port its adapter; the gateway's adapter comes with its issue, the demo register until then."""
    ports.wire(DemoRegister())
