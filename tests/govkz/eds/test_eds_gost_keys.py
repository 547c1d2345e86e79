"""National keys are read, sign, and are refused with a reason; another implementation agrees on what they sign."""

import gostcrypto
import pytest
from tests.govkz.eds.town import Gost2004Key

from govkz.eds import GostKey, Malformed, Obsolete, Reason, RsaKey, algorithms, armour, oids, read_key
from govkz.eds.certificates import algorithm_of
from govkz.eds.der import (
    BIT_STRING,
    NULL,
    OCTET_STRING,
    SEQUENCE,
    encode,
    encode_identifier,
    encode_number,
    parse,
)
from govkz.eds.gost import public_keys, signatures
from govkz.eds.gost.schemes import GOST_2004, GOST_2015_256, GOST_2015_512, SCHEMES, Digest

CONTENT = "Өтініш: жолдама беруді сұраймын".encode()
SIGNING = [GOST_2015_512, GOST_2015_256]
CURVE_NAMES = {
    GOST_2015_512: "id-tc26-gost-3410-12-512-paramSetA",
    GOST_2015_256: "id-tc26-gost-3410-2012-256-paramSetB",
    GOST_2004: "id-tc26-gost-3410-2012-256-paramSetB",
}


def named(scheme):
    return scheme.name


def key_of(scheme):
    return Gost2004Key.create() if scheme is GOST_2004 else GostKey.create(scheme)


def public_of(key):
    return algorithms.PublicKey(key.public_info, algorithm_of(parse(key.public_info).children()[0]))


def fault(key, signature, *, over=CONTENT, by=None, algorithm=None, digest_algorithm=None):
    return algorithms.fault_of(
        signature,
        over=over,
        by=by or public_of(key),
        algorithm=algorithm or key.algorithm,
        digest_algorithm=digest_algorithm,
    )


@pytest.mark.parametrize("scheme", SCHEMES, ids=named)
def test_what_a_key_signs_is_verified_by_its_public_half(scheme):
    key = key_of(scheme)
    signature = key.sign(CONTENT)

    assert fault(key, signature) is None
    assert fault(key, signature, digest_algorithm=key.digest_algorithm) is None
    assert fault(key, signature, over=CONTENT + b" ") == Reason.BAD_SIGNATURE
    assert fault(key_of(scheme), signature) == Reason.BAD_SIGNATURE


@pytest.mark.parametrize("scheme", SCHEMES, ids=named)
def test_a_signature_may_be_named_as_its_key_is(scheme):
    key = key_of(scheme)

    assert fault(key, key.sign(CONTENT), algorithm=scheme.key, digest_algorithm=scheme.digest.value) is None
    assert algorithms.name_of(scheme.key) == algorithms.name_of(scheme.signature) == scheme.name


@pytest.mark.parametrize(
    "digest_algorithm", [*(digest.value for digest in Digest), oids.SHA256, oids.SHA1, "1.2.3"]
)
@pytest.mark.parametrize("scheme", SCHEMES, ids=named)
def test_the_digest_named_beside_has_to_agree(scheme, digest_algorithm):
    key = key_of(scheme)

    expected = None if digest_algorithm == scheme.digest.value else Reason.BAD_SIGNATURE
    assert fault(key, key.sign(CONTENT), digest_algorithm=digest_algorithm) == expected


def test_an_algorithm_and_a_key_of_another_kind_do_not_meet():
    keys = [key_of(scheme) for scheme in SCHEMES] + [RsaKey.create()]

    held = {
        (key.algorithm, other.algorithm): fault(
            key, key.sign(CONTENT), by=public_of(other), algorithm=algorithm
        )
        for key in keys
        for other in keys
        for algorithm in (key.algorithm,)
        if key is not other
    }

    assert set(held.values()) == {Reason.BAD_SIGNATURE}


@pytest.mark.parametrize("algorithm", ["1.3.6.1.4.1.6801.1.2.2", "1.2.643.7.1.1.3.3", "1.2.840.10045.4.3.2"])
def test_an_unknown_algorithm_stays_open(algorithm):
    key = GostKey.create()

    assert fault(key, key.sign(CONTENT), algorithm=algorithm) == Reason.UNSUPPORTED_ALGORITHM
    assert algorithms.digest(algorithm, CONTENT) == Reason.UNSUPPORTED_ALGORITHM
    assert algorithms.name_of(algorithm) == algorithm


