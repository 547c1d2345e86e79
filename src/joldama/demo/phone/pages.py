"""The phone's own pages, in the person's language."""

from html import escape

from joldama.demo.phone.calls import Scanned, Unanswered
from joldama.demo.signer.frame import choice, language_of, languages, page
from joldama.demo.signer.frame import text as _t
from joldama.demo.signer.keys import Keys

__all__ = ["home", "language_of", "over", "showing"]

_NAMES = {"kk": "nameKz", "ru": "nameRu", "en": "nameEn"}


def home(language: str, *, code: str = "", wrong: Unanswered | None = None) -> str:
    """Ask for what a QR code holds."""
    body = f"""
{languages()}
<p>{_t("demo.phone.scan", language)}</p>
{_told(wrong, language)}
<form method="post" action="/scan?language={language}">
<p><label for="code">{_t("demo.phone.code", language)}</label>
<input type="text" id="code" name="code" value="{escape(code)}" autocomplete="off" required></p>
<p class="buttons"><button class="main">{_t("demo.phone.open", language)}</button></p>
</form>"""
    return _page(language, body)


def showing(
    name: str, scanned: Scanned, keys: Keys, language: str, *, wrong: Unanswered | None = None
) -> str:
    """Show who asks for a signature of what, and ask whose key gives it."""
    organisation, document = scanned.invitation["organisation"], scanned.first
    meta = "".join(
        f"<dt>{escape(str(row['name']))}</dt><dd>{escape(str(row['value']))}</dd>"
        for row in document.get("meta", [])
    )
    body = f"""
<p>{_t("demo.phone.asks", language)} <strong>{escape(str(organisation[_NAMES[language]]))}</strong></p>
<p class="document-title">{escape(str(document[_NAMES[language]]))}</p>
<dl class="meta">{meta}</dl>
<details><summary>{_t("demo.signer.document", language)}</summary>
<pre tabindex="0">{escape(scanned.document.decode("utf-8", "replace"))}</pre></details>
{_told(wrong, language)}
<form method="post" action="/scans/{name}?language={language}">
{_choice(keys, scanned, language)}
<p class="buttons"><button class="main" name="answer" value="sign">{_t("action.sign", language)}</button>
<button name="answer" value="cancel">{_t("action.cancel", language)}</button></p>
</form>"""
    return _page(language, body)


def over(key: str, language: str) -> str:
    """Say how it ended."""
    again = f'<p><a href="/?language={language}">{_t("demo.phone.again", language)}</a></p>'
    return _page(language, f'<p role="status">{_t(key, language)}</p>{again}')


def _choice(keys: Keys, scanned: Scanned, language: str) -> str:
    """Offer first whom the document names."""
    text = scanned.document.decode("utf-8", "replace")
    return choice(sorted(keys.holders, key=lambda holder: not holder.is_named_in(text)), language)


def _told(wrong: Unanswered | None, language: str) -> str:
    if wrong is None:
        return ""
    said = _t(wrong.key, language) if wrong.key else escape(wrong.message)
    return f'<p role="alert" class="error">{said}</p>'


def _page(language: str, body: str) -> str:
    return page("demo.phone.title", language, body, style="/phone.css")
