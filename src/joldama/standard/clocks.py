"""The three clocks of the counter: result, wait and serving, each with its limit in ¶4 (R4.4-a)."""

from enum import StrEnum

from joldama.standard.figures import Figure, Figures


class ClockKind(StrEnum):
    """Which of the clocks: from registration to the result, from the ticket to the call, from the call to the end."""

    RESULT = "result"
    WAIT = "wait"
    SERVING = "serving"

    @property
    def text_key(self) -> str:
        return _NAMES[self]

    def limit(self, figures: Figures) -> Figure:
        """Give what an edition allows it."""
        by_kind = {
            ClockKind.RESULT: figures.counter_result,
            ClockKind.WAIT: figures.wait,
            ClockKind.SERVING: figures.serving,
        }
        return by_kind[self]


_NAMES = {
    ClockKind.RESULT: "label.clock_result",
    ClockKind.WAIT: "label.clock_wait",
    ClockKind.SERVING: "label.clock_serving",
}
