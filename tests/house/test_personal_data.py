"""What tells of a person is encrypted, and stands in no log, no address and no journal event."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLResolver, get_resolver, path
from django.urls.converters import UUIDConverter

from govkz import iin
from joldama.people.models import Person
from joldama.vault.fields import BlindIndex, SealedField
from tests.house.tree import JOLDAMA, ROOT, Module, assert_none, code, dotted, files, modules

# Columns that may hold typed or foreign text and are not encrypted: what is in them instead. A column that
# is not named here must be encrypted, hold a value of a closed list, or be no text at all.
PLAIN = {
    "cases.Application.language": "kk, ru or en",
    "cases.Application.number": "a number of the register (A38)",
    "cases.Application.other_kinds": "codes of kinds of results",
    "cases.Application.reference": "eight random letters",
    "cases.Deadline.basis": "paragraphs",
    "cases.Deadline.calendar_version": "a version",
    "cases.Deadline.edition": "the id of an edition",
    "cases.Deadline.steps": "how a term was counted: moments and paragraphs",
    "cases.Decision.calendar_version": "a version",
    "cases.Decision.edition": "the id of an edition",
    "cases.Decision.number": "a number of the register (A38)",
    "cases.Draft.reference": "eight random letters",
    "cases.Offer.kinds": "codes of kinds of results",
    "cases.PaperBlank.control_code": "eight random letters",
    "cases.PaperBlank.number": "a number of the register (A38)",
    "cases.PaperBlank.void_act": "the number of an act of the office",
    "cases.UnsealedPaper.sha256": "a hash of a paper, which holds random letters and a signature",
    "cases.NumberSeries.register": "the letter of a register",
    "complaints.Complaint.language": "kk, ru or en",
    "complaints.Complaint.number": "a number of the register (A38)",
    "complaints.Complaint.reckoning": "how a term was counted: moments and paragraphs",
    "complaints.Complaint.reference": "eight random letters",
    "complaints.ComplaintDraft.reference": "eight random letters",
    "complaints.CourtAppeal.court": "the name of a court",
    "complaints.CourtAppeal.number": "the number of a court's case; courts publish it",
    "journal.Batch.hash": "a hash of hashes",
    "journal.Batch.previous": "a hash of hashes",
    "journal.Checkpoint.body": "numbers and hashes of batches",
    "journal.Checkpoint.signature": "a signature over numbers and hashes of batches",
    "journal.Event.facts": "codes and figures; the list below",
    "journal.Event.name": "what happened, as the code calls it",
    "journal.Event.paragraph": "a paragraph",
    "journal.EventSeal.hash": "a hash of a row, which holds random ids",
    "journal.Look.page": "the name of a page",
    "journal.LookSeal.hash": "a hash of a row, which holds random ids",
    "notices.Notice.language": "kk, ru or en",
    "notices.Notice.mark": "an id, or the code of a mark",
    "people.Account.password": "a hash (Argon2)",
    "people.Account.username": "an official's login; of a person his random id",
    "people.Deputising.order": "the number of an order on an official",
    "people.Invitation.secret_hash": "a hash (SHA-256) of a random one-time secret",
    "people.Office.bin": "the number of an organisation",
    "people.Office.code": "the code in the office's numbers",
    "people.Office.en": "the name of an organisation",
    "people.Office.kk": "the name of an organisation",
    "people.Office.phones": "telephones of an organisation",
    "people.Office.ru": "the name of an organisation",
    "people.Person.language": "kk, ru or en",
    "people.Place.en": "the address of an organisation",
    "people.Place.kk": "the address of an organisation",
    "people.Place.phones": "telephones of an organisation",
    "people.Place.ru": "the address of an organisation",
    "people.Place.zone_name": "a time zone",
    "people.Staff.given_name": "an official acts under his name; it is printed on what he signs",
    "people.Staff.patronymic": "an official acts under his name",
    "people.Staff.position_en": "a post",
    "people.Staff.position_kk": "a post",
    "people.Staff.position_ru": "a post",
    "people.Staff.surname": "an official acts under his name",
    "people.Territory.en": "the name of a territory",
    "people.Territory.kato": "the code of a territory",
    "people.Territory.kk": "the name of a territory",
    "people.Territory.ru": "the name of a territory",
    "reception.Kiosk.code_hash": "a hash (SHA-256) of a random one-time code",
    "reception.Kiosk.name": "where a device stands",
    "reception.Kiosk.secret_hash": "a hash (SHA-256) of a random secret of a device",
    "reception.MissedCode.network": "a keyed hash; forgotten after minutes",
    "openings.Contact.language": "kk or ru",
    "openings.Import.digest": "a hash (SHA-256) of a table of organisations or openings",
    "openings.Partner.key_hash": "a hash (SHA-256) of a random key",
    "openings.Partner.name": "the name of a partner's system",
    "openings.Opening.address": "where work is done or a course is held",
    "openings.Opening.contract_number": "the number of a contract with an organisation",
    "openings.Opening.course": "what is taught",
    "openings.Opening.duration": "how long work or a course lasts",
    "openings.Opening.external_id": "the name of an opening in the system that handed it in",
    "openings.Opening.external_system": "the code of a system",
    "openings.Opening.folded": "the words of an opening, folded for search",
    "openings.Opening.locality": "a town or village",
    "openings.Opening.occupation_kk": "an occupation",
    "openings.Opening.occupation_ru": "an occupation",
    "openings.Opening.work_hours": "when work is done",
    "openings.Organisation.address": "where an organisation is",
    "openings.Organisation.bin": "the number of an organisation",
    "openings.Organisation.name_kk": "the name of an organisation",
    "openings.Organisation.name_ru": "the name of an organisation",
    "referrals.Referral.control_code": "eight random letters",
    "referrals.Referral.number": "a number of the register (A38)",
    "schedule.DayCorrection.act": "the name of an act, told in the explanation of terms",
    "schedule.TechnicalBreak.en": "why the portal stands still, told to everybody",
    "schedule.TechnicalBreak.kk": "why the portal stands still, told to everybody",
    "schedule.TechnicalBreak.ru": "why the portal stands still, told to everybody",
    "registries.Inquiry.system": "the code of a register",
    "signatures.RemoteSigning.fault": "the key of a text that says why a signature was refused",
    "signatures.RemoteSigning.language": "kk, ru or en",
    "signatures.Anchor.der": "the certificate of a certification centre",
    "signatures.Material.der": "a published list of serial numbers, or a centre's certificate",
    "signatures.Material.sha256": "a hash of published bytes",
    "signatures.Proof.digest": "a hash of an answer that nobody can guess: it is signed",
    "signatures.RevocationList.der": "a published list of serial numbers",
    "signatures.RevocationList.digest": "a hash of a published list",
    "signatures.RevocationList.issuer": "a hash",
    "signatures.Service.digest": "a hash of a published list",
    "signatures.Service.etag": "the mark of a published list",
    "signatures.Service.modified": "the mark of a published list",
    "signatures.Service.name": "the name of a service in the file of addresses",
}

# What an event may tell besides who, when and about what.
FACTS = {
    "about", "before", "before_line", "change", "contact", "corrected", "correction", "court", "day",
    "decision",
    "edition", "end", "ground", "late", "left_on", "limit", "line", "new_due_at", "old_due_at", "outcome",
    "entered", "faults", "removed", "restored", "rows", "sort",
    "outside_hours", "paper", "places", "places_before", "purpose", "role", "role_before", "source",
    "ticket", "way", "why", "window", "worked_day",
}  # fmt: skip
_WRITERS = {"record", "record_once", "record_each"}
_FIXED = {"subjects", "subject", "by", "at", "office", "paragraph", "from_paper"}

# Words that name what tells of a person, wherever they stand in the arguments of a log line.
TELLING = {
    "answer", "answers", "bin", "birth", "body", "born_on", "certificate", "cms", "contact", "content",
    "document", "email", "given_name", "iin", "name", "number", "patronymic", "person", "phone", "question",
    "reasons", "remark", "signer", "surname", "username",
}  # fmt: skip
PEOPLE_OF = 1800
_LOGGERS = {"log", "logger", "logging", "LOG", "LOGGER", "structlog"}
_LEVELS = {"debug", "info", "warning", "error", "exception", "critical", "log"}

# Numbers of people who could live stand where numbers themselves are tested, and nowhere else.
TESTS_OF_NUMBERS = {"tests/govkz/iin/test_iin_numbers.py", "tests/joldama/config/test_cli_iin.py"}

# What a session keeps; its row is not encrypted.
IN_SESSIONS = {
    "src/joldama/ui/officials.py: _BEGUN": "a moment",
    "src/joldama/desk/views/sign_in.py: _ENROLLING": "an account's id, and a secret encrypted by the vault",
    "src/joldama/portal/access.py: _CHECKED": "that a key was checked",
    "src/joldama/portal/views/sign_in.py: 'next'": "an address of ours",
    "src/joldama/portal/views/sign_in.py: _CHALLENGE": "a random number to sign, before anybody is known",
    "src/joldama/organisation/held.py: name": "encrypted with the keys of the vault",
    "src/joldama/ui/remote.py: _TICKET": "encrypted with the keys of the vault",
    "src/joldama/ui/kept.py: name": "encrypted with the keys of the vault",
}

# What an address may carry besides ids.
IN_ADDRESSES = {
    "apply/<slug:name>/": "the name of a step",
    "complain/<slug:name>/": "the name of a step",
    "<str:token>/mgovSign": "a random token, good once for some minutes",
    "<str:token>/document": "a random token, good once for some minutes",
    "standard/<str:paragraph>/": "a paragraph",
}


def is_telling(field: models.Field) -> bool:
    """Say whether a column could hold what somebody typed, in the clear."""
    if isinstance(field, SealedField | BlindIndex) or field.choices or field.is_relation:
        return False
    return isinstance(field, models.CharField | models.TextField | models.JSONField | models.BinaryField)


def telling_columns() -> dict[str, models.Field]:
    return {
        field_name(field): field
        for model in apps.get_models()
        if model.__module__.startswith("joldama.")
        for field in model._meta.get_fields()
        if field.concrete and is_telling(field)
    }


def field_name(field: models.Field) -> str:
    return f"{field.model._meta.app_label}.{field.model.__name__}.{field.name}"


def logged(module: Module) -> Iterator[str]:
    """Name the log lines whose arguments name what tells of a person."""
    for node in module.walk():
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        whose = dotted(node.func.value).rpartition(".")[2]
        if whose not in _LOGGERS or node.func.attr not in _LEVELS:
            continue
        told = {
            word
            for argument in (*node.args, *(keyword.value for keyword in node.keywords))
            for part in ast.walk(argument)
            for word in (getattr(part, "attr", ""), getattr(part, "id", ""))
        }
        if told & TELLING:
            yield f"{module.name}:{node.lineno}: {', '.join(sorted(told & TELLING))}"


def facts_told(module: Module) -> Iterator[tuple[str, str]]:
    """Give (place, fact) for each fact an event of the journal is given."""
    for node in module.walk():
        if not isinstance(node, ast.Call):
            continue
        called = dotted(node.func).rpartition(".")[2]
        place = f"{module.name}:{node.lineno}"
        for keyword in node.keywords:
            if called in _WRITERS and keyword.arg not in _FIXED:
                yield place, keyword.arg or ast.unparse(keyword.value)
            if keyword.arg == "event_facts" and isinstance(keyword.value, ast.Dict):
                yield from ((place, ast.literal_eval(key)) for key in keyword.value.keys if key)


def in_addresses(resolver: URLResolver) -> Iterator[str]:
    """Give each address of ours that carries something else than an id."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from in_addresses(entry)
        if not all(isinstance(each, UUIDConverter) for each in entry.pattern.converters.values()):
            yield str(entry.pattern)


