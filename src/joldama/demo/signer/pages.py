"""The signer's own pages, in the person's language."""

from html import escape

from joldama.demo.signer.frame import choice, language_of, languages, page
from joldama.demo.signer.frame import text as _t
from joldama.demo.signer.keys import Keys
from joldama.demo.signer.requests import Request

__all__ = ["answered", "asking", "by_hand", "gone", "language_of"]


def asking(request: Request, keys: Keys) -> str:
    """Show the document and ask whether to sign it, and with which of the keys that fit."""
    language = language_of(request.asked.language)
    body = f"""
<p>{_t("demo.signer.asks", language)}</p>
<details open><summary>{_t("demo.signer.document", language)}</summary>
<pre tabindex="0">{escape(request.asked.document.decode("utf-8", "replace"))}</pre></details>
<form method="post" action="/requests/{request.name}/answer">
{choice(keys.fitting(request.asked), language)}
<p class="buttons"><button class="main" name="answer" value="sign">{_t("action.sign", language)}</button>
<button name="answer" value="cancel">{_t("action.cancel", language)}</button></p>
</form>"""
    return _page(language, body)


def answered(request: Request) -> str:
    """Say that the answer was given and the page goes on by itself."""
    language = language_of(request.asked.language)
    said = _t(f"demo.signer.{request.state}", language)
    return _page(language, f'<p role="status">{said}</p>')


def gone(language: str) -> str:
    """Say that a request is over."""
    return _page(language, f'<p role="alert">{_t("demo.signer.gone", language)}</p>')


def by_hand(keys: Keys, language: str, *, error: str = "") -> str:
    """The page that turns a downloaded document into a .cms file, for browsers without JavaScript."""
    told = f'<p role="alert" class="error">{_t(error, language)}</p>' if error else ""
    body = f"""
{languages()}
<p>{_t("demo.signer.by_hand", language)}</p>
{told}
<form method="post" action="/sign?language={language}" enctype="multipart/form-data">
<p><label for="document">{_t("demo.signer.file", language)}</label>
<input type="file" id="document" name="document" required></p>
{choice(keys.holders, language)}
<p class="buttons"><button class="main">{_t("action.sign", language)}</button></p>
</form>"""
    return _page(language, body)


def _page(language: str, body: str) -> str:
    return page("demo.signer.title", language, body, style="/signer.css")
