"""Read a sealed paper: its seal, the time stamps over it, and what was added so that it can be checked in years.

Nothing is judged here but the file itself: every byte stands under the seal or the last stamp, and what was added
behind the seal changes nothing of what was sealed. pyHanko compares the sections of the file.
"""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar

from govkz.eds import algorithms, cms, der, oids
from joldama.adapters.signer.material import Material

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
    from pyhanko.sign.validation import EmbeddedPdfSignature

MAX_BYTES = 16 * 1024 * 1024
ATTACHED = "decision.cms"
_STAMP = "/DocTimeStamp"

Found = TypeVar("Found")

# What a reader stumbles over in a stranger's file, with pieces of it, belongs in no log.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)


class Flaw(StrEnum):
    """What is wrong with the file before anybody's certificate is looked at: words of `joldama referral verify`."""

    NOT_A_PDF = "not_a_pdf"
    DAMAGED = "malformed"
    """Its structure cannot be read, and what was sealed cannot be found."""
    CHANGED = "digest_mismatch"
    """A byte under the seal is another than was sealed."""
    NOT_SEALED = "not_sealed"
    SEVERAL_SEALS = "several_seals"
    NOT_WHOLE = "not_whole"
    """Something stands outside the seal and the stamps, or is missing from what they are over."""
    CHANGED_AFTER_SEALING = "changed_after_sealing"
    """A section behind the seal changes what was sealed."""


class Unreadable(ValueError):
    """The file is no sealed paper; `flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        self.flaw = flaw
        super().__init__(flaw)


@dataclass(frozen=True)
class Signed:
    """A signature or a time stamp: its CMS message, the bytes it is over, its place as it stands in the file."""

    message: bytes
    content: bytes
    place: bytes


@dataclass(frozen=True)
class SealedFile:
    """A sealed paper, read; `claimed_at` is the moment the seal claims, `decision` the attached CMS message."""

    title: str
    seal: Signed
    claimed_at: datetime | None
    stamps: tuple[Signed, ...]
    material: Material
    decision: bytes | None


def read(pdf: bytes) -> SealedFile:
    """Read a file. Raises Unreadable."""
    if not pdf.startswith(b"%PDF-") or len(pdf) > MAX_BYTES:
        raise Unreadable(Flaw.NOT_A_PDF)
    try:
        return _read(pdf)
    except Unreadable as unreadable:
        # Whoever changed a byte may have broken the structure with it: that it was changed says more.
        if _is_changed(pdf):
            raise Unreadable(Flaw.CHANGED) from unreadable
        raise


def _read(pdf: bytes) -> SealedFile:
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = _whole(lambda: PdfFileReader(BytesIO(pdf)))
    found = _whole(lambda: list(reader.embedded_signatures))
    seals = [one for one in found if one.sig_object_type != _STAMP]
    if not seals:
        raise Unreadable(Flaw.NOT_SEALED)
    if len(seals) > 1:
        raise Unreadable(Flaw.SEVERAL_SEALS)
    [seal] = seals
    stamps = sorted((one for one in found if one is not seal), key=lambda one: one.signed_revision)
    signed = {one.fq_name: _whole(partial(_signed, one, pdf)) for one in found}
    _require_nothing_else(reader, seal, stamps, pdf)
    then = _whole(lambda: reader.get_historical_resolver(seal.signed_revision))
    return SealedFile(
        title=_whole(
            lambda: str(reader.trailer["/Info"].get("/Title", "")) if "/Info" in reader.trailer else ""
        ),
        seal=signed[seal.fq_name],
        claimed_at=_whole(lambda: seal.self_reported_timestamp),
        stamps=tuple(signed[one.fq_name] for one in stamps),
        material=_whole(lambda: _material(reader)),
        decision=_whole(lambda: _attached(then)),
    )


def _whole(reading: Callable[[], Found]) -> Found:
    """Read a part of a stranger's file; whatever a reader stumbles over is a damage of the file."""
    try:
        return reading()
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(Flaw.DAMAGED) from error


