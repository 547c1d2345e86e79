"""National digests and signatures: the examples of their standards, the edges, every arithmetic alike."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govkz.eds import gost
from govkz.eds.gost import arithmetic, gost341195, signatures, streebog
from govkz.eds.gost.curves import PARAM_SET_256_B, PARAM_SET_512_A, Curve
from govkz.eds.gost.equation import answer
from govkz.eds.gost.jacobian import JacobianArithmetic
from govkz.eds.gost.nettle import Absent

PYTHON = arithmetic.named("python")
CURVES = {curve.name: curve for curve in (PARAM_SET_512_A, PARAM_SET_256_B)}
WIND = "Се ветри, Стрибожи внуци, веютъ с моря стрелами на храбрыя плъкы Игоревы".encode("cp1251")


@pytest.fixture(params=["nettle", "gmpy2", "python"])
def each(request):
    try:
        return arithmetic.named(request.param)
    except Absent as absent:
        pytest.skip(f"{request.param}: {absent}")


@pytest.fixture(params=sorted(CURVES))
def curve(request):
    return CURVES[request.param]


# RFC 6986 §10
@pytest.mark.parametrize(
    ("content", "long", "short"),
    [
        (
            b"012345678901234567890123456789012345678901234567890123456789012",
            "1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa"
            "00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48",
            "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500",
        ),
        (
            WIND,
            "1e88e62226bfca6f9994f1f2d51569e0daf8475a3b0fe61a5300eee46d961376"
            "035fe83549ada2b8620fcd7c496ce5b33f0cb9dddc2b6460143b03dabac9fb28",
            "9dd2fe4e90409e5da87f53976d7405b0c0cac628fc669a741d50063c557e8f50",
        ),
    ],
)
def test_streebog_gives_the_examples_of_its_rfc(each, content, long, short):
    assert (each.streebog512(content).hex(), each.streebog256(content).hex()) == (long, short)


@pytest.mark.parametrize(
    ("content", "digest"),
    [
        (b"", "ce85b99cc46752fffee35cab9a7b0278abb4c2d2055cff685af4912c49490f8d"),
        (
            b"This is message, length=32 bytes",
            "b1c466d37519b82e8319819ff32595e047a28cb6f83eff1c6916a815a637fffa",
        ),
    ],
)
def test_the_older_digest_gives_the_examples_with_the_test_boxes(each, content, digest):
    assert each.gost341195(content).hex() == digest


def test_the_boxes_of_another_digest_give_another_value(each):
    assert not each.gost341195(b"").hex().startswith("981e5f3c")


@pytest.mark.parametrize("size", [0, 1, 31, 32, 33, 63, 64, 65, 127, 128, 1000])
@pytest.mark.parametrize("byte", [0x00, 0x5A, 0xFF])
def test_every_arithmetic_gives_the_same_digests(each, size, byte):
    content = bytes([byte]) * size

    assert (each.streebog512(content), each.streebog256(content), each.gost341195(content)) == (
        streebog.digest512(content),
        streebog.digest256(content),
        gost341195.digest(content),
    )


# RFC 7091 §7.1, §7.2: curves of the examples, which no key in life lies on.
EXAMPLE_256 = Curve(
    name="example of 256 bits",
    p=0x8000000000000000000000000000000000000000000000000000000000000431,
    a=7,
    b=0x5FBFF498AA938CE739B8E022FBAFEF40563F6E6A3472FC2A514C0CE9DAE23B7E,
    q=0x8000000000000000000000000000000150FE8A1892976154C59CFC193ACCF5B3,
    generator=(2, 0x8E2A8A0E65147D4BD6316030E16D19C85C97F0A9CA267122B96ABBCEA7E8FC8),
)
EXAMPLE_512 = Curve(
    name="example of 512 bits",
    p=int(
        "4531ACD1FE0023C7550D267B6B2FEE80922B14B2FFB90F04D4EB7C09B5D2D15D"
        "F1D852741AF4704A0458047E80E4546D35B8336FAC224DD81664BBF528BE6373",
        16,
    ),
    a=7,
    b=int(
        "1CFF0806A31116DA29D8CFA54E57EB748BC5F377E49400FDD788B649ECA1AC43"
        "61834013B2AD7322480A89CA58E0CF74BC9E540C2ADD6897FAD0A3084F302ADC",
        16,
    ),
    q=int(
        "4531ACD1FE0023C7550D267B6B2FEE80922B14B2FFB90F04D4EB7C09B5D2D15D"
        "A82F2D7ECB1DBAC719905C5EECC423F1D86E25EDBE23C595D644AAF187E6E6DF",
        16,
    ),
    generator=(
        int(
            "24D19CC64572EE30F396BF6EBBFD7A6C5213B3B3D7057CC825F91093A68CD762"
            "FD60611262CD838DC6B60AA7EEE804E28BC849977FAC33B4B530F1B120248A9A",
            16,
        ),
        int(
            "2BB312A43BD2CE6E0D020613C857ACDDCFBF061E91E5F2C3F32447C259F39B2C"
            "83AB156D77F1496BF7EB3351E1EE4E43DC1A18B91B24640B6DBB92CB1ADD371E",
            16,
        ),
    ),
)
EXAMPLES = [
    pytest.param(
        EXAMPLE_256,
        "7A929ADE789BB9BE10ED359DD39A72C11B60961F49397EEE1D19CE9891EC3B28",
        "2DFBC1B372D89A1188C09C52E0EEC61FCE52032AB1022E8E67ECE6672B043EE5",
        "77105C9B20BCD3122823C8CF6FCC7B956DE33814E95B7FE64FED924594DCEAB3",
        "41AA28D2F1AB148280CD9ED56FEDA41974053554A42767B83AD043FD39DC0493",
        "1456C64BA4642A1653C235A98A60249BCD6D3F746B631DF928014F6C5BF9C40",
        id="256",
    ),
    pytest.param(
        EXAMPLE_512,
        "BA6048AADAE241BA40936D47756D7C93091A0E8514669700EE7508E508B10207"
        "2E8123B2200A0563322DAD2827E2714A2636B7BFD18AADFC62967821FA18DD4",
        "3754F3CFACC9E0615C4F4A7C4D8DAB531B09B6F9C170C533A71D147035B0C591"
        "7184EE536593F4414339976C647C5D5A407ADEDB1D560C4FC6777D2972075B8C",
        "359E7F4B1410FEACC570456C6801496946312120B39D019D455986E364F36588"
        "6748ED7A44B3E794434006011842286212273A6D14CF70EA3AF71BB1AE679F1",
        "2F86FA60A081091A23DD795E1E3C689EE512A3C82EE0DCC2643C78EEA8FCACD3"
        "5492558486B20F1C9EC197C90699850260C93BCBCD9C5C3317E19344E173AE36",
        "1081B394696FFE8E6585E7A9362D26B6325F56778AADBC081C0BFBE933D52FF5"
        "823CE288E8C4F362526080DF7F70CE406A6EEB1F56919CB92A9853BDE73E5B4A",
        id="512",
    ),
]


@pytest.mark.parametrize(("example", "key", "e", "nonce", "r", "s"), EXAMPLES)
@pytest.mark.parametrize("name", ["gmpy2", "python"])
def test_signatures_are_those_of_the_rfc(name, example, key, e, nonce, r, s):
    # Nettle knows the curves in use only.
    try:
        reckons = arithmetic.named(name)
    except Absent as absent:
        pytest.skip(str(absent))
    assert isinstance(reckons, JacobianArithmetic)
    d, e, k, r, s = (int(value, 16) for value in (key, e, nonce, r, s))
    point = reckons.multiple_of_generator(example, d)

    assert reckons.multiple_of_generator(example, k)[0] % example.q == r
    assert answer(example, key=d, nonce=k, e=e, r=r, blind=12345) == s
    assert reckons.holds(example, point, e, r, s)
    assert not reckons.holds(example, point, e, s, r)
    assert not reckons.holds(example, point, e ^ 1, r, s)


def test_what_is_signed_holds_and_nothing_else_does(each, curve):
    key = signatures.new_key(curve)
    point = signatures.public_point(key, curve, using=each)
    digest = bytes(range(curve.size))
    signature = signatures.sign(digest, key=key, curve=curve, using=each)
    r, s = signature[: curve.size], signature[curve.size :]
    other = signatures.public_point(key % curve.q + 1, curve, using=each)

    def holds(signature=signature, over=digest, by=point):
        return signatures.holds(signature, over=over, by=by, curve=curve, using=each)

    assert holds()
    wrong = {
        "another digest": holds(over=digest[::-1]),
        "another key": holds(by=other),
        "another half of the key": holds(by=(point[0], curve.p - point[1])),
        "halves changed over": holds(s + r),
        "bytes of each half changed over": holds(r[::-1] + s[::-1]),
        "all bytes changed over": holds(signature[::-1]),
        "s of the other sign": holds(
            r + (curve.q - int.from_bytes(s, "little")).to_bytes(curve.size, "little")
        ),
        "one bit": holds(bytes((signature[0] ^ 1,)) + signature[1:]),
    }
    assert [name for name, held in wrong.items() if held] == []


def test_two_signatures_of_one_digest_differ(each, curve):
    key, digest = signatures.new_key(curve), bytes(curve.size)

    made = {signatures.sign(digest, key=key, curve=curve, using=each) for _ in range(3)}

    # A nonce that comes twice would give the key away.
    assert len({signature[: curve.size] for signature in made}) == 3


@pytest.mark.parametrize("r", ["0", "1", "q-1", "q", "q+1", "r+q", "2^n-1", "r"])
@pytest.mark.parametrize("s", ["0", "1", "q-1", "q", "q+1", "s+q", "2^n-1", "s"])
def test_numbers_outside_their_range_never_hold(each, curve, r, s):
    key, digest = 0x1234567, bytes(range(curve.size))
    point = signatures.public_point(key, curve, using=each)
    signature = signatures.sign(digest, key=key, curve=curve, using=each)
    true_r, true_s = (
        int.from_bytes(half, "little") for half in (signature[: curve.size], signature[curve.size :])
    )
    top = 2 ** (8 * curve.size) - 1
    values = {"0": 0, "1": 1, "q-1": curve.q - 1, "q": curve.q, "q+1": curve.q + 1, "2^n-1": top}
    values |= {"r": true_r, "s": true_s, "r+q": min(true_r + curve.q, top), "s+q": min(true_s + curve.q, top)}

    tried = b"".join(values[word].to_bytes(curve.size, "little") for word in (r, s))

    held = signatures.holds(tried, over=digest, by=point, curve=curve, using=each)
    assert held == ((r, s) == ("r", "s"))


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 127, 128, 129, 256])
def test_a_signature_of_another_size_never_holds(each, curve, size):
    point = signatures.public_point(5, curve, using=each)
    digest = bytes(curve.size)
    signature = signatures.sign(digest, key=5, curve=curve, using=each)

    tried = signature.ljust(size, b"\0")[:size]

    held = signatures.holds(tried, over=digest, by=point, curve=curve, using=each)
    assert held == (size == len(signature))


def test_a_digest_of_zero_counts_as_one(each, curve):
    key = 9
    point = signatures.public_point(key, curve, using=each)
    zero, order = bytes(curve.size), curve.q.to_bytes(curve.size, "little")
    one = (1).to_bytes(curve.size, "little")

    signature = signatures.sign(zero, key=key, curve=curve, using=each)

    assert [
        signatures.holds(signature, over=d, by=point, curve=curve, using=each) for d in (zero, order, one)
    ] == [True] * 3


def test_sums_of_equal_and_of_opposite_points_are_reckoned(each, curve):
    """Where both halves of the sum are one point, and where they cancel each other to infinity."""
    key, nonce = 77, 12345
    point = each.multiple_of_generator(curve, key)
    r = each.multiple_of_generator(curve, nonce)[0] % curve.q
    e = -2 * r * key * pow(nonce, -1, curve.q) % curve.q

    assert each.holds(curve, point, e, r, (r * key + nonce * e) % curve.q)
    assert not each.holds(curve, point, e, r, r * key % curve.q)


@pytest.mark.parametrize("key", [1, 2, 3, -1, -2, -3])
@pytest.mark.parametrize("nonce", [1, 2, -1])
def test_small_keys_and_nonces_give_the_same_everywhere(each, curve, key, nonce):
    key, nonce = key % curve.q, nonce % curve.q
    point = each.multiple_of_generator(curve, key)
    r = each.multiple_of_generator(curve, nonce)[0] % curve.q

    assert point == PYTHON.multiple_of_generator(curve, key)
    for e in (1, 2, curve.q - 1, curve.q - 2):
        s = (r * key + nonce * e) % curve.q
        if s:
            assert each.holds(curve, point, e, r, s)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_arithmetic_reckons_the_same(data):
    curve = data.draw(st.sampled_from(sorted(CURVES.values(), key=lambda curve: curve.name)))
    scalars = st.integers(1, curve.q - 1) | st.integers(1, 40) | st.integers(1, 40).map(lambda n: curve.q - n)
    key, nonce, e = (data.draw(scalars) for _ in range(3))
    digest = e.to_bytes(curve.size, "little")
    all_of_them = [arithmetic.named(name) for name in gost.available()]

    points = {each.multiple_of_generator(curve, key) for each in all_of_them}
    (point,) = points
    r = PYTHON.multiple_of_generator(curve, nonce)[0] % curve.q
    s = answer(curve, key=key, nonce=nonce, e=e, r=r, blind=data.draw(scalars))
    changed = data.draw(st.integers(0, 1))

    assert curve.has(point)
    assert s == (r * key + nonce * e) % curve.q
    if s:
        tried = r.to_bytes(curve.size, "little") + s.to_bytes(curve.size, "little")
        tried = bytes((tried[0] ^ changed,)) + tried[1:]
        held = {
            signatures.holds(tried, over=digest, by=point, curve=curve, using=each) for each in all_of_them
        }
        assert held == {not changed}


def test_points_off_the_curve_are_told(curve):
    x, y = curve.generator

    assert curve.has((x, y)) and curve.has((x, curve.p - y))
    strangers = [(0, 0), (x, y + 1), (x + 1, y), (x, y + curve.p), (x + curve.p, y), (x, -y), (y, x)]
    assert [point for point in strangers if curve.has(point)] == []


def test_one_may_be_named_and_a_name_without_a_thing_is_refused(monkeypatch):
    monkeypatch.setenv(arithmetic.VARIABLE, "python")
    assert gost.backend() == "python"

    monkeypatch.setenv(arithmetic.VARIABLE, "abacus")
    with pytest.raises(Absent, match="abacus"):
        gost.backend()


def test_the_fastest_at_hand_is_taken(monkeypatch):
    monkeypatch.delenv(arithmetic.VARIABLE, raising=False)

    assert gost.backend() == gost.available()[0]
    assert gost.available()[-1] == "python"


@pytest.fixture
def forgotten():
    """Let each arithmetic be tried anew."""
    for known in (arithmetic.named, arithmetic._chosen):
        known.cache_clear()
    yield
    for known in (arithmetic.named, arithmetic._chosen):
        known.cache_clear()


def test_where_a_faster_one_is_right_the_slower_ones_are_not_tried(monkeypatch, forgotten):
    monkeypatch.delenv(arithmetic.VARIABLE, raising=False)
    tried = []
    for name, make in list(arithmetic._MAKERS.items()):
        monkeypatch.setitem(
            arithmetic._MAKERS, name, lambda name=name, make=make: tried.append(name) or make()
        )

    chosen = gost.backend()

    assert tried == list(arithmetic._MAKERS)[: len(tried)]
    assert tried[-1] == chosen


def test_an_arithmetic_that_errs_is_passed_over(monkeypatch, forgotten):
    class Wrong(JacobianArithmetic):
        def holds(self, *_):
            return True

    monkeypatch.delenv(arithmetic.VARIABLE, raising=False)
    monkeypatch.setitem(arithmetic._MAKERS, "nettle", lambda: Wrong("nettle", int))

    with pytest.raises(Absent, match="wrong"):
        arithmetic.named("nettle")
    assert gost.backend() in ("gmpy2", "python")
