"""Take the text wrapping off signatures, certificates and lists: PEM, bare base64, or none."""

import base64
import binascii
import re

from govkz.eds.der import Malformed

_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]{1,40})-----(.*?)-----END \1-----", re.DOTALL)
_SPACE = b" \t\r\n"


class TooLarge(Malformed):
    """The bytes are more than a document of this kind may be."""


def unarmour(blob: bytes, *, label: str, limit: int) -> bytes:
    """Give the DER inside: PEM under one of the labels (separated by `|`), base64 text, or DER as it is.

    `limit` is in bytes of DER. Raises Malformed, TooLarge.
    """
    # Base64 takes four bytes for three, and line ends and the two labels a little more.
    if len(blob) > limit * 3 // 2 + 1024:
        raise TooLarge("larger than the limit")
    encoded = blob if blob[:1] == b"\x30" else _from_text(blob, label.split("|"))
    if len(encoded) > limit:
        raise TooLarge("larger than the limit")
    return encoded


def armour(encoded: bytes, *, label: str) -> bytes:
    """Give the PEM text of DER bytes (RFC 7468)."""
    text = base64.b64encode(encoded)
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    name = label.encode()
    return b"\n".join([b"-----BEGIN " + name + b"-----", *lines, b"-----END " + name + b"-----", b""])


def pieces(blob: bytes, *, label: str) -> list[bytes]:
    """Give the DER of each PEM block under the label; raises Malformed where a block is no base64."""
    return [_decoded(body) for name, body in _PEM.findall(blob) if name == label.encode()]


def _from_text(blob: bytes, labels: list[str]) -> bytes:
    text = blob.strip(_SPACE)
    if not text.startswith(b"-----BEGIN "):
        return _decoded(text)
    match = _PEM.match(text)
    if not match or match[1].decode() not in labels:
        raise Malformed("no such block of text")
    return _decoded(match[2])


def _decoded(text: bytes) -> bytes:
    try:
        return base64.b64decode(b"".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as undecodable:
        raise Malformed("neither DER nor base64") from undecodable