def _signed(one: "EmbeddedPdfSignature", pdf: bytes) -> Signed:
    """Take a signature out of the file, whose range has to name everything but its own place (ISO 32000-1, 12.8.1)."""
    before, before_length, after, after_length = (int(number) for number in one.byte_range)
    gap = pdf[before_length:after]
    place = bytes(one.pkcs7_content)
    if before != 0 or gap != b"<" + place.hex().upper().encode() + b">" or after + after_length > len(pdf):
        raise Unreadable(Flaw.NOT_WHOLE)
    message = der.element_at(place, 0).encoded
    is_seal = one.sig_object_type != _STAMP
    version = cms.read(message, content_type=oids.DATA if is_seal else oids.TST_INFO).version
    # Nothing signs the version either; an office's seal has the one that RFC 5652 §5.1 asks for.
    if place[len(message) :].strip(b"\0") or (is_seal and version != 1):
        raise Unreadable(Flaw.NOT_WHOLE)
    return Signed(message, pdf[:before_length] + pdf[after : after + after_length], place)


def _require_nothing_else(
    reader: "PdfFileReader", seal: "EmbeddedPdfSignature", stamps: list["EmbeddedPdfSignature"], pdf: bytes
) -> None:
    """Hold that the last signature is over the whole file, and that behind the seal only proofs were added."""
    from pyhanko.sign.diff_analysis import ModificationLevel, SuspiciousModification
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    for one in (seal, *stamps):
        covered = _whole(one.evaluate_signature_coverage)
        is_last = one is (seal, *stamps)[-1]
        levels = SignatureCoverageLevel
        if covered < (levels.ENTIRE_FILE if is_last else levels.ENTIRE_REVISION):
            raise Unreadable(Flaw.NOT_WHOLE)
    if not stamps:
        return
    compared = _whole(lambda: _additions().review_file(reader, seal.signed_revision))
    if (
        isinstance(compared, SuspiciousModification)
        or compared.modification_level > ModificationLevel.LTA_UPDATES
    ):
        raise Unreadable(Flaw.CHANGED_AFTER_SEALING)


def _additions() -> Any:
    """Say what may be added behind a seal: stamps that nobody sees, and material; metadata and pages stay."""
    from pyhanko.sign.diff_analysis import (
        CatalogModificationRule,
        DSSCompareRule,
        FormUpdatingRule,
        ModificationLevel,
        SigFieldCreationRule,
        SigFieldModificationRule,
        StandardDiffPolicy,
    )

    return StandardDiffPolicy(
        global_rules=[
            CatalogModificationRule(ignored_keys=frozenset({"/AcroForm", "/DSS"})),
            DSSCompareRule().as_qualified(ModificationLevel.LTA_UPDATES),
        ],
        form_rule=FormUpdatingRule(field_rules=[SigFieldCreationRule(), SigFieldModificationRule()]),
    )


def _material(reader: "PdfFileReader") -> Material:
    store = entry(reader.root, "/DSS", {})

    def parts(key: str) -> tuple[bytes, ...]:
        return tuple(bytes(each.get_object().data) for each in entry(store, key, ()))

    return Material(parts("/Certs"), parts("/CRLs"), parts("/OCSPs"))


def _attached(then: "HistoricalResolver") -> bytes | None:
    """Give the signed decision as it was attached when the paper was sealed."""
    for name, specification in _names(entry(entry(then.root, "/Names", {}), "/EmbeddedFiles", {}), depth=0):
        if name == ATTACHED:
            return bytes(specification["/EF"]["/F"].data)
    return None


def entry(of: Any, key: str, default: Any) -> Any:
    """Give what an entry leads to; `get` of a dictionary would give the reference."""
    return of[key] if key in of else default  # noqa: SIM401 - see above


def _names(node: Any, *, depth: int) -> Iterator[tuple[str, Any]]:
    """Walk through a name tree (ISO 32000-1, 7.9.6)."""
    names = list(entry(node, "/Names", ()))
    for name, value in zip(names[::2], names[1::2], strict=True):
        yield str(name), value.get_object()
    if depth < _DEEPEST:
        for kid in entry(node, "/Kids", ()):
            yield from _names(kid.get_object(), depth=depth + 1)


_DEEPEST = 8
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*0\s+(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s*\]")


def _is_changed(pdf: bytes) -> bool:
    """Say whether a signature names a range of these very bytes whose digest is another now."""
    for found in _BYTE_RANGE.finditer(pdf):
        before, after, length = (int(number) for number in found.groups())
        try:
            place = bytes.fromhex(pdf[before + 1 : after - 1].decode("ascii"))
            (signer,) = cms.read(der.element_at(place, 0).encoded).signers
        except ValueError:
            continue
        content = pdf[:before] + pdf[after : after + length]
        if len(content) == before + length and signer.message_digest is not None:
            return algorithms.digest(signer.digest_algorithm, content) != signer.message_digest
    return False
