"""Parse XML of strangers in one place: whatever the libraries beside it read or verify comes through here.

>>> parse(b"<application><iin>900115267840</iin></application>").findtext("iin")
'900115267840'
>>> parse(b"<!DOCTYPE application [<!ENTITY who 'x'>]><application>&who;</application>")
Traceback (most recent call last):
...
govkz.xml.parsing.Malformed: has a DOCTYPE
"""

from govkz.xml.parsing import Limits, Malformed, TooLarge, parse, refuse

__all__ = ["Limits", "Malformed", "TooLarge", "parse", "refuse"]