@pytest.mark.parametrize("scheme", SIGNING, ids=named)
def test_another_implementation_verifies_what_we_sign(scheme):
    key = GostKey.create(scheme)
    other = gostcrypto.gostsignature.GOST34102012(
        gostcrypto.gostsignature.MODE_512 if scheme is GOST_2015_512 else gostcrypto.gostsignature.MODE_256,
        gostcrypto.gostsignature.CURVES_R_1323565_1_024_2019[CURVE_NAMES[scheme]],
    )
    size = scheme.curve.size
    signature = key.sign(CONTENT)

    def theirs(signature):
        point = signatures.public_point(key.key, scheme.curve)
        public = b"".join(coordinate.to_bytes(size, "big") for coordinate in point)
        digest = gostcrypto.gosthash.new(f"streebog{size * 8}", data=bytearray(CONTENT)).digest()
        halves = signature[:size][::-1] + signature[size:][::-1]
        return other.verify(bytearray(public), bytearray(digest[::-1]), bytearray(halves))

    assert theirs(signature)
    assert not theirs(signature[:-1] + bytes((signature[-1] ^ 1,)))


@pytest.mark.parametrize("scheme", SIGNING, ids=named)
def test_we_verify_what_another_implementation_signs(scheme):
    key = GostKey.create(scheme)
    size = scheme.curve.size
    other = gostcrypto.gostsignature.GOST34102012(
        gostcrypto.gostsignature.MODE_512 if scheme is GOST_2015_512 else gostcrypto.gostsignature.MODE_256,
        gostcrypto.gostsignature.CURVES_R_1323565_1_024_2019[CURVE_NAMES[scheme]],
    )
    private = bytearray(key.key.to_bytes(size, "big"))
    digest = gostcrypto.gosthash.new(f"streebog{size * 8}", data=bytearray(CONTENT)).digest()

    made = bytes(other.sign(private, bytearray(digest[::-1])))
    public = other.public_key_generate(private)

    assert fault(key, made[:size][::-1] + made[size:][::-1]) is None
    # Untouched it is of the Russian order of bytes, which no Kazakh program writes.
    assert fault(key, made) == Reason.BAD_SIGNATURE
    x, y = signatures.public_point(key.key, scheme.curve)
    assert bytes(public) == x.to_bytes(size, "big") + y.to_bytes(size, "big")


@pytest.mark.parametrize("scheme", SCHEMES, ids=named)
def test_a_private_key_is_read_as_it_was_written(scheme):
    key = GostKey.create(scheme)

    again = read_key(armour.armour(key.pkcs8, label="PRIVATE KEY"))

    assert isinstance(again, GostKey)
    assert (again.key, again.scheme, again.public_info) == (key.key, scheme, key.public_info)


def test_both_layouts_of_private_keys_are_read():
    key = GostKey.create(GOST_2004)
    algorithm = public_keys.write_algorithm(GOST_2004)
    inner = encode(OCTET_STRING, key.key.to_bytes(32, "little"))

    written = encode(SEQUENCE, encode_number(0), algorithm, encode(OCTET_STRING, inner))

    assert written != key.pkcs8
    assert read_key(written).key == key.key


def test_a_key_of_2004_is_read_and_does_not_sign():
    key = GostKey.create(GOST_2004)

    with pytest.raises(Obsolete):
        key.sign(CONTENT)


@pytest.mark.parametrize(
    "inner",
    [
        b"",
        encode(OCTET_STRING, bytes(64)),
        encode(OCTET_STRING, GOST_2015_512.curve.q.to_bytes(64, "little")),
        encode(OCTET_STRING, b"\1" * 32),
        encode(OCTET_STRING, b"\1" * 65),
        encode_number(0),
        encode_number(-5),
        encode_number(GOST_2015_512.curve.q),
        encode(NULL),
    ],
)
def test_a_private_key_outside_its_range_is_malformed(inner):
    algorithm = public_keys.write_algorithm(GOST_2015_512)

    with pytest.raises(Malformed):
        read_key(encode(SEQUENCE, encode_number(0), algorithm, encode(OCTET_STRING, inner)))


X, Y = GOST_2015_512.curve.generator
P = GOST_2015_512.curve.p


