"""An official enters through the page of sign-in, and somebody waits for what the worker does."""

import time
from collections.abc import Callable

from django.urls import reverse

from joldama.demo.browser import PATIENCE, Browser, Unexpected
from joldama.demo.people import password_of
from joldama.demo.second_factor import PERIOD, unused_code
from joldama.people.models import Account


def enter(browser: Browser, login: str) -> None:
    """Sign an official in, with his password and a code of his second factor that was not used yet."""
    account = Account.objects.get_by_natural_key(login)
    until(lambda: bool(unused_code(account)), patience=2 * PERIOD)
    browser.open(reverse("desk:sign-in"))
    browser.send({"username": login, "password": password_of(login), "code": unused_code(account)})


def until(is_done: Callable[[], bool], *, patience: float = PATIENCE) -> None:
    """Wait for what the worker does; raise Unexpected when it does not."""
    until = time.monotonic() + patience
    while not is_done():
        if time.monotonic() > until:
            raise Unexpected("the worker did not do its errand in time")
        time.sleep(0.02)
