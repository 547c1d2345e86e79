"""A real installation refuses whatever belongs to a demonstration, and says which."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from joldama.adapters.centre.points import load_points
from joldama.config.environment import demo_environment, production_environment
from joldama.config.exits import Exit, Stopped
from joldama.config.secrets import make_secrets

AT = datetime(2026, 3, 16, 5, 0, tzinfo=UTC)


def test_environment_of_a_real_installation_needs_keys_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOLDAMA_SECRETS", str(tmp_path / "keys"))

    with pytest.raises(Stopped) as stopped:
        production_environment(home=tmp_path, database_url="postgresql:///x")

    assert stopped.value.exit_code is Exit.CONFIGURATION
    assert str(stopped.value) == (
        f"There are no keys in {tmp_path / 'keys'}: make them with `joldama admin keys`, keep a copy in a "
        "safe place, or name their folder in JOLDAMA_SECRETS."
    )


@pytest.mark.parametrize("name", ["JOLDAMA_CLOCK", "JOLDAMA_CLOCK_FILE", "JOLDAMA_DAY", "JOLDAMA_SIGNER_URL"])
def test_what_is_for_a_demonstration_only_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_secrets(tmp_path / "keys")
    monkeypatch.setenv("JOLDAMA_SECRETS", str(tmp_path / "keys"))
    monkeypatch.setenv(name, "x")

    with pytest.raises(Stopped) as stopped:
        production_environment(home=tmp_path, database_url="postgresql:///x")

    assert str(stopped.value) == f"{name} is for a demonstration only: take it out."


@pytest.mark.parametrize("address", ["wss://127.0.0.1:13579/", "ws://localhost:14579", "wss://[::1]:13579/"])
def test_ncalayer_is_looked_for_on_peoples_own_computers(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_secrets(tmp_path / "keys")
    monkeypatch.setenv("JOLDAMA_SECRETS", str(tmp_path / "keys"))
    monkeypatch.setenv("JOLDAMA_NCALAYER", address)

    assert (
        production_environment(home=tmp_path, database_url="postgresql:///x")["JOLDAMA_NCALAYER"] == address
    )


@pytest.mark.parametrize(
    "address", ["wss://sign.example.kz:13579/", "https://127.0.0.1:13579/", "wss://127.0.0.1/; script-src *"]
)
def test_ncalayer_elsewhere_is_refused(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_secrets(tmp_path / "keys")
    monkeypatch.setenv("JOLDAMA_SECRETS", str(tmp_path / "keys"))
    monkeypatch.setenv("JOLDAMA_NCALAYER", address)

    with pytest.raises(Stopped) as stopped:
        production_environment(home=tmp_path, database_url="postgresql:///x")

    assert stopped.value.exit_code is Exit.CONFIGURATION
    assert str(stopped.value).startswith(
        "JOLDAMA_NCALAYER must be where people's own computers have NCALayer"
    )


@pytest.mark.parametrize(
    ("address", "is_taken"),
    [
        ("https://live.joldama.example.kz", True),
        ("http://localhost:8001", True),
        ("https://live.joldama.example.kz/", False),
        ("//live.joldama.example.kz", False),
        ("https://live.example.kz; script-src *", False),
    ],
)
def test_the_live_pages_are_at_an_address_without_a_path(
    address: str, is_taken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_secrets(tmp_path / "keys")
    monkeypatch.setenv("JOLDAMA_SECRETS", str(tmp_path / "keys"))
    monkeypatch.setenv("JOLDAMA_LIVE_ORIGIN", address)

    if is_taken:
        told = production_environment(home=tmp_path, database_url="postgresql:///x")
        assert told["JOLDAMA_LIVE_ORIGIN"] == address
    else:
        with pytest.raises(Stopped, match="JOLDAMA_LIVE_ORIGIN must be an address without a path") as stopped:
            production_environment(home=tmp_path, database_url="postgresql:///x")
        assert stopped.value.exit_code is Exit.CONFIGURATION


@pytest.mark.parametrize(
    ("setting", "span", "taken", "refused"),
    [
        ("JOLDAMA_RECALL_MINUTES", "from 0 to 10", ("0", "10"), ("11", "-1", "ten")),
        ("JOLDAMA_RENEW_STAMPS_DAYS", "from 1", ("1", "3650"), ("0", "soon")),
        ("JOLDAMA_PARTNER_CALLS", "from 1 to 6000", ("1", "6000"), ("0", "6001", "many")),
    ],
)
def test_a_number_beyond_its_span_is_refused(
    setting: str,
    span: str,
    taken: tuple[str, ...],
    refused: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_secrets(tmp_path / "keys")
    monkeypatch.setenv("JOLDAMA_SECRETS", str(tmp_path / "keys"))

    for number in taken:
        monkeypatch.setenv(setting, number)
        assert production_environment(home=tmp_path, database_url="postgresql:///x")
    for number in refused:
        monkeypatch.setenv(setting, number)
        with pytest.raises(Stopped, match=f"{setting} must be a number {span}") as stopped:
            production_environment(home=tmp_path, database_url="postgresql:///x")
        assert stopped.value.exit_code is Exit.CONFIGURATION


def test_a_gateway_elsewhere_is_refused_until_messages_are_signed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_secrets(tmp_path / "keys")
    monkeypatch.setenv("JOLDAMA_SECRETS", str(tmp_path / "keys"))
    monkeypatch.setenv("JOLDAMA_GATEWAY", "http://127.0.0.1:8090/")
    near = production_environment(home=tmp_path, database_url="postgresql:///x")
    monkeypatch.setenv("JOLDAMA_GATEWAY", "https://shep.example.kz/bip-sync")

    with pytest.raises(Stopped) as stopped:
        production_environment(home=tmp_path, database_url="postgresql:///x")

    assert near["JOLDAMA_GATEWAY"] == "http://127.0.0.1:8090/"
    assert stopped.value.exit_code is Exit.GATEWAY_ELSEWHERE
    assert str(stopped.value) == (
        "JOLDAMA_GATEWAY must be an address of this machine, as in http://127.0.0.1:8090/: messages to the "
        "gateway are not signed yet, and unsigned ones do not leave it."
    )


def test_a_demonstration_asks_its_own_gateway_whatever_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOLDAMA_SECRETS", str(tmp_path / "keys"))
    monkeypatch.setenv("JOLDAMA_GATEWAY", "https://shep.example.kz/bip-sync")

    environment = demo_environment(
        home=tmp_path,
        database_url="postgresql:///x",
        port=8000,
        ncalayer_port=8003,
        signer_port=8001,
        gateway_port=8002,
        phone_port=8005,
        centre_port=8004,
        live_port=8006,
    )

    assert environment["JOLDAMA_GATEWAY"] == "http://127.0.0.1:8002/"
    points = load_points(environment["JOLDAMA_CENTRE"], Path(environment["JOLDAMA_CENTRE_POINTS"]))
    assert points.ocsp == "http://127.0.0.1:8004/ocsp/"


def test_keys_of_the_demonstration_do_not_serve_a_real_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    make_secrets(tmp_path / "joldama" / "demo")
    monkeypatch.setenv("JOLDAMA_SECRETS", str(tmp_path / "joldama" / "demo"))

    with pytest.raises(Stopped) as stopped:
        production_environment(home=tmp_path, database_url="postgresql:///x")

    assert stopped.value.exit_code is Exit.CONFIGURATION


def _nothing(settings: Settings) -> None:
    pass


def _installation(settings: Settings, *, is_demo: bool = False) -> None:
    from joldama.installation.models import Installation

    Installation.objects.create(is_demo=is_demo, created_at=AT)


def _demonstration(settings: Settings) -> None:
    _installation(settings, is_demo=True)


def _demo_anchor(settings: Settings) -> None:
    from joldama.signatures.models import Anchor

    _installation(settings)
    Anchor.objects.create(der=b"0", set_name="demo")


def _demo_account(settings: Settings) -> None:
    from joldama.demo.people import demo_people
    from joldama.people.models import Account, Staff
    from joldama.standard.roles import Role

    _installation(settings)
    staff = Staff.objects.create(role=Role.ADMINISTRATOR, surname="Ә", given_name="Б")
    Account.objects.create_user(demo_people().staff[0].login, "x", staff=staff)


def _debug(settings: Settings) -> None:
    _installation(settings)
    settings.DEBUG = True


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arrange", "sentence"),
    [
        (_nothing, "The database is not prepared: run `joldama migrate` first."),
        (_demonstration, "The database is a demonstration's: show it with `joldama demo --serve`."),
        (
            _demo_anchor,
            "The database trusts certificates of a demonstration or a test: remove these anchors.",
        ),
        (
            _demo_account,
            "The database holds accounts of the demonstration, whose passwords everybody knows.",
        ),
        (_debug, "DEBUG is on: it shows the inside of the program to everybody."),
    ],
)
def test_database_that_is_not_of_a_real_installation_is_not_served(
    arrange: Callable[[Settings], None], sentence: str, settings: Settings
) -> None:
    from joldama.config.production import require_real

    arrange(settings)

    with pytest.raises(Stopped) as stopped:
        require_real()

    assert (stopped.value.exit_code, str(stopped.value)) == (Exit.CONFIGURATION, sentence)


@pytest.mark.django_db
def test_migrated_database_is_served_and_gets_its_first_administrator_with_a_second_factor(
    settings: Settings,
) -> None:
    from allauth.mfa.models import Authenticator

    from joldama.config import settings as as_installed
    from joldama.config.production import bring_up, make_administrator, require_real
    from joldama.people.models import Account

    settings.PASSWORD_HASHERS = as_installed.PASSWORD_HASHERS
    bring_up(AT)
    require_real()
    secret = make_administrator(
        "first", password="a-long-unusual-word", surname="Ә", given_name="Б", patronymic=""
    )

    account = Account.objects.get(username="first")
    assert account.check_password("a-long-unusual-word") and account.password.startswith("argon2")
    assert (account.staff and account.staff.role) == "administrator"
    assert Authenticator.objects.get(user=account).type == Authenticator.Type.TOTP
    assert len(secret) == 32


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("login", "password", "sentence"),
    [
        ("first", "a-long-unusual-word", "There is an account 'first' already."),
        ("other", "short", "This password is too short. It must contain at least 12 characters."),
    ],
)
def test_administrator_with_a_taken_name_or_a_weak_password_is_not_made(
    login: str, password: str, sentence: str
) -> None:
    from joldama.config.production import bring_up, make_administrator
    from joldama.people.models import Account

    bring_up(AT)
    make_administrator("first", password="a-long-unusual-word", surname="Ә", given_name="Б", patronymic="")

    with pytest.raises(Stopped) as stopped:
        make_administrator(login, password=password, surname="Ә", given_name="Б", patronymic="")

    assert (stopped.value.exit_code, str(stopped.value)) == (Exit.NO, sentence)
    assert Account.objects.count() == 1


def test_an_arithmetic_that_is_not_there_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_secrets(tmp_path / "keys")
    monkeypatch.setenv("JOLDAMA_SECRETS", str(tmp_path / "keys"))
    monkeypatch.setenv("GOVKZ_GOST_BACKEND", "python")
    production_environment(home=tmp_path, database_url="postgresql:///x")
    monkeypatch.setenv("GOVKZ_GOST_BACKEND", "abacus")

    with pytest.raises(Stopped) as stopped:
        production_environment(home=tmp_path, database_url="postgresql:///x")

    assert stopped.value.exit_code is Exit.CONFIGURATION
    assert str(stopped.value).startswith(
        "GOVKZ_GOST_BACKEND cannot be followed: no arithmetic is called abacus"
    )
