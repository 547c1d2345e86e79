"""A corpus of codes that must not pass, each with what it is: forged, damaged, somebody else's."""

from dataclasses import replace
from datetime import date, timedelta

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from joldama.referrals.code import Coded, Finding
from tests.factories.paper_codes import (
    CODED,
    DAY,
    KEYS,
    ORIGIN,
    ROTATED,
    SIGNING,
    WITHDRAWN,
    Handmade,
    kept,
    payload,
    written,
)

Forged = tuple[str, str, Finding]


def forged() -> list[Forged]:
    """Give codes that must not pass, each with its name and what it is."""
    return [*_not_ours(), *_damaged(), *_of_unknown_keys(), *_with_wrong_signatures(), *_of_retired_keys()]


def _not_ours() -> list[Forged]:
    genuine = written()
    behind = genuine.removeprefix(ORIGIN)
    places = [
        "https://joldama.example.kz",
        "https://joldama-example.kz",
        "http://joldama.example",
        "https://evil.example",
        "https://joldama.example@evil.example",
        "https://evil.example/?to=https://joldama.example",
        "joldama.example",
        "https://joldama.example:8443",
        "https://www.joldama.example",
        "https://jоldama.example",
        "ftp://joldama.example",
        "https://joldama.example/en",
        "javascript://joldama.example",
        "https://joldama.example%2Fverify",
    ]
    paths = [
        "/verify?",
        "/verify/keys/?",
        "/verify/../?",
        "//verify/?",
        "/Verify/?",
        "/hall/?",
        "/verify/x/?",
    ]
    others = [
        "",
        " ",
        "#",
        "0",
        "АСТ-Ж-2026-000187",
        "KXMATBCA",
        ORIGIN,
        f"{ORIGIN}/",
        f"{ORIGIN}/verify/",
        "tel:1414",
        "WIFI:T:WPA;S:joldama;P:1;;",
        "mobileSign:https://joldama.example/mobile/x/mgovSign",
        genuine.split("#")[1],
        "HC1:6BF+70790T9WJWG.FKY*4GO0",
        "shc:/5676290952432060346029243740446031222959532654603460292540",
        "\x00",
        "https://joldama.example/verify/" + "?" * 3000,
        genuine + "0" * 3000,
        "{}",
        "https://",
    ]
    payloads = {
        "a kind below": payload(_1=0),
        "a kind above": payload(_1=7),
        "a kind in words": payload(_1="PUBLIC_WORKS"),
        "no kind": payload(_1=None),
        "a kind of yes": payload(_1=True),
        "half a kind": payload(_1=2.5),
        "a day in words": payload(_2="2026-04-02"),
        "a day before time": payload(_2=-1),
        "a day too far": payload(_2=10**6),
        "no initials": payload(_3=None),
        "initials of bytes": payload(_3=b"abc"),
        "a list of initials": payload(_3=["Н"]),
        "no digits": payload(_4=None),
        "three digits": payload(_4="018"),
        "five digits": payload(_4="00018"),
        "letters for digits": payload(_4="001O"),
        "digits as a number": payload(_4=18),
        "more": payload(_5=1),
        "no map": cbor2.dumps([1, 2]),
        "a text": cbor2.dumps("referral"),
        "a number": cbor2.dumps(1),
        "a null": cbor2.dumps(None),
        "nothing": b"\xa0",
        "other words": b"joldama",
        "two things": payload() + b"\x00",
        "a tag": b"\xc0" + payload(),
        "keys twice": b"\xa5" + payload()[1:] + b"\x01\x02",
        "long numbers": payload().replace(b"\x01\x02", b"\x01\x18\x02", 1),
        "keys out of order": b"\xa4\x02\x02\x01\x19\x50\x3c\x03\x61A\x04\x640018",
    }
    return [
        *((f"at {place}", place + behind, Finding.NOT_OURS) for place in places),
        *((f"under {path}", ORIGIN + behind.replace("/verify/?", path), Finding.NOT_OURS) for path in paths),
        *((f"other text {n}", text, Finding.NOT_OURS) for n, text in enumerate(others)),
        *(
            (f"signed by us, {name}", Handmade(payload=told).signed().text(), Finding.NOT_OURS)
            for name, told in payloads.items()
        ),
    ]


