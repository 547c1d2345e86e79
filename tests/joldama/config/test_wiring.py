"""The port of the register gets its adapter by what the installation is told."""

from pathlib import Path

import pytest
from pytest_django import Settings

from joldama.adapters.shep.address import NotOnThisMachine
from joldama.adapters.shep.register import ShepRegister
from joldama.config import wiring
from joldama.config.exits import Exit, Stopped
from joldama.demo.register import DemoRegister
from joldama.registries import ports
from joldama.signatures import ports as signatures


@pytest.fixture(autouse=True)
def _wired_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_wired", [])
    monkeypatch.setattr(signatures, "_wired", [])


@pytest.mark.parametrize(
    ("address", "adapter"), [("", DemoRegister), ("http://127.0.0.1:8090/", ShepRegister)]
)
def test_the_register_is_behind_the_gateway_where_one_is_named(
    settings: Settings, address: str, adapter: type
) -> None:
    settings.JOLDAMA_GATEWAY = address

    wiring.wire()

    assert type(ports.identity_register()) is adapter


def test_no_process_is_wired_to_a_gateway_elsewhere(settings: Settings) -> None:
    settings.JOLDAMA_GATEWAY = "http://10.0.0.1/"

    with pytest.raises(NotOnThisMachine):
        wiring.wire()


def test_codes_that_cannot_be_read_are_named(settings: Settings, tmp_path: Path) -> None:
    settings.JOLDAMA_GATEWAY = "http://127.0.0.1:8090/"
    settings.JOLDAMA_GATEWAY_CODES = str(tmp_path / "none.toml")

    with pytest.raises(Stopped, match=r"none\.toml, cannot be read or is not whole") as stopped:
        wiring.wire()

    assert stopped.value.exit_code is Exit.CONFIGURATION


def test_figures_of_egov_mobile_that_cannot_be_read_are_named(settings: Settings, tmp_path: Path) -> None:
    settings.JOLDAMA_EGOV_MOBILE = tmp_path / "none.toml"

    with pytest.raises(Stopped, match=r"JOLDAMA_EGOV_MOBILE.*none\.toml") as stopped:
        wiring.wire()

    assert stopped.value.exit_code is Exit.CONFIGURATION


@pytest.mark.parametrize("name", ["", "production", "test"])
def test_the_centre_is_the_set_that_is_named(settings: Settings, name: str) -> None:
    settings.JOLDAMA_CENTRE = name

    wiring.wire()

    wired = signatures.services()
    assert wired.set_name == (name or "demo")
    assert (wired.responder is not None, wired.stamper is not None) == (bool(name), bool(name))


def test_a_set_that_is_not_in_the_file_is_named(settings: Settings) -> None:
    settings.JOLDAMA_CENTRE = "demo"

    with pytest.raises(Stopped, match="'demo' of JOLDAMA_CENTRE cannot be read") as stopped:
        wiring.wire()

    assert stopped.value.exit_code is Exit.CONFIGURATION
