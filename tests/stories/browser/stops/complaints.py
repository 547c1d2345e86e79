"""A complaint from its questions to the answer; the register at the three bodies; the court."""

from tests.stories.browser.stops.acts import open_all, send_main
from tests.stories.browser.stops.roles import CHANCERY, OTHER_BODIES, PERSON, SIGNER
from tests.stories.browser.stops.stop import Stop
from tests.stories.browser.walk import Walker


def _send_no_text(walker: Walker) -> None:
    walker.fill(text="")
    walker.button("action.continue").click()
    walker.page.locator(".errors").wait_for()


def _to_quality_body(walker: Walker) -> None:
    walker.choose("addressee", "quality")
    walker.button("action.continue").click()
    walker.page.locator(".banner--warn").wait_for()


def _complain_to_head_about_himself(walker: Walker) -> None:
    head = walker.page.locator('.choice:has(input[name="official"])', has_text=walker.say("role.head"))
    head.first.locator("label").click()
    walker.button("action.continue").click()
    walker.page.wait_for_url("**/complain/addressee/")
    walker.choose("addressee", "head")
    walker.button("action.continue").click()
    walker.button("portal.complain.keep_head").wait_for()
    # What was typed stands for the other pages as before, while this one is looked at.
    token = walker.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    for name, value in (("official", "none"), ("addressee", "head")):
        answer = {name: value, "csrfmiddlewaretoken": token}
        walker.page.request.post(f"/complain/{name}/", form=answer)


def _register_nothing(walker: Walker) -> None:
    walker.button("action.register_complaint").click()
    walker.page.locator(".errors").wait_for()


def _chancery_steps(step: str, roles: tuple[str, ...]) -> tuple[Stop, ...]:
    """Give the stops of a step that is asked for on a page of its own, at each of the three bodies."""
    page = f"chancery:{step}"
    return (
        Stop(f"chancery-{step}", page, f"/chancery/{{considered}}/{step}/", roles),
        Stop(f"chancery-{step}-nothing", page, f"/chancery/{{considered}}/{step}/", ("head",), send_main),
        Stop(f"chancery-{step}-akim", page, f"/chancery/{{to_akim}}/{step}/", ("akim",)),
        Stop(f"chancery-{step}-quality", page, f"/chancery/{{to_quality}}/{step}/", ("quality_official",)),
    )


STOPS = (
    Stop("complain", "portal:complain", "/complain/"),
    Stop("complain-case", "portal:complain-step", "/complain/case/", PERSON),
    Stop("complain-provider", "portal:complain-step", "/complain/provider/", PERSON),
    Stop("complain-subject", "portal:complain-step", "/complain/subject/", PERSON),
    Stop("complain-official", "portal:complain-step", "/complain/official/", PERSON),
    Stop("complain-addressee", "portal:complain-step", "/complain/addressee/", PERSON),
    Stop(
        "complain-addressee-quality",
        "portal:complain-step",
        "/complain/addressee/",
        PERSON,
        _to_quality_body,
    ),
    Stop(
        "complain-own-head",
        "portal:complain-step",
        "/complain/official/",
        PERSON,
        _complain_to_head_about_himself,
    ),
    Stop("complain-text", "portal:complain-step", "/complain/text/", PERSON),
    Stop("complain-text-nothing", "portal:complain-step", "/complain/text/", PERSON, _send_no_text),
    Stop("complain-check", "portal:complain-check", "/complain/check/", PERSON, open_all),
    Stop("complaint-sent", "portal:complaint", "/complaints/{sent}/", PERSON, open_all),
    Stop("complaint-answered", "portal:complaint", "/complaints/{answered}/", PERSON),
    Stop("complaint-receipt", "portal:complaint-receipt", "/complaints/{sent}/receipt/", PERSON),
    Stop(
        "complaint-confirmation",
        "portal:complaint-confirmation",
        "/complaints/{complained}/confirmation/",
        PERSON,
    ),
    Stop("complaint-withdraw", "portal:withdraw-complaint", "/complaints/{sent}/withdraw/", PERSON),
    Stop("chancery-register", "chancery:register", "/chancery/", (*CHANCERY, *OTHER_BODIES)),
    Stop("chancery-closed", "chancery:register", "/chancery/?show=closed", ("chancery",)),
    Stop("chancery-not-found", "chancery:register", "/chancery/?number=1", ("chancery",)),
    Stop("chancery-new", "chancery:new", "/chancery/new/", ("chancery",)),
    Stop("chancery-new-nothing", "chancery:new", "/chancery/new/", ("chancery",), _register_nothing),
    Stop("chancery-sent", "chancery:complaint", "/chancery/{sent}/", ("chancery",)),
    Stop("chancery-complained", "chancery:complaint", "/chancery/{complained}/", SIGNER),
    Stop("chancery-considered", "chancery:complaint", "/chancery/{considered}/", CHANCERY, open_all),
    Stop("chancery-answered", "chancery:complaint", "/chancery/{answered}/", ("head",)),
    Stop("chancery-akim", "chancery:complaint", "/chancery/{to_akim}/", ("akim",)),
    Stop("chancery-quality", "chancery:complaint", "/chancery/{to_quality}/", ("quality_official",)),
    Stop("chancery-confirmation", "chancery:confirmation", "/chancery/{considered}/confirmation/", CHANCERY),
    Stop(
        "chancery-confirmation-akim", "chancery:confirmation", "/chancery/{to_akim}/confirmation/", ("akim",)
    ),
    Stop(
        "chancery-confirmation-quality",
        "chancery:confirmation",
        "/chancery/{to_quality}/confirmation/",
        ("quality_official",),
    ),
    Stop("chancery-reply", "chancery:reply", "/chancery/{answered}/reply/", CHANCERY),
    Stop("chancery-reply-akim", "chancery:reply", "/chancery/{replied_akim}/reply/", ("akim",)),
    Stop(
        "chancery-reply-quality",
        "chancery:reply",
        "/chancery/{replied_quality}/reply/",
        ("quality_official",),
    ),
    *_chancery_steps("answer", SIGNER),
    *_chancery_steps("refuse", SIGNER),
    *_chancery_steps("forward", ("chancery", *SIGNER)),
    Stop("desk-court", "desk:court", "/desk/cases/{refused}/court/", SIGNER),
    Stop("desk-court-nothing", "desk:court", "/desk/cases/{refused}/court/", ("head",), send_main),
)

NO_PAGES = {
    "portal:complaint-qr": "leads on; its faults stand on portal:complain-check",
    "portal:complaint-document": "a file",
    "portal:delete-complaint": "leads on",
    "chancery:accept": "leads on",
    "chancery:assign": "leads on; its faults stand on chancery:complaint",
    "chancery:execute": "leads on",
}