def _damaged() -> list[Forged]:
    genuine = written()
    address, digits = genuine.split("#")
    made = Handmade().signed()
    whole = made.message()
    asked = address.split("?")[1]
    queries = [
        "",
        "n=1",
        asked.replace("n=", "m="),
        asked.replace("&d=", "&e="),
        asked + "&n=1",
        asked + "&",
        "&" + asked,
        asked.replace("2026-03-26", "2026-02-30"),
        asked.replace("2026-03-26", "26.03.2026"),
        asked.replace("2026-03-26", "2026-3-26"),
        asked.replace("2026-03-26", ""),
        asked.replace("KXMATBCA", ""),
        asked.replace("%D0", "%D", 1),
        asked.replace("%D0%90", "%D0", 1),
        asked.replace("%D0%90", "%FF", 1),
        asked.replace("%D0%90", "%GG", 1),
        asked.replace("2026-03-26", "20260326"),
        asked.replace("2026-03-26", "2026-W13-4"),
        "&".join(reversed(asked.split("&"))),
        asked + "=1",
        asked.replace("2026-03-26", "2026-03-26T00:00"),
        asked.replace("2026-03-26", "0000-03-26"),
        asked.replace("2026-03-26", "٢٠٢٦-٠٣-٢٦"),
    ]
    shapes = {
        "no tag": replace(made, tag=None),
        "of a MAC": replace(made, tag=17),
        "of many signers": replace(made, tag=98),
        "of a web token": replace(made, tag=61),
        "something beside": replace(made, beside={4: b"\x01\x02\x03\x04"}),
        "short signature": replace(made, signature=made.signature[:-1]),
        "no signature": replace(made, signature=b""),
        "long signature": replace(made, signature=made.signature + b"\x00"),
        "DER for a signature": replace(made, signature=b"\x30\x44" + made.signature),
        "no algorithm": Handmade(protected=cbor2.dumps({4: KEYS[2].name})).signed(),
        "no key": Handmade(protected=cbor2.dumps({1: -7})).signed(),
        "algorithm none": Handmade(protected=cbor2.dumps({1: 0, 4: KEYS[2].name})).signed(),
        "ES384": Handmade(protected=cbor2.dumps({1: -35, 4: KEYS[2].name})).signed(),
        "EdDSA": Handmade(protected=cbor2.dumps({1: -8, 4: KEYS[2].name})).signed(),
        "HMAC": Handmade(protected=cbor2.dumps({1: 5, 4: KEYS[2].name})).signed(),
        "critical": Handmade(protected=cbor2.dumps({1: -7, 2: [4], 4: KEYS[2].name})).signed(),
        "a short name": Handmade(named=KEYS[2].name[:3]).signed(),
        "a long name": Handmade(named=KEYS[2].name + b"\x00").signed(),
        "a name in letters": Handmade(protected=cbor2.dumps({1: -7, 4: KEYS[2].name.hex()[:4]})).signed(),
        "no header": replace(made, protected=b"\x00"),
        "an open header": replace(made, protected=b"\xa2\x01\x26"),
    }
    bytes_of = {
        "trailing byte": whole + b"\x00",
        "twice": whole + whole,
        "endless array": whole.replace(b"\x84", b"\x9f", 1) + b"\xff",
        "long tag": b"\xd8\x12" + whole[1:],
        "one part more": whole.replace(b"\x84", b"\x85", 1) + b"\x00",
        "a tag alone": b"\xd2",
        "three parts": b"\xd2\x83" + whole[2:-66],
        "noise": b"\xd2" + bytes(range(100)),
        "an array": b"\x84" * 90,
        "deep": b"\x81" * 300,
        "a great map": b"\xbb" + b"\xff" * 40,
        "a long text": b"\x7a" + b"\xff" * 8,
        "JSON": b'{"alg":"none"}',
        "a web token": b"eyJhbGciOiJub25lIn0.e30.",
        "ones": b"\xff" * 107,
    }
    digit_faults = {
        "no digits": "",
        "a zero before": "0" + digits,
        "a letter O": digits[:50] + "O" + digits[51:],
        "a blank": digits[:9] + " " + digits[9:],
        "a minus": "-" + digits,
        "a point": digits[:9] + "." + digits[9:],
        "another #": digits + "#" + digits,
        "hexadecimal": f"{int(digits):x}",
        "Arabic digits": digits[:-1] + "٣",
        "a plus": "+" + digits,
        "an underscore": digits[:9] + "_" + digits[9:],
        "too many": digits * 4,
        "a question mark": digits + "?x",
        "mirrored": digits[::-1],
        "one": "1",
        "zero": "0",
    }
    return [
        ("no fragment", address, Finding.DAMAGED),
        *(
            (f"asked {n}", f"{ORIGIN}/verify/?{query}#{digits}", Finding.DAMAGED)
            for n, query in enumerate(queries)
        ),
        *((f"cut after {n}", f"{address}#{digits[:n]}", Finding.DAMAGED) for n in range(1, len(digits), 9)),
        *(
            (f"digit {n} lost", f"{address}#{digits[:n]}{digits[n + 1 :]}", Finding.DAMAGED)
            for n in range(1, 250, 25)
        ),
        *((f"shape: {name}", each.text(), Finding.DAMAGED) for name, each in shapes.items()),
        *((f"bytes: {name}", made.text(each), Finding.DAMAGED) for name, each in bytes_of.items()),
        *((f"digits: {name}", f"{address}#{each}", Finding.DAMAGED) for name, each in digit_faults.items()),
    ]


