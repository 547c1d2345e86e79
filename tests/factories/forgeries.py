"""Damaged and forged papers, each with the words that refuse it: what a stranger without the office's key can make."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from govkz.eds import certificates, der, oids
from govkz.eds.pki import Authority, Identity, Organisation, Person
from govkz.eds.reports import Role
from joldama.adapters.signer import Seal, add_stamp
from joldama.adapters.signer.embedding import Section
from tests.factories import pki
from tests.factories.sealed_papers import SEALED_AT, STAMPED_AT, decision, sealed, stamping
from tests.factories.seals import OFFICE_BIN, seal_identity

OTHER_BIN = "150340000015"


@dataclass(frozen=True)
class Forgery:
    """A file and the words of which each one is a right reason to refuse it."""

    name: str
    pdf: bytes
    expected: frozenset[str]


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


UNDER_THE_SEAL = words("digest_mismatch")
CUT = words("malformed")
ADDED = words("not_whole")
REWRITTEN = words("changed_after_sealing")
STAMP = words("bad_timestamp")


def flipped(pdf: bytes, places: range, name: str, expected: frozenset[str]) -> Iterator[Forgery]:
    """Flip a bit at each of the places."""
    for at in places:
        changed = bytearray(pdf)
        changed[at] ^= 1
        yield Forgery(f"{name} at {at}", bytes(changed), expected)


def damaged(pdf: bytes) -> Iterator[Forgery]:
    """A sealed paper with a bit flipped anywhere under its seal, cut off, or with something behind it."""
    start, end = place_of_seal(pdf)
    yield from flipped(pdf, range(9, start - 1, start // 90), "before the seal", UNDER_THE_SEAL)
    yield from flipped(pdf, range(end + 30, len(pdf), 17), "behind the seal", UNDER_THE_SEAL | ADDED)
    for length in range(len(pdf) // 50, len(pdf) - 8, len(pdf) // 30):
        yield Forgery(f"cut off after {length}", pdf[:length], CUT | words("not_sealed"))
    for number, tail in enumerate((b"\n", b" ", b"%", b"\0" * 40, b"%%EOF\n", pdf[-400:], pdf, b"x" * 9000)):
        yield Forgery(f"tail {number}", pdf + tail, ADDED | CUT | UNDER_THE_SEAL)


def inside_the_seal(pdf: bytes) -> Iterator[Forgery]:
    """Another byte in each part of the signed message itself, written as the seal writes it."""
    start, end = place_of_seal(pdf)
    place = bytes.fromhex(pdf[start:end].decode())
    own, chain = seal_identity(OFFICE_BIN).certificate, pki.authority().issuing.certificate
    parts = {
        "signature": (place.rstrip(b"\0")[-200:], words("bad_signature")),
        "own certificate": (
            own[180:],
            words(
                "certificate_mismatch certificate_missing malformed bad_signature bad_certificate "
                "other_organisation"
            ),
        ),
        "chain": (chain[200:], words("bad_certificate malformed no_anchor")),
    }
    for name, (part, expected) in parts.items():
        first = place.index(part)
        for at in range(first, first + len(part), len(part) // 12):
            yield Forgery(f"{name} at {at}", written(pdf, changed_at(place, at)), expected)
    announced = place.index(der.encode_algorithm(oids.SHA256))
    issuer = place.index(chain) + chain.index(certificates.read(chain).issuer)
    for at in range(announced - 5, announced + 15):
        yield Forgery(f"announced digest at {at}", written(pdf, changed_at(place, at)), CUT | ADDED)
    for at in (*range(place.index(chain), issuer, 4), issuer + 12):
        yield Forgery(
            f"frame of the chain at {at}", written(pdf, changed_at(place, at)), parts["chain"][1] | CUT
        )
    yield Forgery("padding", written(pdf, place[:-1] + b"\1"), ADDED)
    yield Forgery("small letters", pdf[:start] + pdf[start:end].lower() + pdf[end:], ADDED)
    yield Forgery("no message", written(pdf, bytes(len(place))), CUT)
    for shift in (1, 2, 5, 40):
        yield Forgery(f"range {shift} too short", ranged(pdf, shift), ADDED | UNDER_THE_SEAL)


def changed_at(place: bytes, at: int) -> bytes:
    """Flip a bit that turns a version into one that exists and a letter into another."""
    changed = bytearray(place)
    changed[at] ^= 4
    return bytes(changed)


def transplanted(pdf: bytes, others: list[bytes]) -> Iterator[Forgery]:
    """The seals of other papers, put into this one."""
    for number, other in enumerate(others):
        start, end = place_of_seal(other)
        yield Forgery(
            f"seal of paper {number}", written(pdf, bytes.fromhex(other[start:end].decode())), UNDER_THE_SEAL
        )


def resealed(paper: bytes) -> Iterator[Forgery]:
    """A paper that others than the office have sealed, each with a key of his own."""
    centre = pki.authority()
    other = Organisation("Басқа мекеме", OTHER_BIN)
    stranger = Authority.create(at=pki.FROM, until=pki.UNTIL, label="OTHER")
    office = Organisation("Астана қаласының жұмыспен қамту басқармасы", OFFICE_BIN)
    dates = {"at": pki.FROM, "until": pki.UNTIL}
    sealers: dict[str, tuple[Identity, str]] = {
        "another organisation": (centre.system("Жолдама: Астана", other, **dates), "other_organisation"),
        "a person": (pki.person("950520200018"), "wrong_role"),
        "an official": (pki.official("900115267840", OFFICE_BIN), "wrong_role"),
        "another's official": (
            pki.official("900115267840", OTHER_BIN, role=Role.EMPLOYEE),
            "wrong_role other_organisation",
        ),
        "a centre of his own": (
            stranger.system("Жолдама: Астана", office, **dates),
            "no_anchor bad_certificate",
        ),
        "an ended certificate": (
            centre.system("Жолдама: Астана", office, at=pki.FROM, until=SEALED_AT - timedelta(days=9)),
            "expired",
        ),
        "a certificate to come": (
            centre.system("Жолдама: Астана", office, at=SEALED_AT + timedelta(days=9), until=pki.UNTIL),
            "not_yet_valid",
        ),
        "the time-stamping authority": (pki.stamper(), "wrong_key_usage"),
    }
    for name, (identity, expected) in sealers.items():
        above = stranger if identity is sealers["a centre of his own"][0] else centre
        yield Forgery(f"sealed by {name}", with_seal_of(identity, paper, above=above), words(expected))
    twice = with_seal_of(sealers["another organisation"][0], sealed(paper), field="Second")
    yield Forgery("sealed twice", twice, words("several_seals"))


def carrying(print_with: Callable[[bytes], bytes]) -> Iterator[Forgery]:
    """A paper whose attached decision nobody who may decide has signed."""
    stranger = Authority.create(at=pki.FROM, until=pki.UNTIL, label="OTHER")
    head = Person("Сәрсенов", "Қайрат", "900115267840")
    office = Organisation("Басқарма", OFFICE_BIN)
    decisions = {
        "of another office": (decision(by=pki.official(head.iin, OTHER_BIN)), "other_organisation"),
        "of a person": (decision(by=pki.person(head.iin)), "wrong_role"),
        "of a personnel officer": (
            decision(by=pki.official(head.iin, OFFICE_BIN, role=Role.PERSONNEL)),
            "wrong_role",
        ),
        "under a centre of his own": (
            decision(by=stranger.official(head, office, role=Role.HEAD, at=pki.FROM, until=pki.UNTIL)),
            "no_anchor",
        ),
        "that is no message": (b"decided", "malformed"),
        "changed": (
            decision().replace("ӘДІЛ".encode(), b"", 1).replace(b"PUBLIC_WORKS", b"PUBLIC_WORKZ", 1),
            "digest_mismatch",
        ),
    }
    for name, (cms, expected) in decisions.items():
        yield Forgery(f"decision {name}", sealed(print_with(cms)), words(expected))


def rewritten(pdf: bytes) -> Iterator[Forgery]:
    """Sections behind the seal that change what one reads: bare, and with a genuine stamp over them."""
    for name, edit in EDITS.items():
        section = Section(pdf)
        edit(section)
        out = BytesIO()
        section.write(out)
        changed = out.getvalue()
        told = words("not_sealed") if name == NO_FORM else REWRITTEN
        yield Forgery(f"{name}, bare", changed, ADDED | told)
        yield Forgery(
            f"{name}, stamped",
            add_stamp(changed, field="Late", token=stamping(STAMPED_AT + timedelta(minutes=9))),
            told,
        )


def wrongly_stamped(pdf: bytes, lasting: bytes) -> Iterator[Forgery]:
    """Stamps that are another's, of another file, or damaged, and material changed under its stamp."""
    genuine = stamping(STAMPED_AT)
    other = Authority.create(at=pki.FROM, until=pki.UNTIL, label="OTHER").stamper(
        at=pki.FROM, until=pki.UNTIL
    )
    makers: dict[str, tuple[Callable[[bytes], bytes], frozenset[str]]] = {
        "over other bytes": (lambda content: genuine(content + b" "), STAMP),
        "over nothing": (lambda _content: genuine(b""), STAMP),
        "of a stranger": (stamping(STAMPED_AT, by=other), words("untrusted_timestamp")),
        "of an official": (stamping(STAMPED_AT, by=pki.official("900115267840", OFFICE_BIN)), STAMP),
        "of the seal": (stamping(STAMPED_AT, by=seal_identity(OFFICE_BIN)), STAMP),
        "that is no message": (lambda _content: b"stamped", CUT),
        "that is a signature": (
            lambda content: pki.person("950520200018").sign(content, at=STAMPED_AT, detached=True),
            CUT,
        ),
    }
    for name, (token, expected) in makers.items():
        yield Forgery(f"stamp {name}", add_stamp(pdf, field="Stamp1", token=token), expected)
    for end in (20, 100, 300):
        broken = partial(_broken, genuine, end=end)
        yield Forgery(
            f"stamp broken {end} from its end", add_stamp(pdf, field="Stamp1", token=broken), STAMP | CUT
        )
    added = range(len(pdf) + 60, len(lasting) - 8, (len(lasting) - len(pdf)) // 70)
    inside = STAMP | CUT | ADDED | REWRITTEN | words("untrusted_timestamp")
    yield from flipped(lasting, added, "behind the seal", inside)
    yield from flipped(
        lasting,
        range(9, len(pdf), len(pdf) // 25),
        "under all",
        inside
        | UNDER_THE_SEAL
        | words("bad_signature certificate_mismatch certificate_missing bad_certificate"),
    )
    for length in range(len(pdf) + 900, len(lasting) - 8, (len(lasting) - len(pdf)) // 15):
        yield Forgery(f"lasting, cut off after {length}", lasting[:length], CUT | ADDED | words("not_sealed"))


def with_seal_of(
    identity: Identity, pdf: bytes, *, field: str = "Seal", above: Authority | None = None
) -> bytes:
    """Seal with somebody's key, whether or not his certificate holds."""
    from joldama.adapters.signer import embedding

    centre = above or pki.authority()
    chain = (centre.root.certificate_pem, centre.issuing.certificate_pem)
    seal = Seal.from_pem(certificate=identity.certificate_pem, key=identity.key_pem, chain=chain)
    place, embedding.FIELD = embedding.FIELD, field
    try:
        held = certificates.read(identity.certificate)
        made_at = min(max(SEALED_AT, held.not_before), held.not_after)
        return seal.apply(pdf, at=made_at)
    finally:
        embedding.FIELD = place


def place_of_seal(pdf: bytes) -> tuple[int, int]:
    """Give where the hexadecimal digits of the first signature begin and end."""
    start = pdf.index(b"/Contents <30") + len(b"/Contents <")
    return start, pdf.index(b">", start)


def written(pdf: bytes, place: bytes) -> bytes:
    """Put other contents into the place of the seal, as far as they fit."""
    start, end = place_of_seal(pdf)
    digits = place.hex().upper().encode()[: end - start].ljust(end - start, b"0")
    return pdf[:start] + digits + pdf[end:]


def ranged(pdf: bytes, shift: int) -> bytes:
    """Name a range that ends some bytes earlier."""
    at = pdf.index(b"/ByteRange [")
    end = pdf.index(b"]", at)
    numbers = [int(one) for one in pdf[at + len(b"/ByteRange [") : end].split()]
    numbers[-1] -= shift
    told = b"/ByteRange [%d %d %d %d" % tuple(numbers)
    return pdf[:at] + told.ljust(end - at) + pdf[end:]


def _signed_by_a_person(content: bytes) -> bytes:
    return pki.person("950520200018").sign(content, at=STAMPED_AT, detached=True)


def _broken(token: Callable[[bytes], bytes], content: bytes, *, end: int) -> bytes:
    made = bytearray(token(content))
    made[-end] ^= 1
    return bytes(made)


def _page(section: Section) -> Any:
    return section.root["/Pages"]["/Kids"][0]


def _update(section: Section, changed: Any) -> None:
    section.mark_update(changed.container_ref if changed.container_ref is not None else changed)


def _other_words(section: Section) -> None:
    page = _page(section)
    page[NameObject("/Contents")] = section.add_object(
        StreamObject(stream_data=b"BT /f0 12 Tf 72 700 Td (Another organisation) Tj ET")
    )
    section.update_container(page)


def _note(section: Section) -> None:
    page = _page(section)
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/FreeText"),
            NameObject("/Rect"): ArrayObject(NumberObject(each) for each in (50, 600, 550, 700)),
            NameObject("/Contents"): TextStringObject("Valid until 2030"),
        }
    )
    page["/Annots"].append(section.add_object(note))
    section.update_container(page["/Annots"])
    section.update_container(page)


def _rotated(section: Section) -> None:
    page = _page(section)
    page[NameObject("/Rotate")] = NumberObject(180)
    section.update_container(page)


def _narrower(section: Section) -> None:
    page = _page(section)
    page[NameObject("/CropBox")] = ArrayObject(NumberObject(each) for each in (0, 0, 595, 300))
    section.update_container(page)


def _in_the_catalogue(key: str, value: Any, section: Section) -> None:
    section.root[NameObject(key)] = value
    section.update_root()


def _other_attachment(section: Section) -> None:
    names = section.root["/Names"]["/EmbeddedFiles"]["/Names"]
    stream = names[1]["/EF"].raw_get("/F").reference
    section.objects[(stream.generation, stream.idnum)] = StreamObject(stream_data=decision())


NO_FORM = "no form"
EDITS: dict[str, Callable[[Section], None]] = {
    "other words": _other_words,
    "a note over the page": _note,
    "the page turned": _rotated,
    "the page cut": _narrower,
    "another attachment": _other_attachment,
    "an action on opening": partial(
        _in_the_catalogue,
        "/OpenAction",
        DictionaryObject(
            {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject("https://x")}
        ),
    ),
    "another language": partial(_in_the_catalogue, "/Lang", TextStringObject("xx")),
    "untagged": partial(_in_the_catalogue, "/MarkInfo", DictionaryObject()),
    "another outline": partial(_in_the_catalogue, "/Outlines", DictionaryObject()),
    "attachments gone": partial(_in_the_catalogue, "/Names", DictionaryObject()),
    "other metadata": lambda section: _in_the_catalogue(
        "/Metadata", section.add_object(StreamObject(stream_data=b"<x/>")), section
    ),
    NO_FORM: partial(_in_the_catalogue, "/AcroForm", DictionaryObject()),
}
