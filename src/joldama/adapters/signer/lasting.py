"""Make a sealed paper last: a time stamp over it, what proves its certificates good, a time stamp over that.

ETSI EN 319 142-1: the first stamp gives B-T, the material (DSS, with what belongs to the seal in VRI) B-LT, the
last stamp B-LTA. Everything is added behind the sealed file, which whoever was handed it keeps.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any

from govkz.eds import Trust, cms, oids, signers
from joldama.adapters.signer.material import Material
from joldama.adapters.signer.reading import Flaw, SealedFile, Signed, Unreadable, entry, read

READABLE_NAME = "Уақыт белгісі"
"""What a reader that speaks the names of fields says of a time stamp."""

Stamping = Callable[[bytes], bytes]
"""Gives a time-stamp token (DER) over bytes."""


def make_last(pdf: bytes, *, stamping: Stamping, proving: Callable[[tuple[bytes, ...]], Material]) -> bytes:
    """Add behind a sealed paper what proves it for years; `proving` gives the material about certificates (DER).

    Raises Unreadable where the file is no sealed paper; what `stamping` and `proving` raise passes through.
    """
    stamped = add_stamp(pdf, field="Stamp1", token=stamping)
    file = read(stamped)
    known = add_material(
        stamped, proving(_holders(file)), about=[file.seal.place, *(stamp.place for stamp in file.stamps)]
    )
    return add_stamp(known, field="Stamp2", token=stamping)


def renew(pdf: bytes, *, stamping: Stamping, proving: Callable[[tuple[bytes, ...]], Material]) -> bytes:
    """Add behind a paper that lasts what proves its last stamp good, and another stamp over that.

    What lies in the paper already is not added again. Raises as `make_last` does, and Unreadable where no stamp
    was added yet.
    """
    file = read(pdf)
    if not file.stamps:
        raise Unreadable(Flaw.NOT_WHOLE)
    last = file.stamps[-1]
    known = add_material(pdf, proving(_of_stamps(file.stamps[-1:])), about=[last.place])
    return add_stamp(known, field=f"Stamp{len(file.stamps) + 1}", token=stamping)


def _holders(file: SealedFile) -> tuple[bytes, ...]:
    """Give the certificates of whoever sealed, stamped and decided."""
    messages = [cms.read(file.seal.message)]
    messages += [cms.read(file.decision)] if file.decision else []
    return tuple(dict.fromkeys((*_certificates_of(messages), *_of_stamps(file.stamps))))


def _of_stamps(stamps: Sequence[Signed]) -> tuple[bytes, ...]:
    return _certificates_of([cms.read(stamp.message, content_type=oids.TST_INFO) for stamp in stamps])


def _certificates_of(messages: Sequence[cms.SignedData]) -> tuple[bytes, ...]:
    found = (
        signers.certificate_of(signer, message.certificates, Trust(()))
        for message in messages
        for signer in message.signers
    )
    return tuple(dict.fromkeys(one.encoded for one in found if one is not None))


def add_stamp(pdf: bytes, *, field: str, token: Stamping) -> bytes:
    """Add a time stamp over the whole file."""
    from joldama.adapters.signer.embedding import embed_stamp

    return embed_stamp(pdf, field=field, readable_name=READABLE_NAME, token=token)


def add_material(pdf: bytes, material: Material, *, about: Iterable[bytes]) -> bytes:
    """Add what proves certificates good; `about` are the contents of the signatures and stamps it is for.

    What was added before stays, and is led to instead of being added a second time.
    """
    from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

    from joldama.adapters.signer.embedding import Section

    def led_to(key: str, parts: Iterable[bytes]) -> Any:
        """Give references to parts of the store; those that are new are put into it."""
        kept = stored[key]
        for part in parts:
            if part not in kept:
                kept[part] = section.add_object(packed(part))
        return ArrayObject(kept[part] for part in parts)

    def packed(part: bytes) -> Any:
        stream = StreamObject(stream_data=part)
        stream.compress()
        return stream

    def named(**entries: Any) -> Any:
        return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items() if value})

    section = Section(pdf)
    before = entry(section.root, "/DSS", {})
    stored = {key: _stored(before, key) for key in ("/Certs", "/CRLs", "/OCSPs")}
    certificates = led_to("/Certs", material.certificates)
    crls, ocsps = led_to("/CRLs", material.crls), led_to("/OCSPs", material.ocsps)
    # EN 319 142-1, 5.4.2.3: the key is the SHA-1 digest of the contents, in capital hexadecimal digits.
    for_each = {
        hashlib.sha1(contents, usedforsecurity=False).hexdigest().upper(): section.add_object(
            named(Type=NameObject("/VRI"), Cert=certificates, CRL=crls, OCSP=ocsps)
        )
        for contents in about
    }
    all_of = {key[1:]: ArrayObject(kept.values()) for key, kept in stored.items()}
    judged_by = named(**for_each)
    if "/VRI" in before:
        judged_by = DictionaryObject(
            {**{key: before["/VRI"].raw_get(key) for key in before["/VRI"]}, **judged_by}
        )
    store = named(Type=NameObject("/DSS"), **all_of, VRI=judged_by)
    section.root[NameObject("/DSS")] = section.add_object(store)
    section.update_root()
    out = BytesIO()
    section.write(out)
    return out.getvalue()


def _stored(store: Any, key: str) -> dict[bytes, Any]:
    """Give the parts of a store that are there already, each with the reference that leads to it."""
    parts = entry(store, key, [])
    return {bytes(parts[index].data): parts.raw_get(index) for index in range(len(parts))}