def test_columns_that_may_hold_typed_text_are_encrypted_or_named_with_a_reason():
    assert_none(sorted(set(telling_columns()) - set(PLAIN)), "Encrypt these columns, or say what is in them:")


def test_the_list_of_plain_columns_names_none_that_is_gone():
    assert set(PLAIN) - set(telling_columns()) == set()


def test_everything_that_identifies_a_person_is_encrypted():
    assert {field.name: type(field).__name__ for field in Person._meta.fields if field.name != "id"} == {
        "iin": "SealedText",
        "iin_index": "BlindIndex",
        "stated_name": "SealedJSON",
        "born_on": "SealedText",
        "holder": "CharField",
        "language": "CharField",
    }


def test_a_plain_column_is_seen():
    assert [is_telling(models.TextField()), is_telling(SealedField()), is_telling(models.UUIDField())] == [
        True,
        False,
        False,
    ]


def test_no_log_line_is_handed_what_tells_of_a_person():
    assert_none((line for module in code() for line in logged(module)), "Log ids and codes only:")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('log.warning("no answer about %s", person.iin)', ["src/joldama/x.py:1: iin, person"]),
        ('logger.info("asked", iin=iin)', ["src/joldama/x.py:1: iin"]),
        ('log.warning("lists cannot be reached")', []),
        ('log.info("sealed %s", decision_id)', []),
    ],
)
def test_a_log_line_about_a_person_is_seen(line, found):
    class Line(Module):
        tree = ast.parse(line)

    assert list(logged(Line(JOLDAMA / "x.py"))) == found


