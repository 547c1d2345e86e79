"""What a page says, in plain words."""

import html
import re
from typing import Any

from joldama.standard.typography import unbound


def said(response: Any) -> str:
    """Give the words of a page's main part, spaces made plain."""
    page = response.content.decode().split("<main", 1)[-1]
    plain = re.sub(r"<template.*?</template>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(unbound(html.unescape(plain)).split())


def hidden(response: Any, name: str) -> str:
    """Give the value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, name
    return found[1]
