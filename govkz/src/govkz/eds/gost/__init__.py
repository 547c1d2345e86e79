"""Reckon Kazakhstan's GOST: digests, signatures and keys, with the fastest arithmetic this machine has."""

from govkz.eds.gost.arithmetic import available, backend

__all__ = ["available", "backend"]