def test_events_tell_codes_and_figures_only():
    # They hand their callers' facts on, which are checked themselves.
    passed_on = {"src/joldama/cases/operations.py", "src/joldama/complaints/operations.py"}
    told = [
        f"{place}: {fact}"
        for module in modules(JOLDAMA)
        if module.name not in passed_on
        for place, fact in facts_told(module)
        if fact not in FACTS
    ]

    assert_none(told, "An event tells ids, codes and figures; if this is one, add it to FACTS:")


def test_a_fact_that_is_told_is_seen():
    class Line(Module):
        tree = ast.parse('record("x", subject=s, by=b, at=t, iin=i)\nmove(a, b, event_facts={"phone": p})')

    assert [fact for _place, fact in facts_told(Line(JOLDAMA / "x.py"))] == ["iin", "phone"]


def test_addresses_carry_ids_and_nothing_of_a_person():
    carrying = set(in_addresses(get_resolver()))

    assert_none(
        sorted(carrying - set(IN_ADDRESSES)), "An address stands in logs; carry an id or say what it is:"
    )


def test_an_address_that_carries_something_else_is_seen():
    def view(request): ...

    addresses = [path("people/<str:iin>/", view), path("cases/<uuid:pk>/", view)]

    assert list(in_addresses(URLResolver(get_resolver().pattern, addresses))) == ["people/<str:iin>/"]


