"""Name the algorithms of XML signatures that are registered and not read here (RFC 9231, W3C, OASIS).

A signature by one of them stays open. A name that stands in no register is no name: somebody changed it.
"""

_DS = "http://www.w3.org/2000/09/xmldsig#"
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_MORE_2007 = "http://www.w3.org/2007/05/xmldsig-more#"
_MORE_2021 = "http://www.w3.org/2021/04/xmldsig-more#"
_RUSSIAN = "urn:ietf:params:xml:ns:cpxmlsec:algorithms:"


def _each(prefix: str, names: str) -> frozenset[str]:
    return frozenset(prefix + name for name in names.split())


SIGNATURES = (
    _each(_DS, "dsa-sha1 hmac-sha1")
    | _each("http://www.w3.org/2009/xmldsig11#", "dsa-sha256")
    | _each(_MORE, "hmac-md5 hmac-sha224 hmac-sha256 hmac-sha384 hmac-sha512 hmac-ripemd160")
    | _each(_MORE, "rsa-md5 rsa-sha224 rsa-ripemd160 esign-sha1 esign-sha224 esign-sha256 esign-sha384")
    | _each(_MORE, "esign-sha512 ecdsa-sha1 ecdsa-sha224 ecdsa-sha256 ecdsa-sha384 ecdsa-sha512")
    | _each(_MORE_2007, "md2-rsa-MGF1 md5-rsa-MGF1 sha1-rsa-MGF1 sha224-rsa-MGF1 sha256-rsa-MGF1")
    | _each(_MORE_2007, "sha384-rsa-MGF1 sha512-rsa-MGF1 sha3-224-rsa-MGF1 sha3-256-rsa-MGF1")
    | _each(_MORE_2007, "sha3-384-rsa-MGF1 sha3-512-rsa-MGF1 ripemd128-rsa-MGF1 ripemd160-rsa-MGF1")
    | _each(_MORE_2007, "whirlpool-rsa-MGF1 rsa-pss rsa-whirlpool ecdsa-ripemd160 ecdsa-whirlpool")
    | _each(_MORE_2021, "ecdsa-sha3-224 ecdsa-sha3-256 ecdsa-sha3-384 ecdsa-sha3-512")
    | _each(_MORE_2021, "eddsa-ed25519 eddsa-ed25519ctx eddsa-ed25519ph eddsa-ed448 eddsa-ed448ph")
    | _each(_RUSSIAN, "gostr34102001-gostr3411")
    | _each(_RUSSIAN, "gostr34102012-gostr34112012-256 gostr34102012-gostr34112012-512")
)
DIGESTS = (
    _each(_MORE, "md5 sha224")
    | _each("http://www.w3.org/2001/04/xmlenc#", "ripemd160")
    | _each(_MORE_2007, "sha3-224 sha3-256 sha3-384 sha3-512 whirlpool")
    | _each(_RUSSIAN, "gostr3411 gostr34112012-256 gostr34112012-512")
)
FORMS = frozenset(
    {
        "http://www.w3.org/2006/12/xml-c14n11",
        "http://www.w3.org/2006/12/xml-c14n11#WithComments",
        "http://www.w3.org/2010/xml-c14n2",
        _DS + "minimal",
    }
)
TRANSFORMS = FORMS | {
    _DS + "base64",
    "http://www.w3.org/TR/1999/REC-xpath-19991116",
    "http://www.w3.org/2002/06/xmldsig-filter2",
    "http://www.w3.org/TR/1999/REC-xslt-19991116",
    "http://www.w3.org/TR/2001/WD-xptr-20010108",
    "http://www.w3.org/2002/07/decrypt#XML",
    "http://www.w3.org/2002/07/decrypt#Binary",
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#STR-Transform",
    "http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#Attachment-Content-Signature-Transform",
    "http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#Attachment-Complete-Signature-Transform",
}
