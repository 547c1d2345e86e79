"""The seal of an office on its papers: PAdES with the office's own key (A36), and its check."""

from joldama.adapters.signer.checking import NotSealed, SealCheck, check_seal
from joldama.adapters.signer.seal import NoSeal, Seal, SealOutsideValidity

__all__ = ["NoSeal", "NotSealed", "Seal", "SealCheck", "SealOutsideValidity", "check_seal"]
