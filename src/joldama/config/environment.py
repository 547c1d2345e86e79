"""What the processes of an installation are told: the variables of docs/settings.md, made once a start."""

import os
import re
from pathlib import Path

from govkz.eds import gost
from joldama.adapters.shep.address import NotOnThisMachine, require_loopback
from joldama.config.exits import Exit, Stopped
from joldama.config.ports import LOOPBACK
from joldama.config.postgres import faults
from joldama.config.proxies import read_proxies
from joldama.config.secrets import make_secrets, read_secrets
from joldama.demo.centre.emulated import points_of

_DEMO_ONLY = ("JOLDAMA_CLOCK", "JOLDAMA_CLOCK_FILE", "JOLDAMA_DAY", "JOLDAMA_SIGNER_URL", "JOLDAMA_PHONE_URL")
_NCALAYER = re.compile(r"wss?://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?/?")
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?")
_MOST_PARTNER_CALLS = 6000
_SETTINGS = "joldama.config.settings"


def demo_environment(
    *,
    home: Path,
    database_url: str,
    port: int,
    ncalayer_port: int,
    signer_port: int,
    gateway_port: int,
    phone_port: int,
    centre_port: int,
    live_port: int,
    origin: str | None = None,
) -> dict[str, str]:
    """Return the environment of a demonstration; its keys are made where they are missing.

    Its gateway and its certification centre are the emulated ones and its NCALayer the demo signer, whatever
    else is named.
    """
    keys = Path(os.environ.get("JOLDAMA_SECRETS") or demo_keys())
    try:
        make_secrets(keys)
    except OSError as error:
        raise faults.folder_refused(keys, error.strerror or str(error)) from error
    return {
        **_common(home=home, database_url=database_url, keys=keys),
        "JOLDAMA_ORIGIN": origin or f"http://localhost:{port}",
        "JOLDAMA_LIVE_ORIGIN": f"http://localhost:{live_port}",
        "JOLDAMA_NCALAYER": f"ws://{LOOPBACK}:{ncalayer_port}/",
        "JOLDAMA_SIGNER_URL": f"http://localhost:{signer_port}",
        "JOLDAMA_GATEWAY": f"http://{LOOPBACK}:{gateway_port}/",
        "JOLDAMA_PHONE_URL": f"http://localhost:{phone_port}",
        "JOLDAMA_CENTRE": "demo",
        "JOLDAMA_CENTRE_POINTS": str(_points(home, f"http://{LOOPBACK}:{centre_port}")),
    }


def _points(home: Path, address: str) -> Path:
    """Write the addresses of the emulated centre where the worker reads them; return the file."""
    file = home / "demo-centre.toml"
    try:
        home.mkdir(parents=True, exist_ok=True)
        file.write_text(points_of(address), encoding="utf-8")
    except OSError as error:
        raise faults.folder_refused(home, error.strerror or str(error)) from error
    return file


def production_environment(*, home: Path, database_url: str) -> dict[str, str]:
    """Return the environment of a real installation; raise Stopped where its keys are missing or a demo's."""
    for name in _DEMO_ONLY:
        if os.environ.get(name):
            raise Stopped(f"{name} is for a demonstration only: take it out.", Exit.CONFIGURATION)
    _require_near_gateway()
    _require_ncalayer()
    _require_live_origin()
    _require_recall_minutes()
    _require_partner_calls()
    _require_days_of_stamps()
    read_proxies(os.environ.get("JOLDAMA_PROXIES", ""))
    keys = Path(os.environ.get("JOLDAMA_SECRETS") or default_keys())
    if keys.resolve() == demo_keys().resolve():
        raise Stopped(
            f"The keys in {keys} are those of the demonstration: make others with `joldama admin keys`.",
            Exit.CONFIGURATION,
        )
    if not (keys / "keys.json").exists():
        raise Stopped(
            f"There are no keys in {keys}: make them with `joldama admin keys`, keep a copy in a safe place, "
            "or name their folder in JOLDAMA_SECRETS.",
            Exit.CONFIGURATION,
        )
    read_secrets(str(keys))
    return _common(home=home, database_url=database_url, keys=keys)


