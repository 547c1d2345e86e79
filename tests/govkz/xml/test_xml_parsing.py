"""Hostile XML is refused at once, whoever asks for it to be read; ordinary XML is not."""

import contextlib
import time

import pytest

from govkz.xml import Limits, Malformed, TooLarge, parse, refuse

LAUGHS = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
MALFORMED = {
    "nothing": b"",
    "no XML": b"%PDF-1.7",
    "two roots": b"<a/><a/>",
    "a text after the root": b"<a/>text",
    "entities in entities": f"<!DOCTYPE e [<!ENTITY a0 'ha'>{LAUGHS}]><e>&a9;</e>".encode(),
    "an outside entity": b"<!DOCTYPE e [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><e>&x;</e>",
    "an outside DTD": b"<!DOCTYPE e SYSTEM 'http://127.0.0.1:1/x.dtd'><e/>",
    "a DOCTYPE of nothing": b"<!DOCTYPE e><e/>",
    "an entity of nobody": b"<a>&who;</a>",
    "a prefix of nobody": b"<x:a/>",
    "an attribute twice": b"<a b='1' b='2'/>",
    "an attribute twice by namespace": b"<a xmlns:x='u:1' xmlns:y='u:1' x:b='1' y:b='2'/>",
    "a forbidden character": b"<a>\x01</a>",
    "UTF-16": "<?xml version='1.0'?><e/>".encode("utf-16"),
    "UTF-16 declared": b"<?xml version='1.0' encoding='UTF-16'?><e/>",
    "UTF-7": b"<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE e+AD4 <e/>",
    "UTF-7 on a second line": b"<?xml\nversion='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE e+AD4 <e/>",
    "no UTF-8": b"<a>\xff\xfe</a>",
    "XML 1.1": b"<?xml version='1.1'?><e/>",
}
FEW = Limits(size=400, depth=3, elements=4, attributes=6, attributes_of_one=3, namespaces=2)
AT_THE_LIMIT = {
    "size": b"<a>" + b"x" * 393 + b"</a>",
    "depth": b"<a><a><a/></a></a>",
    "elements": b"<a><a/><a/><a/></a>",
    "attributes": b"<a b='' c='' d=''><a b='' c='' d=''/></a>",
    "attributes of one": b"<a b='' c='' d=''/>",
    "namespaces": b"<a xmlns='u:1'><a xmlns:x='u:2'/><a xmlns:x='u:3'/></a>",
}
OVER_THE_LIMIT = {
    "size": b"<a>" + b"x" * 394 + b"</a>",
    "depth": b"<a><a><a><a/></a></a></a>",
    "elements": b"<a><a/><a/><a/><a/></a>",
    "attributes": b"<a b='' c='' d=''><a b='' c='' d=''/><a b=''/></a>",
    "attributes of one": b"<a b='' c='' d='' e=''/>",
    "namespaces": b"<a xmlns='u:1'><a xmlns:x='u:2'><a xmlns:x='u:3'/></a></a>",
    "comments": b"<a>" + b"<!---->" * 20 + b"</a>",
}
HEAVY = {
    "nested": b"<a>" * 100_000 + b"</a>" * 100_000,
    "a million elements": b"<a>" + b"<a/>" * 250_000 + b"</a>",
    "a hundred thousand attributes": b"<a " + b" ".join(b'a%d=""' % n for n in range(100_000)) + b"/>",
    "a thousand namespaces": b"<a "
    + b" ".join(b'xmlns:a%d="u:%d"' % (n, n) for n in range(1000))
    + b">"
    + b"<b/>" * 15_000
    + b"</a>",
    "spaces after a sign": b"<a>" + b"=" + b" " * 900_000 + b"</a" + b">",
    "nothing but signs": b"=" * 1_000_000,
    "nothing but quotes": b"='" * 500_000,
}


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED)
def test_what_is_no_plain_xml_is_refused(data):
    with pytest.raises(Malformed) as refused:
        parse(data)

    assert not isinstance(refused.value, TooLarge)


@pytest.mark.parametrize("data", AT_THE_LIMIT.values(), ids=AT_THE_LIMIT)
def test_what_keeps_to_the_limits_is_read(data):
    assert parse(data, limits=FEW).tag in ("a", "{u:1}a")


@pytest.mark.parametrize("data", OVER_THE_LIMIT.values(), ids=OVER_THE_LIMIT)
def test_what_passes_a_limit_is_refused_as_too_large(data):
    with pytest.raises(TooLarge):
        parse(data, limits=FEW)


@pytest.mark.parametrize("data", HEAVY.values(), ids=HEAVY)
def test_what_would_cost_much_is_refused_or_read_at_once(data):
    began = time.process_time()

    with contextlib.suppress(Malformed):
        parse(data)

    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "declaration",
    [
        b"",
        b"\xef\xbb\xbf",
        b"<?xml version='1.0'?>",
        b'<?xml version="1.0" encoding="UTF-8"?>\n',
        b'\xef\xbb\xbf<?xml version="1.0" encoding="utf-8" standalone="no"?>',
        b"<?xml\tversion = '1.0'\n encoding = 'us-ascii' standalone='yes' ?>",
    ],
)
def test_every_usual_declaration_is_read(declaration):
    assert parse(declaration + "<a>Жолдама</a>".encode()).text == "Жолдама"


def test_a_comment_or_an_instruction_cannot_split_a_text():
    assert parse(b"<a>Jol<!-- -->da<?x y?>ma<![CDATA[ <1>]]></a>").text == "Joldama <1>"


def test_comments_and_instructions_are_kept_where_asked():
    kept = parse(b"<a>Jol<!-- -->da<?x y?>ma</a>", keeps_comments=True)

    assert [kept.text, *(part.tail for part in kept)] == ["Jol", "da", "ma"]


@pytest.mark.parametrize(
    "data", [MALFORMED[name] for name in ("a DOCTYPE of nothing", "UTF-16", "UTF-7", "no UTF-8")]
)
def test_what_another_parser_is_to_read_is_refused_at_sight(data):
    with pytest.raises(Malformed):
        refuse(data)


def test_what_another_parser_is_to_read_is_bounded():
    refuse(b"<a/>", limits=FEW)
    with pytest.raises(TooLarge):
        refuse(b"<a/>" * 17, limits=FEW)
