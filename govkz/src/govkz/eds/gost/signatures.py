"""Verify and make GOST signatures as NUCA writes them: r and then s, each with its little end first.

Limits of signing: with Nettle the secret multiple is reckoned in constant time; with the others its path has one shape
and a random start, but numbers of Python and gmpy2 take a little more or less time by their size. The arithmetic of s
is blinded everywhere. Python cannot wipe a key from memory.
"""

import hmac
import secrets

from govkz.eds.gost import arithmetic as arithmetics
from govkz.eds.gost.arithmetic import Arithmetic
from govkz.eds.gost.curves import Curve, Point
from govkz.eds.gost.equation import answer

_FRESH_BYTES = 64


def holds(signature: bytes, *, over: bytes, by: Point, curve: Curve, using: Arithmetic | None = None) -> bool:
    """Tell whether a signature is of this digest under the point of a public key, which lies on the curve."""
    if len(signature) != 2 * curve.size or len(over) != curve.size:
        return False
    r = int.from_bytes(signature[: curve.size], "little")
    s = int.from_bytes(signature[curve.size :], "little")
    if not (0 < r < curve.q and 0 < s < curve.q):
        return False
    return (using or arithmetics.chosen()).holds(curve, by, _number(over, curve), r, s)


def sign(digest: bytes, *, key: int, curve: Curve, using: Arithmetic | None = None) -> bytes:
    """Sign a digest of the size of the curve with a key from 1 to q-1; what is made is verified before it is given."""
    if len(digest) != curve.size:
        raise ValueError("the digest is of another size than the curve")
    arithmetic = using or arithmetics.chosen()
    e = _number(digest, curve)
    while True:
        nonce = _nonce(digest, key, curve)
        r = arithmetic.multiple_of_generator(curve, nonce)[0] % curve.q
        blind = 1 + secrets.randbelow(curve.q - 1)
        s = answer(curve, key=key, nonce=nonce, e=e, r=r, blind=blind)
        if r and s:
            break
    # An arithmetic that errs once (a fault of the machine) would otherwise give the key away.
    if not arithmetic.holds(curve, public_point(key, curve, using=arithmetic), e, r, s):
        raise ArithmeticError("a signature that was just made does not hold")
    return r.to_bytes(curve.size, "little") + s.to_bytes(curve.size, "little")


def public_point(key: int, curve: Curve, *, using: Arithmetic | None = None) -> Point:
    """Give the public key of a private one, which is from 1 to q-1."""
    return (using or arithmetics.chosen()).multiple_of_generator(curve, key)


def new_key(curve: Curve) -> int:
    """Make a private key."""
    return 1 + secrets.randbelow(curve.q - 1)


def _number(digest: bytes, curve: Curve) -> int:
    """GOST 34.10-2015: the digest as a number modulo q, its little end first; 1 stands for 0."""
    return int.from_bytes(digest, "little") % curve.q or 1


def _nonce(digest: bytes, key: int, curve: Curve) -> int:
    """Make the secret number of one signature from the key, the digest and fresh randomness.

    As RFC 6979 §3.6 allows: were the randomness to fail, two digests still never share a nonce. A number much longer
    than q is taken modulo q-1, so that no part of the range is likelier than another.
    """
    secret = key.to_bytes(curve.size, "big")
    seed = hmac.digest(secret, curve.name.encode() + digest + secrets.token_bytes(_FRESH_BYTES), "sha512")
    wide = hmac.digest(seed, b"\x01", "sha512") + hmac.digest(seed, b"\x02", "sha512")
    return 1 + int.from_bytes(wide, "big") % (curve.q - 1)
