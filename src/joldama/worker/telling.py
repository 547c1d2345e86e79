"""Says in the log that an errand failed: its name, the kind of the fault and its place, never its words.

The words of an exception may repeat what a person typed; the place in the code is enough to find it.
"""

import logging
import traceback
from collections.abc import Callable
from functools import wraps

log = logging.getLogger(__name__)


def told(errand: Callable[..., None]) -> Callable[..., None]:
    """Log the failure of an errand before it is put back for another try."""

    @wraps(errand)
    def telling(**ids: str) -> None:
        try:
            errand(**ids)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{place.filename.rpartition('/')[2]}:{place.lineno}"
            log.warning("%s failed: %s at %s", errand.__name__, type(error).__name__, where)
            raise

    return telling
