"""What the pages of the signer and of the phone share: the frame with its warning, languages, the keys."""

from collections.abc import Iterable
from html import escape

from joldama.demo.signer.keys import Holder
from joldama.standard.words import LANGUAGES, say

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="{style}">
</head>
<body>
<main>
<p class="warning">{warning}</p>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def page(title: str, language: str, body: str, *, style: str) -> str:
    """Make a whole page of the key of its title and a body in HTML; `style` is the stylesheet's address."""
    return _PAGE.format(
        language=language,
        title=text(title, language),
        style=style,
        warning=" ".join(text("demo.no_force", other) for other in LANGUAGES),
        body=body,
    )


def text(key: str, language: str) -> str:
    """Give a text for HTML."""
    return escape(say(key, language))


def language_of(asked: str) -> str:
    """Give the asked language, or Kazakh."""
    return asked if asked in LANGUAGES else LANGUAGES[0]


def languages() -> str:
    """Link the program's first page in each language."""
    links = " ".join(
        f'<a href="/?language={other}" lang="{other}" hreflang="{other}">{text(f"language.{other}", other)}</a>'
        for other in LANGUAGES
    )
    return f'<p class="languages">{links}</p>'


def choice(holders: Iterable[Holder], language: str) -> str:
    """Ask whose key signs."""
    options = "".join(
        f'<option value="{escape(holder.identity)}">{escape(holder.label(language))}</option>'
        for holder in holders
    )
    return (
        f'<p><label for="key">{text("demo.signer.key", language)}</label>'
        f'<select id="key" name="key">{options}</select></p>'
    )
