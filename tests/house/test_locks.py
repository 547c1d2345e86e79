"""What is installed is locked by hashes, without addresses, and its licences allow our own."""

import re
from importlib import metadata

import pytest
from packaging.markers import Marker
from packaging.utils import canonicalize_name

from tests.house.tree import PYPROJECT, ROOT, assert_none

LOCKS = {
    name: (ROOT / name).read_text(encoding="utf-8") for name in ("requirements.lock", "requirements-dev.lock")
}

# Licences under which a package may be installed beside Apache-2.0 code (SPDX identifiers). The LGPL and the
# MPL ask for their own files only, which we neither change nor ship.
ACCEPTED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "LGPL-3.0-only",
    "LGPL-3.0-or-later", "MIT", "MIT-0", "MPL-2.0", "OFL-1.1", "PSF-2.0", "PostgreSQL", "Python-2.0",
    "Unlicense", "Zlib",
}  # fmt: skip
# What packages say that do not speak SPDX, in their own words.
SAID_OTHERWISE = {
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "bsd-3-clause license": "BSD-3-Clause",
    "gnu lesser general public license v3 (lgplv3)": "LGPL-3.0-only",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "sil ofl v1.1": "OFL-1.1",
    "the unlicense (unlicense)": "Unlicense",
    "postgresql license": "PostgreSQL",
}

# What a package says beside its licence, and what was read there.
SAID_BESIDE = {
    "qrcode": {"Other/Proprietary License"},  # its LICENSE: BSD, the MIT notice of its origin, a trademark
}

_PINNED = re.compile(r"(?m)^([A-Za-z0-9._-]+)==(\S+)(?: ; (.+?))?(?: \\)?$")
_HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def pins(lock: str) -> set[tuple[str, str, str]]:
    """Return (name, version, marker) of each package; one may stand for several Pythons."""
    return {(canonicalize_name(name), version, marker) for name, version, marker in _PINNED.findall(lock)}


def installed_here(lock: str) -> list[str]:
    """Return the packages of a lock whose markers hold on this machine."""
    return [
        canonicalize_name(name)
        for name, _version, marker in _PINNED.findall(lock)
        if not marker or Marker(marker).evaluate()
    ]


def strange_lines(lock: str) -> list[str]:
    """Return the lines that are neither a pin nor a hash."""
    lines = [line for line in lock.splitlines() if line]
    return [line for line in lines if not _HASH.fullmatch(line) and not _PINNED.fullmatch(line)]


def licences(package: str) -> set[str]:
    """Return the licences a package names: SPDX identifiers, or its own words where it has others."""
    about = metadata.metadata(package)
    expression = about.get("License-Expression")
    if expression:
        return set(re.findall(r"[A-Za-z0-9.+-]+", expression)) - {"AND", "OR", "WITH"}
    classified = [
        classifier.rpartition(" :: ")[2]
        for classifier in about.get_all("Classifier") or []
        if classifier.startswith("License :: ") and not classifier.endswith("OSI Approved")
    ]
    said = classified or [(about.get("License") or "says nothing").splitlines()[0]]
    return {SAID_OTHERWISE.get(words.strip().lower(), words.strip()) for words in said}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_pins_and_hashes_and_nothing_else(name):
    assert strange_lines(LOCKS[name]) == []
    assert len(pins(LOCKS[name])) == len(re.findall(r"(?m)^\S", LOCKS[name]))


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_has_a_hash(name):
    entries = re.split(r"(?m)^(?=\S)", LOCKS[name])

    assert_none((entry for entry in entries if entry and "--hash=sha256:" not in entry), "Without a hash:")


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://example.org/simple",
        "django @ https://example.org/django.whl",
        "django>=5",
        "-e .",
    ],
)
def test_an_address_or_a_loose_version_in_a_lock_is_seen(line):
    assert strange_lines(f"{line}\n") == [line]


def test_the_lock_for_proofs_holds_the_lock_for_running():
    assert pins(LOCKS["requirements.lock"]) - pins(LOCKS["requirements-dev.lock"]) == set()


def test_every_dependency_is_locked():
    wanted = {
        canonicalize_name(re.split(r"[\[<>=;! ]", line)[0])
        for line in (*PYPROJECT["project"]["dependencies"], *PYPROJECT["build-system"]["requires"])
    }

    locked = {name for name, _version, _marker in pins(LOCKS["requirements.lock"])}

    assert wanted - {"govkz"} - locked == set()


def test_both_distributions_carry_the_apache_licence():
    texts = [(folder / "LICENSE").read_text(encoding="utf-8") for folder in (ROOT, ROOT / "govkz")]

    assert texts[0] == texts[1]
    assert texts[0].split()[:4] == ["Apache", "License", "Version", "2.0,"]


@pytest.mark.parametrize("name", installed_here(LOCKS["requirements.lock"]))
def test_a_package_we_run_on_has_a_licence_that_allows_ours(name):
    assert licences(name) - ACCEPTED - SAID_BESIDE.get(name, set()) == set()
