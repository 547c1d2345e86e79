"""What somebody can do who holds a key of his own: sign whatever he wrote into a signature."""

import base64

from lxml import etree

from govkz.eds import pki

DS = "{http://www.w3.org/2000/09/xmldsig#}"


def forge(signed: bytes, *changes: tuple[str, str], by: pki.Identity) -> bytes:
    """Replace texts in a signed document, each exactly once, then sign SignedInfo as it now stands."""
    text = signed.decode()
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    root = etree.fromstring(text.encode())
    (signed_info,) = root.iter(f"{DS}SignedInfo")
    (value,) = root.iter(f"{DS}SignatureValue")
    method = signed_info.find(f"{DS}CanonicalizationMethod").get("Algorithm")
    canonical = etree.tostring(
        signed_info, method="c14n", exclusive="exc-c14n" in method, with_comments=False
    )
    value.text = base64.b64encode(by.key.sign(canonical)).decode()
    return etree.tostring(root)
