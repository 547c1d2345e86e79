"""Tells a test key from a key of an unknown centre, where neither is believed."""

from govkz.eds import Malformed, Trust
from govkz.eds.certificates import read as read_certificate
from govkz.eds.cms import read as read_message
from govkz.eds.trust import is_test


def is_test_key(message: bytes, *, trust: Trust) -> bool:
    """Tell whether a certificate in a signed message is of a test centre, and no test is believed here."""
    if trust.is_test:
        return False
    try:
        return any(is_test(read_certificate(one)) for one in read_message(message).certificates)
    except Malformed:
        return False