def database_environment(*, home: Path, database_url: str, is_demo: bool) -> dict[str, str]:
    """Return the environment of a command that looks into a database and serves nobody."""
    if not is_demo:
        return production_environment(home=home, database_url=database_url)
    keys = Path(os.environ.get("JOLDAMA_SECRETS") or demo_keys())
    read_secrets(str(keys))
    return _common(home=home, database_url=database_url, keys=keys)


def _require_ncalayer() -> None:
    """Refuse what is no address of NCALayer: it stands in the pages, and in what browsers let them reach."""
    given = os.environ.get("JOLDAMA_NCALAYER")
    if given and not _NCALAYER.fullmatch(given):
        raise Stopped(
            "JOLDAMA_NCALAYER must be where people's own computers have NCALayer, as in wss://127.0.0.1:13579/.",
            Exit.CONFIGURATION,
        )


def _require_recall_minutes() -> None:
    """Refuse what are no minutes in which a decision may be recalled: 0 to 10 (A38)."""
    given = os.environ.get("JOLDAMA_RECALL_MINUTES") or "0"
    if not re.fullmatch(r"[0-9]|10", given):
        raise Stopped(
            "JOLDAMA_RECALL_MINUTES must be a number from 0 to 10: how many minutes a decision of the portal may be "
            "recalled before it is sealed.",
            Exit.CONFIGURATION,
        )


def _require_days_of_stamps() -> None:
    """Refuse what are no days before the end of a time stamp at which a paper is stamped again: 1 to 9999."""
    given = os.environ.get("JOLDAMA_RENEW_STAMPS_DAYS") or "180"
    if not re.fullmatch(r"[1-9][0-9]{0,3}", given):
        raise Stopped(
            "JOLDAMA_RENEW_STAMPS_DAYS must be a number from 1 to 9999: how many days before the certificate of its "
            "time stamp ends a sealed paper is stamped again.",
            Exit.CONFIGURATION,
        )


def _require_partner_calls() -> None:
    """Refuse what is no number of calls that a partner's system may make in a minute: 1 to 6000."""
    given = os.environ.get("JOLDAMA_PARTNER_CALLS") or "60"
    if not re.fullmatch(r"[1-9][0-9]{0,3}", given) or int(given) > _MOST_PARTNER_CALLS:
        raise Stopped(
            f"JOLDAMA_PARTNER_CALLS must be a number from 1 to {_MOST_PARTNER_CALLS}: how many calls a partner's "
            "system may make in a minute.",
            Exit.CONFIGURATION,
        )


def _require_live_origin() -> None:
    """Refuse what is no origin: it stands in the pages, and in what browsers let them reach."""
    given = os.environ.get("JOLDAMA_LIVE_ORIGIN")
    if given and not _ORIGIN.fullmatch(given):
        raise Stopped(
            "JOLDAMA_LIVE_ORIGIN must be an address without a path, as in https://live.joldama.example.kz; "
            "without it pages look for /live/ where they come from.",
            Exit.CONFIGURATION,
        )


def _require_near_gateway() -> None:
    try:
        require_loopback(os.environ.get("JOLDAMA_GATEWAY") or f"http://{LOOPBACK}/")
    except NotOnThisMachine as error:
        raise Stopped(
            "JOLDAMA_GATEWAY must be an address of this machine, as in http://127.0.0.1:8090/: messages to "
            "the gateway are not signed yet, and unsigned ones do not leave it.",
            Exit.GATEWAY_ELSEWHERE,
        ) from error


def _require_arithmetic() -> None:
    try:
        gost.backend()
    except gost.Absent as absent:
        raise Stopped(
            f"{gost.VARIABLE} cannot be followed: {absent}. Without it the fastest of this machine is taken.",
            Exit.CONFIGURATION,
        ) from absent


def default_keys() -> Path:
    """Return the folder of the keys: /etc/joldama for root, else in the XDG configuration folder."""
    if os.geteuid() == 0:
        return Path("/etc/joldama")
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "joldama"


def demo_keys() -> Path:
    """Return the folder of the demonstration's keys, apart from a real installation's."""
    return default_keys() / "demo"


def _common(*, home: Path, database_url: str, keys: Path) -> dict[str, str]:
    _require_arithmetic()
    return {
        **os.environ,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": _SETTINGS,
        "JOLDAMA_DATA": str(home),
        "JOLDAMA_SECRETS": str(keys),
    }
