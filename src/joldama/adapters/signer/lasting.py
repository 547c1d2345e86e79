"""Make a sealed paper last: a time stamp over it, what proves its certificates good, a time stamp over that.

ETSI EN 319 142-1: the first stamp gives B-T, the material (DSS, with what belongs to the seal in VRI) B-LT, the
last stamp B-LTA. Everything is added behind the sealed file, which whoever was handed it keeps.
"""

import hashlib
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from govkz.eds import Trust, cms, oids, signers
from joldama.adapters.signer.material import Material
from joldama.adapters.signer.reading import SealedFile, read

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


def _holders(file: SealedFile) -> tuple[bytes, ...]:
    """Give the certificates of whoever sealed, stamped and decided."""
    messages = [cms.read(file.seal.message)]
    messages += [cms.read(stamp.message, content_type=oids.TST_INFO) for stamp in file.stamps]
    messages += [cms.read(file.decision)] if file.decision else []
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
    """Add what proves certificates good; `about` are the contents of the signatures and stamps it is for."""
    from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

    from joldama.adapters.signer.embedding import Section

    def listed(parts: Iterable[bytes]) -> Any:
        return ArrayObject(section.add_object(packed(part)) for part in parts)

    def packed(part: bytes) -> Any:
        stream = StreamObject(stream_data=part)
        stream.compress()
        return stream

    def named(**entries: Any) -> Any:
        return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items() if value})

    section = Section(pdf)
    certificates, crls, ocsps = map(listed, (material.certificates, material.crls, material.ocsps))
    # EN 319 142-1, 5.4.2.3: the key is the SHA-1 digest of the contents, in capital hexadecimal digits.
    for_each = {
        hashlib.sha1(contents, usedforsecurity=False).hexdigest().upper(): section.add_object(
            named(Type=NameObject("/VRI"), Cert=certificates, CRL=crls, OCSP=ocsps)
        )
        for contents in about
    }
    store = named(Type=NameObject("/DSS"), Certs=certificates, CRLs=crls, OCSPs=ocsps, VRI=named(**for_each))
    section.root[NameObject("/DSS")] = section.add_object(store)
    section.update_root()
    out = BytesIO()
    section.write(out)
    return out.getvalue()
