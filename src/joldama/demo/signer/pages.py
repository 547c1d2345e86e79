"""The signer's own pages, in the person's language."""

from html import escape

from joldama.demo.signer.keys import Holder, Keys
from joldama.demo.signer.requests import Request
from joldama.standard.words import LANGUAGES, say

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="/signer.css">
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


def language_of(asked: str) -> str:
    """Give the asked language, or Kazakh."""
    return asked if asked in LANGUAGES else LANGUAGES[0]


def asking(request: Request, keys: Keys) -> str:
    """Show the document and ask whether to sign it, and with which of the keys that fit."""
    language = language_of(request.asked.language)
    body = f"""
<p>{_t("demo.signer.asks", language)}</p>
<details open><summary>{_t("demo.signer.document", language)}</summary>
<pre tabindex="0">{escape(request.asked.document.decode("utf-8", "replace"))}</pre></details>
<form method="post" action="/requests/{request.name}/answer">
{_choice(keys.fitting(request.asked), language)}
<p class="buttons"><button class="main" name="answer" value="sign">{_t("action.sign", language)}</button>
<button name="answer" value="cancel">{_t("action.cancel", language)}</button></p>
</form>"""
    return _page("demo.signer.title", language, body)


def answered(request: Request) -> str:
    """Say that the answer was given and the page goes on by itself."""
    language = language_of(request.asked.language)
    said = _t(f"demo.signer.{request.state}", language)
    return _page("demo.signer.title", language, f'<p role="status">{said}</p>')


def gone(language: str) -> str:
    """Say that a request is over."""
    return _page("demo.signer.title", language, f'<p role="alert">{_t("demo.signer.gone", language)}</p>')


def by_hand(keys: Keys, language: str, *, error: str = "") -> str:
    """The page that turns a downloaded document into a .cms file, for browsers without JavaScript."""
    told = f'<p role="alert" class="error">{_t(error, language)}</p>' if error else ""
    links = " ".join(
        f'<a href="/?language={other}" lang="{other}" hreflang="{other}">{_t(f"language.{other}", other)}</a>'
        for other in LANGUAGES
    )
    body = f"""
<p class="languages">{links}</p>
<p>{_t("demo.signer.by_hand", language)}</p>
{told}
<form method="post" action="/sign?language={language}" enctype="multipart/form-data">
<p><label for="document">{_t("demo.signer.file", language)}</label>
<input type="file" id="document" name="document" required></p>
{_choice(keys.holders, language)}
<p class="buttons"><button class="main">{_t("action.sign", language)}</button></p>
</form>"""
    return _page("demo.signer.title", language, body)


def _choice(holders: list[Holder], language: str) -> str:
    options = "".join(
        f'<option value="{escape(holder.identity)}">{escape(holder.label(language))}</option>'
        for holder in holders
    )
    return (
        f'<p><label for="key">{_t("demo.signer.key", language)}</label>'
        f'<select id="key" name="key">{options}</select></p>'
    )


def _page(title: str, language: str, body: str) -> str:
    return _PAGE.format(
        language=language,
        title=_t(title, language),
        warning=" ".join(_t("demo.no_force", other) for other in LANGUAGES),
        body=body,
    )


def _t(key: str, language: str) -> str:
    return escape(say(key, language))
