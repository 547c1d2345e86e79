"""Reckon Kazakhstan's GOST: digests, signatures and keys, with the fastest arithmetic this machine has."""

from govkz.eds.gost.arithmetic import VARIABLE, available, backend
from govkz.eds.gost.nettle import Absent

__all__ = ["VARIABLE", "Absent", "available", "backend"]
