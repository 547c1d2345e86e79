"""The protocol of NCALayer as far as the demo signer speaks it: `kz.gov.pki.knca.basics`, `sign`, `cms`."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

GREETING = json.dumps({"result": {"version": "1.4"}})
"""Said unasked to whoever connects."""

NOT_KNOWN = "{}"
"""Answered to a module or method that is none of ours."""

CANCELLED = json.dumps({"body": {}, "status": True})
BUSY = json.dumps({"code": "GENERAL_ERROR", "message": "General error.", "status": False})
"""Answered to a second request while the first one waits."""


@dataclass(frozen=True)
class Asked:
    """What is to be signed, and with whose keys: all `purposes` stand in their certificates."""

    document: bytes
    purposes: frozenset[str]
    takes_tests: bool
    is_attached: bool
    has_timestamp: bool
    language: str


class NotOurs(Exception):
    """The request names a module or a method that the demo signer does not have."""


class NotUnderstood(Exception):
    """The request cannot be carried out; the text says why, as `details` of the answer."""


def read(message: str | bytes) -> Asked:
    """Read a request; raise NotOurs, NotUnderstood."""
    try:
        request = json.loads(message)
        if (request["module"], request["method"]) != ("kz.gov.pki.knca.basics", "sign"):
            raise NotOurs
        return _asked(request["args"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotUnderstood(f"{type(error).__name__}: {error}") from error


def signed(pem: bytes) -> str:
    """Answer with a signed message in PEM."""
    return json.dumps({"body": {"result": pem.decode()}, "status": True})


def failed(details: str) -> str:
    """Answer that the request could not be carried out."""
    return json.dumps(
        {
            "code": "INVOCATION_ERROR",
            "message": "An invoked method threw an exception.",
            "details": details,
            "status": False,
        }
    )


def _asked(args: dict[str, Any]) -> Asked:
    signing, signer = args["signingParams"], args["signerParams"]
    if args["format"] != "cms" or signing.get("digested"):
        raise NotUnderstood("the demonstration signs documents as CMS only")
    return Asked(
        document=_document(args["data"], is_encoded=bool(signing.get("decode"))),
        purposes=frozenset(signer.get("extKeyUsageOids") or ()),
        takes_tests="chain" in signer,
        is_attached=bool(signing.get("encapsulate")),
        has_timestamp=signing.get("tsaProfile") is not None,
        language=str(args.get("locale", "")),
    )


def _document(given: str, *, is_encoded: bool) -> bytes:
    if not is_encoded:
        return given.encode()
    try:
        return base64.b64decode(given, validate=True)
    except binascii.Error as error:
        raise NotUnderstood("data is no Base64") from error
