"""The seal of an office on its papers: PAdES with the office's own key (A36), what makes it last, and its check."""

from joldama.adapters.signer.checking import SealCheck, check_seal
from joldama.adapters.signer.examining import Attached, Examination, examine
from joldama.adapters.signer.lasting import add_material, add_stamp, make_last, renew
from joldama.adapters.signer.material import Material
from joldama.adapters.signer.reading import Flaw, Unreadable
from joldama.adapters.signer.seal import NoSeal, Seal, SealOutsideValidity

__all__ = [
    "Attached",
    "Examination",
    "Flaw",
    "Material",
    "NoSeal",
    "Seal",
    "SealCheck",
    "SealOutsideValidity",
    "Unreadable",
    "add_material",
    "add_stamp",
    "check_seal",
    "examine",
    "make_last",
    "renew",
]
