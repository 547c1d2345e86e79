"""Where a signature or a time stamp stands in the file: an invisible field in an added section.

What stood before stays byte for byte as it was, so each longer file begins with the shorter one.
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp, SignatureObject

FIELD = "Seal"
STAMP_SIZE = 8 * 1024
"""Bytes kept free for a time stamp with the certificates of its authority; those known take a fifth."""


def embed(
    pdf: bytes, *, at: datetime, reserved: int, readable_name: str, message: Callable[[bytes], bytes]
) -> bytes:
    """Add a signature over the whole file; `message` turns its SHA-256 digest into CMS of at most `reserved` bytes."""
    # The place is counted in hexadecimal digits.
    place = SignatureObject(
        timestamp=at.astimezone(UTC), subfilter=SigSeedSubFilter.PADES, bytes_reserved=2 * reserved
    )
    return _added(
        pdf,
        FIELD,
        readable_name,
        place,
        fill=lambda content: message(hashlib.sha256(content).digest()),
    )


def embed_stamp(pdf: bytes, *, field: str, readable_name: str, token: Callable[[bytes], bytes]) -> bytes:
    """Add a document time stamp (ETSI EN 319 142-1, 5.4.3); `token` gives one over the bytes of the whole file."""
    place = DocumentTimestamp(bytes_reserved=2 * STAMP_SIZE)
    return _added(pdf, field, readable_name, place, fill=token)


def _added(pdf: bytes, name: str, readable_name: str, place: Any, *, fill: Callable[[bytes], bytes]) -> bytes:
    # Outside the page and printable, as PDF/UA-1 and PDF/A-3 ask of a field that nobody sees.
    field = SigFieldSpec(
        name,
        readable_field_name=readable_name,
        invis_sig_settings=InvisSigSettings(set_print_flag=True, box_out_of_bounds=True),
    )
    out = BytesIO()
    steps = PdfCMSEmbedder(field).write_cms(name, Section(pdf))
    next(steps)
    steps.send(SigObjSetup(place))
    prepared, _ = steps.send(SigIOSetup(md_algorithm="sha256", output=out))
    written = out.getvalue()
    start, end = prepared.reserved_region_start, prepared.reserved_region_end
    steps.send(fill(written[:start] + written[end:]))
    return out.getvalue()


class Section(IncrementalPdfFileWriter):
    """Adds a section, the same to the same file, and leaves the metadata as the typesetter wrote them."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__(BytesIO(pdf))
        # ISO 32000-1, 14.4: the second name of the file follows from its contents; pyHanko's would be random.
        own = ByteStringObject(hashlib.sha256(pdf).digest()[:16])
        self._document_id = ArrayObject([self._document_id[0], own])

    def _update_meta(self) -> None:
        """Keep the moment of the decision: pyHanko would write the machine's clock over it."""