def written(x=X, y=Y, *, size=64, content=None, parameters=GOST_2015_512.parameters, key=GOST_2015_512.key):
    content = x.to_bytes(size, "little") + y.to_bytes(size, "little") if content is None else content
    named_by = encode(SEQUENCE, *(encode_identifier(oid) for oid in parameters))
    return encode(
        SEQUENCE,
        encode(SEQUENCE, encode_identifier(key), named_by),
        encode(BIT_STRING, b"\0", encode(OCTET_STRING, content)),
    )


@pytest.mark.parametrize(
    ("encoded", "reason"),
    [
        pytest.param(written(0, 0), Reason.MALFORMED, id="infinity as zeros"),
        pytest.param(written(content=b"\0"), Reason.WRONG_KEY_SIZE, id="infinity as one byte"),
        pytest.param(written(X, Y + 1), Reason.MALFORMED, id="off the curve"),
        pytest.param(written(Y, X), Reason.MALFORMED, id="coordinates changed over"),
        pytest.param(written(X + P, Y), Reason.MALFORMED, id="x not below p"),
        pytest.param(written(0, 1), Reason.MALFORMED, id="on a curve with points of small order"),
        pytest.param(written(content=b""), Reason.WRONG_KEY_SIZE, id="empty"),
        pytest.param(written(size=65), Reason.WRONG_KEY_SIZE, id="longer"),
        pytest.param(written(content=bytes(64)), Reason.WRONG_KEY_SIZE, id="of the shorter kind"),
        pytest.param(
            written(parameters=GOST_2015_256.parameters), Reason.UNSUPPORTED_ALGORITHM, id="another curve"
        ),
        pytest.param(
            written(parameters=("1.2.643.7.1.2.1.2.1", "1.2.643.7.1.1.2.3")),
            Reason.UNSUPPORTED_ALGORITHM,
            id="another country's names",
        ),
        pytest.param(
            written(parameters=GOST_2015_512.parameters[:1]), Reason.UNSUPPORTED_ALGORITHM, id="no digest"
        ),
        pytest.param(
            written(parameters=(GOST_2015_512.parameters[0], oids.STREEBOG_256)),
            Reason.UNSUPPORTED_ALGORITHM,
            id="another digest",
        ),
        pytest.param(written(parameters=()), Reason.MALFORMED, id="empty parameters"),
        pytest.param(
            encode(
                SEQUENCE, encode(SEQUENCE, encode_identifier(GOST_2015_512.key)), encode(BIT_STRING, b"\0")
            ),
            Reason.UNSUPPORTED_ALGORITHM,
            id="no parameters",
        ),
        pytest.param(b"\x30\x00", Reason.MALFORMED, id="nothing"),
        pytest.param(written()[:-1], Reason.MALFORMED, id="cut off"),
        pytest.param(written(X, Y), None, id="the generator itself"),
        pytest.param(written(X, P - Y), None, id="its opposite"),
    ],
)
def test_a_public_key_that_cannot_be_one_has_its_reason(encoded, reason):
    found = algorithms.PublicKey(encoded, oids.GOST_2015_512_KEY).loaded

    assert (found if isinstance(found, Reason) else None) == reason


def test_a_signature_under_a_key_that_cannot_be_one_has_the_reason_of_the_key():
    key = GostKey.create()
    broken = algorithms.PublicKey(written(X, Y + 1), oids.GOST_2015_512_KEY)

    assert fault(key, key.sign(CONTENT), by=broken) == Reason.MALFORMED


def test_a_key_made_at_random_is_in_its_range(monkeypatch):
    curve = GOST_2015_512.curve
    for drawn, key in ((0, 1), (curve.q - 2, curve.q - 1)):
        monkeypatch.setattr(signatures.secrets, "randbelow", lambda top, drawn=drawn: drawn)

        assert signatures.new_key(curve) == key


def test_a_fault_of_the_machine_gives_no_signature(monkeypatch):
    class Faulty:
        def __init__(self):
            self.right = signatures.arithmetics.named("python")

        def multiple_of_generator(self, curve, scalar):
            x, y = self.right.multiple_of_generator(curve, scalar)
            return x ^ 1, y

        def holds(self, *arguments):
            return self.right.holds(*arguments)

    with pytest.raises(ArithmeticError):
        signatures.sign(bytes(32), key=7, curve=GOST_2015_256.curve, using=Faulty())
