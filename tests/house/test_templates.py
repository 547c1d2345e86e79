"""Templates: each is used and compiles, none carries script, style or a sentence of its own."""

import re
from html.parser import HTMLParser

import pytest
from django.template import engines

from tests.house.tree import JOLDAMA, Template, assert_none, code, constants, patterns, templates

PAGES = [template for template in templates() if template.name.endswith(".html")]
STATIC = {kind: sorted(JOLDAMA.glob(f"*/static/**/*.{kind}")) for kind in ("css", "js")}
IDS = [template.name for template in PAGES]

# Attributes that a person reads or hears.
SPOKEN = {"alt", "title", "placeholder", "aria-label", "aria-description", "aria-roledescription", "label"}
# What is not a sentence: the name of the service, the languages, each named in itself, and forms of files.
NOT_SAID = {"Joldama", "Жолдама", "Қазақша", "Русский", "English", "PDF", "JSON"}

_COMMENT = re.compile(r"\{#.*?#\}|\{% *comment\b.*?%\}.*?\{% *endcomment *%\}", re.DOTALL)
_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_ATTRIBUTE = re.compile(r"""[\w-]+=["'][^"']*["']""")
_ELSEWHERE = re.compile(r"""(?:\bsrc(?:set)?|<link[^>]*\bhref)=["']?(?:https?:)?//""")
_LOADED = re.compile(r"""\{% *(?:extends|include) +["']([^"']+)["']""")


class Reader(HTMLParser):
    """Collects what a strict policy forbids, and the words written straight into the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inline: list[str] = []
        self.said: list[str] = []
        self.on_a_key = False  # <kbd>: a key of the keyboard has its name on it

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.on_a_key = tag == "kbd"
        names = dict(attributes)
        if tag == "style" or (tag == "script" and "src" not in names):
            self.inline.append(f"<{tag}>")
        self.inline += [name for name in names if name == "style" or name.startswith("on")]
        self.said += [value for name, value in attributes if name in SPOKEN and value and _has_words(value)]

    def handle_endtag(self, tag: str) -> None:
        self.on_a_key = False

    def handle_data(self, text: str) -> None:
        if self.cdata_elem is None and not self.on_a_key and _has_words(text):
            self.said.append(" ".join(text.split()))


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(_TAG.sub("", _COMMENT.sub("", text)))
    reader.close()
    return reader


def _has_words(text: str) -> bool:
    said = _ATTRIBUTE.sub("", text)  # attributes are filled into a tag of the base page
    return bool(set(re.findall(r"[^\W\d_]{2,}", said)) - NOT_SAID)


def loaded() -> tuple[set[str], list[re.Pattern[str]]]:
    """Return the names by which templates are loaded, from other templates and from code."""
    names = {name for template in templates() for name in _LOADED.findall(_COMMENT.sub("", template.text))}
    built = []
    for module in code():
        names.update(text for text in constants(module.tree) if "/" in text or text.endswith(".html"))
        built += [re.compile(pattern) for pattern in patterns(module.tree) if pattern.endswith(r"\.html")]
    return names, built


def unused(found: list[Template]) -> list[str]:
    names, built = loaded()
    return [
        template.name
        for template in found
        if template.name not in names
        # Django asks for the templates of its widgets by itself.
        and not template.name.startswith("django/")
        and not any(pattern.fullmatch(template.name) for pattern in built)
    ]


def test_every_template_is_used():
    assert_none(unused(list(templates())), "Use these templates or take them out:")


@pytest.mark.parametrize("template", PAGES, ids=IDS)
def test_every_template_compiles(template):
    assert engines["django"].get_template(template.name).origin.name == str(template.path)


@pytest.mark.parametrize("template", PAGES, ids=IDS)
def test_no_template_carries_script_or_style(template):
    assert read(template.text).inline == []


@pytest.mark.parametrize("template", PAGES, ids=IDS)
def test_no_template_says_a_sentence_of_its_own(template):
    assert read(template.text).said == []


@pytest.mark.parametrize("template", PAGES, ids=IDS)
def test_no_template_switches_escaping_off(template):
    assert re.findall(r"\| *safe\b|\{% *autoescape +off", template.text) == []


def test_no_code_marks_text_as_safe_unless_it_formats_it():
    marked = [module.name for module in code() if re.search(r"\bmark_safe\b|SafeString\(", module.text)]

    assert marked == []


@pytest.mark.parametrize("template", PAGES, ids=IDS)
def test_pages_fetch_nothing_from_elsewhere(template):
    assert (
        re.findall(
            r"""\b(?:src|srcset)=["']?(?:https?:)?//|<link[^>]*href=["']?(?:https?:)?//""", template.text
        )
        == []
    )


@pytest.mark.parametrize("sheet", STATIC["css"], ids=lambda path: path.name)
def test_style_sheets_fetch_nothing_from_elsewhere(sheet):
    assert re.findall(r"@import|url\([\"']?(?:https?:)?//", sheet.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("script", STATIC["js"], ids=lambda path: path.name)
def test_scripts_neither_write_markup_nor_run_text(script):
    written = r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|new Function)\b"

    assert re.findall(written, script.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "inline"),
    [
        ('<script src="{% static "a.js" %}" defer></script>', []),
        ("<script>alert(1)</script>", ["<script>"]),
        ("<style>p {}</style>", ["<style>"]),
        ('<p {% if a %}class="b"{% endif %} style="color: red">', ["style"]),
        ('<button onclick="go()">', ["onclick"]),
        ("{# <script>old</script> #}", []),
    ],
)
def test_inline_script_and_style_are_seen(text, inline):
    assert read(text).inline == inline


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<p>{% say "label.iin" %}: {{ iin }}</p>', []),
        ("<p>Please sign</p>", ["Please sign"]),
        ('<img alt="Елтаңба">', ["Елтаңба"]),
        ("<p>Қазақша · № 1</p>", []),
        ("<kbd>Tab</kbd> to go on", ["to go on"]),
    ],
)
def test_sentences_written_into_a_template_are_seen(text, said):
    assert read(text).said == said


def test_a_template_nobody_loads_is_named():
    lost = Template(JOLDAMA / "portal" / "templates" / "portal" / "nobody.html", "portal/nobody.html")

    assert unused([lost]) == [lost.name]


def not_kept_fresh(text: str) -> list[str]:
    """Name what keeps a page from being kept fresh: a part without a name, the script without where to listen."""
    parts = [
        tag for tag in re.findall(r"<[a-z][^>]*\bdata-live=[^>]*>", text) if not re.search(r"\bid=", tag)
    ]
    return [*parts, *re.findall(r"<script[^>]*ui/live\.js[^>]*>", text)]


def test_parts_that_are_kept_fresh_have_a_name_and_the_script_comes_by_its_tag():
    found = [
        f"{template.name}: {tag}"
        for template in PAGES
        for tag in not_kept_fresh(template.path.read_text(encoding="utf-8"))
    ]

    assert_none(found, "See docs/live.md: an `id` for each part, {% live_page … %} for the script:")


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ('<div class="stack" data-live="5">', True),
        ('<div class="stack" id="waiting" data-live="5">', False),
        ('<p data-live-stale="30" hidden>', False),
        ('<script type="module" src="{% static "ui/live.js" %}"></script>', True),
        ("{% live_page place.pk %}", False),
    ],
)
def test_what_cannot_be_kept_fresh_is_seen(text, is_found):
    assert bool(not_kept_fresh(text)) is is_found
