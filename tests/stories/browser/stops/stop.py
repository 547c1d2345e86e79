"""A page in one state: whose it is, where it stands, what is done there."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.stories.browser.scene import Scene
from tests.stories.browser.walk import Walker

Act = Callable[[Walker], None]


@dataclass(frozen=True)
class Stop:
    """A page in one state. `path` may name a case of the scene in braces; `page` is its name in RULES.

    `act` is done there once it answered with `status`.
    """

    name: str
    page: str
    path: str
    roles: tuple[str, ...] = ("stranger",)
    act: Act | None = None
    status: int = 200

    def address(self, scene: Scene, walker: Walker) -> str:
        """Give the address in this scene."""
        known = {"note": scene.note, "verified": scene.verified, "signer": walker.house.signer}
        known["phone"] = walker.house.environment["JOLDAMA_PHONE_URL"]
        hall = {"ticket": scene.ticket, "place": scene.place}
        return self.path.format(language=walker.language, **known, **hall, **scene.kept, **scene.cases)