def _of_unknown_keys() -> list[Forged]:
    strangers = [
        (f"stranger {seed}", written(by=kept(seed)), Finding.UNKNOWN_KEY) for seed in range(100, 125)
    ]
    made = Handmade().signed()
    named = [
        (f"a name that is another's by bit {bit}", _flipped(made, KEYS[2].name, bit), Finding.UNKNOWN_KEY)
        for bit in range(0, 32, 3)
    ]
    return [*strangers, *named]


def _flipped(made: Handmade, name: bytes, bit: int) -> str:
    return replace(made, named=(int.from_bytes(name) ^ 1 << bit).to_bytes(4)).text()


def _with_wrong_signatures() -> list[Forged]:
    made = Handmade().signed()
    other = Handmade(number="АСТ-Ж-2026-000188").signed()
    half = 32
    fields = {
        "another kind": payload(_1=1),
        "a day longer": payload(_2=20546),
        "no last day": payload(_2=None),
        "other initials": payload(_3="А.А.А."),
        "other digits": payload(_4="0019"),
        "other letters": payload(_3="H.Ә.С."),
        "nothing of it": b"\xa0",
        "a digit more": payload(_4="00180"),
    }
    named = {
        "another number": replace(made, number="АСТ-Ж-2026-000188"),
        "another office": replace(made, number="АЛМ-Ж-2026-000187"),
        "another year": replace(made, number="АСТ-Ж-2027-000187"),
        "Latin letters": replace(made, number="ACT-Ж-2026-000187"),
        "a day later": replace(made, day="2026-03-27"),
        "a day before": replace(made, day="2026-03-25"),
        "another code": replace(made, control_code="AAAAAAAA"),
        "small letters": replace(made, control_code="kxmatbca"),
        "a line more": replace(made, number="АСТ-Ж-2026-000187\n"),
        "a blank": replace(made, number=" АСТ-Ж-2026-000187"),
        "a plus": replace(made, asked="n=%D0%90%D0%A1%D0%A2-%D0%96-2026-000187+&d=2026-03-26&c=KXMATBCA"),
    }
    signatures = {
        "another's": other.signature,
        "all zero": bytes(64),
        "all ones": b"\xff" * 64,
        "halves exchanged": made.signature[half:] + made.signature[:half],
        "r alone": made.signature[:half] + bytes(half),
        "s alone": bytes(half) + made.signature[half:],
        "r twice": made.signature[:half] * 2,
        "backwards": made.signature[::-1],
        "s below zero": made.signature[:half] + (_ORDER - 1).to_bytes(32),
        "s beyond": made.signature[:half] + _ORDER.to_bytes(32),
        "little-endian": made.signature[:half][::-1] + made.signature[half:][::-1],
    }
    by_strangers = [
        Handmade(by=kept(seed), named=key.name).signed() for seed in range(200, 205) for key in KEYS
    ]
    return [
        *(
            (f"payload: {name}", replace(made, payload=told).text(), Finding.FORGED)
            for name, told in fields.items()
        ),
        *((f"beside: {name}", each.text(), Finding.FORGED) for name, each in named.items()),
        *(
            (f"signature: {name}", replace(made, signature=each).text(), Finding.FORGED)
            for name, each in signatures.items()
        ),
        *(
            (
                f"signature, bit {bit}",
                replace(made, signature=_with_bit(made.signature, bit)).text(),
                Finding.FORGED,
            )
            for bit in range(0, 512, 10)
        ),
        *(
            (f"a stranger's under our name {n}", each.text(), Finding.FORGED)
            for n, each in enumerate(by_strangers)
        ),
        ("our key under another of ours", Handmade(named=KEYS[1].name).signed().text(), Finding.FORGED),
        ("as if there were nothing beside", _signed_without_what_is_beside().text(), Finding.FORGED),
        ("a code's message behind another's address", other.text(made.message()), Finding.FORGED),
    ]


def _with_bit(signature: bytes, bit: int) -> bytes:
    return (int.from_bytes(signature) ^ 1 << bit).to_bytes(64)


def _signed_without_what_is_beside() -> Handmade:
    made = Handmade()
    to_be_signed = cbor2.dumps(["Signature1", made._protected(), b"", payload()])
    r, s = decode_dss_signature(SIGNING.private.sign(to_be_signed, ec.ECDSA(SHA256())))
    return replace(made, signature=r.to_bytes(32) + s.to_bytes(32))


_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of P-256 (SEC 2 §2.4.2)."""


def _of_retired_keys() -> list[Forged]:
    ended = date(2026, 3, 20)
    later = [
        (f"{n} days after its last", written(_on(ended + timedelta(days=n)), ROTATED), Finding.RETIRED_KEY)
        for n in (1, 2, 3, 7, 30, 365)
    ]
    stolen = [
        (f"withdrawn, as of {on}", written(_on(on), WITHDRAWN), Finding.RETIRED_KEY)
        for on in (date(2026, 1, 1), date(2026, 1, 15), date(2026, 2, 1), DAY, date(2030, 1, 1))
    ]
    return [*later, *stolen]


def _on(day: date) -> Coded:
    return replace(CODED, issued_on=day)
