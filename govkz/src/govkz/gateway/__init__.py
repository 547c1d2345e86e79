"""Messages of the e-government gateway (ШЭП, SHEP) and of the register of persons behind it (ГБД ФЛ, GBD FL).

Bytes in, values out, and back: nothing here sends, waits or reads a clock. An envelope carries the bytes of
a business message; neither knows what stands in the other.

>>> asked = gbdfl.write_request(
...     gbdfl.PersonRequest(message_id="1", sent_at=None, sender_code="x", iin="900115267840")
... )
>>> gbdfl.read_request(asked).iin
'900115267840'
"""

from govkz.gateway import gbdfl, shep
from govkz.gateway.xml import LARGEST, Unwritable
from govkz.xml import Malformed

__all__ = ["LARGEST", "Malformed", "Unwritable", "gbdfl", "shep"]
