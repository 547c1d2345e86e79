"""Where the signature stands in the file: an invisible field in an added section, the paper itself untouched."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject

FIELD = "Seal"


def embed(
    pdf: bytes, *, at: datetime, reserved: int, readable_name: str, message: Callable[[bytes], bytes]
) -> bytes:
    """Add a signature over the whole file; `message` turns its SHA-256 digest into CMS of at most `reserved` bytes."""
    # Outside the page and printable, as PDF/UA-1 and PDF/A-3 ask of a field that nobody sees.
    field = SigFieldSpec(
        FIELD,
        readable_field_name=readable_name,
        invis_sig_settings=InvisSigSettings(set_print_flag=True, box_out_of_bounds=True),
    )
    out = BytesIO()
    steps = PdfCMSEmbedder(field).write_cms(FIELD, _Writer(pdf))
    next(steps)
    # The place is counted in hexadecimal digits.
    place = SignatureObject(
        timestamp=at.astimezone(UTC), subfilter=SigSeedSubFilter.PADES, bytes_reserved=2 * reserved
    )
    steps.send(SigObjSetup(place))
    prepared, _ = steps.send(SigIOSetup(md_algorithm="sha256", output=out))
    steps.send(message(prepared.document_digest))
    return out.getvalue()


class _Writer(IncrementalPdfFileWriter):
    """Adds a section, the same to the same file, and leaves the metadata as the typesetter wrote them."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__(BytesIO(pdf))
        # ISO 32000-1, 14.4: the second name of the file follows from its contents; pyHanko's would be random.
        own = ByteStringObject(hashlib.sha256(pdf).digest()[:16])
        self._document_id = ArrayObject([self._document_id[0], own])

    def _update_meta(self) -> None:
        """Keep the moment of the decision: pyHanko would write the machine's clock over it."""