def kept_in_sessions(module: Module) -> Iterator[str]:
    """Name what a module puts into a session."""
    for node in module.walk():
        for target in node.targets if isinstance(node, ast.Assign) else []:
            if isinstance(target, ast.Subscript) and dotted(target.value).endswith("session"):
                yield f"{module.name}: {ast.unparse(target.slice)}"


def test_sessions_keep_nothing_readable_of_a_person():
    kept = {found for module in code() for found in kept_in_sessions(module)}

    assert_none(sorted(kept - set(IN_SESSIONS)), "Encrypt this, or say what it is in IN_SESSIONS:")


def could_be_alive(text: str) -> list[str]:
    """Return the valid numbers of persons in a text whose century digit is not of the 19th century."""
    found = []
    for number in re.findall(r"(?<![\d.])\d{12}(?!\d)", text):
        try:
            parsed = iin.parse(number)
        except iin.InvalidNumber:
            continue
        # The fifth digit of an organisation's number is 4 to 6, of a person's the tens of his day of birth.
        if number[4] in "0123" and parsed.century_hint != PEOPLE_OF:
            found.append(number)
    return found


def test_nobody_who_could_live_stands_in_the_repository():
    found = [
        f"{path.relative_to(ROOT)}: {number}"
        for path in files(".py", ".toml", ".html", ".md", ".txt", ".json", ".xml", ".js", ".csv")
        if path.relative_to(ROOT).as_posix() not in TESTS_OF_NUMBERS
        for number in could_be_alive(path.read_text(encoding="utf-8"))
    ]

    assert_none(found, "Invent people of the 19th century (century digit 1 or 2):")


def test_a_number_of_somebody_who_could_live_is_seen():
    living = "900115" + "300013"

    assert could_be_alive(f"{living}, 900115267840, 123456789012") == [living]
