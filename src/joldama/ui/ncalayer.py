"""What a page asks NCALayer, the program on a person's own computer that holds his key.

The module `kz.gov.pki.knca.basics`, method `sign`: one request, one answer. The script of the page
(`ui/ncalayer.js`) adds the bytes to sign and sends it.
"""

from enum import Enum
from typing import Any

from govkz.eds import oids
from joldama.standard.words import LANGUAGES

HOME = "https://ncl.pki.gov.kz/"
"""Where the National Certification Authority gives the program away."""


class Signer(Enum):
    """Who is to sign; by the purposes in his certificate NCALayer shows the fitting keys only."""

    PERSON = (oids.EMAIL_PROTECTION, oids.INDIVIDUAL)
    OFFICIAL = (oids.EMAIL_PROTECTION, oids.LEGAL_ENTITY)


def sign_request(by: Signer, *, language: str, has_timestamp: bool, takes_tests: bool) -> dict[str, Any]:
    """Make the request to sign attached CMS over bytes that are added in Base64 as `args.data`.

    `has_timestamp` asks for a time stamp of the default policy. NCALayer offers keys of the production centre
    only; `takes_tests` has it offer all of them.
    """
    assert language in LANGUAGES
    signing: dict[str, Any] = {"decode": True, "encapsulate": True, "digested": False}
    signer: dict[str, Any] = {"extKeyUsageOids": list(by.value)}
    if has_timestamp:
        signing["tsaProfile"] = {}
    if takes_tests:
        signer["chain"] = []
    return {
        "module": "kz.gov.pki.knca.basics",
        "method": "sign",
        "args": {
            "allowedStorages": None,
            "format": "cms",
            "signingParams": signing,
            "signerParams": signer,
            "locale": language,
        },
    }
