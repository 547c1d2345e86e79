"""A table is taken whole or not at all, and the same table twice changes nothing."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from tests.factories import openings, world

from govkz.tables import write_text
from joldama.journal.models import Event
from joldama.openings.imports import Stage
from joldama.openings.models import Import, ImportedFile, Opening, Organisation
from joldama.openings.tables.columns import TableSort
from joldama.openings.tables.reporting import coded, decoded
from joldama.procedures import import_table
from joldama.procedures.refusing import NotAllowed, NotYet

pytestmark = pytest.mark.django_db

AT = datetime.fromisoformat("2026-11-23T05:00:00+00:00")
HEADINGS = ("external_id", "bin", "name_ru", "kind", "occupation_kk", "address", "places", "wage")
ROW = ("A-1", "120340005670", "ТОО «Шебер»", "1", "Дәнекерлеуші", "Астана", "3", "85000")


@pytest.fixture
def specialist():
    return world.office().specialist


def take(rows, *, by, headings=HEADINGS, sort=TableSort.OPENINGS, at=AT, key=None):
    return worked(receive(rows, by=by, headings=headings, sort=sort, at=at, key=key), at=at)


def receive(rows, *, by, headings=HEADINGS, sort=TableSort.OPENINGS, at=AT, key=None):
    return import_table.receive(write_text(headings, rows), sort=sort, key=key or uuid4(), by=by, at=at)


def worked(table, *, at=AT):
    """Let the errand of a table run, as the worker does."""
    waiting = import_table.begin(table.pk, at=at)
    if waiting is not None:
        import_table.settle(waiting, import_table.read_and_judge(waiting), at=at)
    table.refresh_from_db()
    return table


def counts(done):
    return (done.rows, done.entered, done.corrected, done.unchanged, done.fault_count)


def changed(**cells):
    return tuple((dict(zip(HEADINGS, ROW, strict=True)) | cells).values())


def test_a_table_enters_openings_and_the_organisations_nobody_knew(specialist):
    done = take([ROW, changed(external_id="A-2", places="1", name_ru="")], by=specialist)

    assert counts(done) == (2, 2, 0, 0, 0)
    assert list(Organisation.objects.values_list("bin", "name_ru", "source")) == [
        ("120340005670", "ТОО «Шебер»", "import")
    ]
    found = Opening.objects.order_by("external_id")
    assert list(
        found.values_list("external_id", "occupation_kk", "places", "wage", "open_from_on", "office")
    ) == [
        ("A-1", "Дәнекерлеуші", 3, 85000, date(2026, 11, 23), specialist.office_id),
        ("A-2", "Дәнекерлеуші", 1, 85000, date(2026, 11, 23), specialist.office_id),
    ]
    assert all("danekerleushi" in opening.folded for opening in found)
    assert sorted(Event.objects.values_list("name", "actor", "office")) == [
        ("import.received", specialist.pk, specialist.office_id),
        ("import.taken", specialist.pk, specialist.office_id),
        ("opening.entered", specialist.pk, specialist.office_id),
        ("opening.entered", specialist.pk, specialist.office_id),
        ("organisation.entered", specialist.pk, specialist.office_id),
    ]


def test_the_same_table_again_changes_nothing_and_another_day_moves_no_first_day(specialist):
    take([ROW], by=specialist)

    done = take([ROW], by=specialist, at=datetime.fromisoformat("2026-11-25T05:00:00+00:00"))

    assert counts(done) == (1, 0, 0, 1, 0)
    assert Opening.objects.get().version == 1


def test_a_changed_row_corrects_its_opening(specialist):
    take([ROW, changed(external_id="A-2")], by=specialist)

    done = take([changed(occupation_kk="Аспаз"), changed(external_id="A-2")], by=specialist)

    assert counts(done) == (2, 0, 1, 1, 0)
    first = Opening.objects.get(external_id="A-1")
    assert (first.occupation_kk, first.version, "aspaz" in first.folded) == ("Аспаз", 2, True)
    assert Event.objects.filter(name="opening.corrected", subject=first.pk).count() == 1


def test_one_bad_row_and_nothing_is_entered(specialist):
    done = take([ROW, changed(external_id="A-2", places="0")], by=specialist)

    assert counts(done) == (2, 0, 0, 0, 1)
    assert not Opening.objects.exists()
    assert not Organisation.objects.exists()
    assert [one.key for one in decoded(done.faults)] == ["openings.fault.places"]
    assert list(Event.objects.exclude(name="import.received").values_list("name", "facts")) == [
        (
            "import.refused",
            {"sort": "openings", "rows": 2, "entered": 0, "corrected": 0, "faults": 1},
        )
    ]


def test_what_does_not_fit_with_what_stands_is_said_of_every_row(specialist):
    take([ROW, changed(external_id="A-2"), changed(external_id="A-3")], by=specialist)
    openings.fill(Opening.objects.get(external_id="A-1"), taken=2)
    Opening.objects.filter(external_id="A-2").update(closed_at=AT, closed_by=specialist.pk)

    done = take(
        [
            changed(places="1", kind="5"),
            changed(external_id="A-2", wage="1"),
            changed(external_id="A-3", bin="140240012345"),
            changed(external_id="A-4", bin="001140000015", name_ru=""),
        ],
        by=specialist,
    )

    assert [(one.row, one.column, one.given, one.key) for one in decoded(done.faults)] == [
        (2, "places", "1", "openings.fault.fewer_than_taken"),
        (2, "kind", "YOUTH_PRACTICE", "openings.fault.kind_stays"),
        (3, "external_id", "A-2", "tables.fault.closed"),
        (4, "bin", "140240012345", "tables.fault.other_organisation"),
        (5, "bin", "001140000015", "tables.fault.organisation"),
    ]
    assert Opening.objects.count() == 3
    assert Organisation.objects.count() == 1


def test_a_closed_opening_that_stands_as_it_did_hinders_no_table(specialist):
    take([ROW], by=specialist)
    Opening.objects.update(closed_at=AT, closed_by=specialist.pk)

    assert counts(take([ROW, changed(external_id="A-2")], by=specialist)) == (2, 1, 0, 1, 0)


def test_organisations_are_entered_and_renamed_with_the_words_their_openings_are_found_by(specialist):
    headings = ("bin", "name_kk", "is_training")
    take([ROW], by=specialist)

    done = take(
        [("120340005670", "«Шеберхана» ЖШС", "жоқ"), ("140240012345", "Колледж", "иә")],
        headings=headings,
        sort=TableSort.ORGANISATIONS,
        by=specialist,
    )

    assert counts(done) == (2, 1, 1, 0, 0)
    assert "sheberhana" in Opening.objects.get().folded
    assert Organisation.objects.get(bin="140240012345").is_training


def test_an_organisation_that_holds_courses_goes_on_training(specialist):
    headings = ("external_id", "bin", "name_kk", "kind", "training_kind", "course", "address", "places")
    course = ("К-1", "140240012345", "Колледж", "3", "қайта даярлау", "Бухгалтер", "Астана", "20")
    take([course], headings=headings, by=specialist)

    done = take(
        [("140240012345", "Колледж", "жоқ")],
        headings=("bin", "name_kk", "is_training"),
        sort=TableSort.ORGANISATIONS,
        by=specialist,
    )

    assert [one.key for one in decoded(done.faults)] == ["openings.fault.has_courses"]


def test_a_file_sent_twice_is_one_import(specialist):
    key = uuid4()

    first, again = (take([ROW], by=specialist, key=key) for _ in range(2))

    assert first.pk == again.pk
    assert (Import.objects.count(), Opening.objects.count()) == (1, 1)


def test_another_office_has_numbers_of_its_own(specialist):
    take([ROW], by=specialist)

    assert counts(take([ROW], by=world.office("almaty").specialist)) == (1, 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "tables.unread.empty"),
        (b"%PDF", "tables.unread.no_table"),
        (b" \r\n", "tables.unread.empty"),
        (b"PK\x03\x04 and nothing else", "tables.unread.broken"),
    ],
)
def test_what_is_no_table_is_told_and_not_kept(data, key, specialist):
    with pytest.raises(NotYet) as caught:
        import_table.receive(data, sort=TableSort.OPENINGS, key=uuid4(), by=specialist, at=AT)

    assert caught.value.key == key
    assert all(caught.value.parts(language) for language in ("kk", "ru", "en"))
    assert not Import.objects.exists()


def test_what_is_seen_while_it_is_read_to_be_no_table_is_told_as_what_is_wrong_with_it(specialist):
    kept = import_table.receive(
        b'bin\r\n1\r\n"2\r\n', sort=TableSort.OPENINGS, key=uuid4(), by=specialist, at=AT
    )

    assert [(one.row, one.key) for one in decoded(worked(kept).faults)] == [(3, "tables.unread.broken_at")]


def test_a_table_waits_encrypted_until_it_is_settled_and_its_file_goes(specialist):
    kept = receive([ROW], by=specialist)

    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM openings_importedfile")
        (stored,) = cursor.fetchone()
    assert kept.stage is Stage.WAITING
    assert b"120340005670" in kept.file.data
    assert b"120340005670" not in bytes(stored)
    assert worked(kept).stage is Stage.TAKEN
    assert not ImportedFile.objects.exists()


def test_the_errand_tells_how_far_it_is(specialist, monkeypatch):
    told = []
    kept = receive(numbered(1_200), by=specialist)
    monkeypatch.setattr(import_table, "judge", _telling(told, kept.pk, judge=import_table.judge))

    worked(kept)

    assert told == [("judging", 0, 1200), ("judging", 500, 1200), ("judging", 1000, 1200)]
    assert (kept.judged, kept.rows) == (1200, 1200)


def _telling(told, pk, *, judge):
    def judged(table, sort, *, today, tell):
        def looked(done):
            tell(done)
            stands = Import.objects.get(pk=pk)
            told.append((stands.stage.value, stands.judged, stands.rows))

        return judge(table, sort, today=today, tell=looked)

    return judged


def test_an_errand_that_ends_in_the_middle_leaves_nothing_and_runs_again(specialist, monkeypatch):
    kept = receive([ROW], by=specialist)
    with monkeypatch.context() as broken:
        broken.setattr(import_table, "_record", _falls)
        with pytest.raises(ZeroDivisionError):
            worked(kept)
    assert not Opening.objects.exists()
    assert not Organisation.objects.exists()
    kept.refresh_from_db()
    assert (kept.stage, kept.begun, ImportedFile.objects.count()) == (Stage.ENTERING, 1, 1)

    assert counts(worked(kept)) == (1, 1, 0, 0, 0)
    assert counts(worked(kept)) == (1, 1, 0, 0, 0)
    assert Event.objects.filter(name="import.taken").count() == 1


def _falls(*args, **told):
    raise ZeroDivisionError


def test_two_errands_of_one_table_enter_it_once(specialist):
    kept = receive([ROW], by=specialist)
    first, second = (import_table.begin(kept.pk, at=AT) for _ in range(2))

    for waiting in (first, second):
        import_table.settle(waiting, import_table.read_and_judge(first), at=AT)

    assert Opening.objects.count() == 1
    assert Event.objects.filter(name="import.taken").count() == 1


def test_a_table_that_ends_the_worker_each_time_is_refused_unread(specialist):
    kept = receive([ROW], by=specialist)
    for _ in range(import_table.MOST_BEGUN):
        assert import_table.begin(kept.pk, at=AT) is not None

    assert import_table.begin(kept.pk, at=AT) is None
    kept.refresh_from_db()
    assert [one.key for one in decoded(kept.faults)] == ["tables.unread.given_up"]
    assert not ImportedFile.objects.exists()


def test_a_file_is_kept_a_day_at_most(specialist):
    kept = receive([ROW], by=specialist)

    import_table.give_up_late(at=AT + import_table.KEPT_FOR - timedelta(seconds=1))
    assert ImportedFile.objects.exists()
    import_table.give_up_late(at=AT + import_table.KEPT_FOR)

    assert not ImportedFile.objects.exists()
    assert worked(kept).stage is Stage.REFUSED
    assert not Opening.objects.exists()


def test_so_many_tables_of_an_office_wait_and_no_more(specialist):
    for _ in range(import_table.MOST_WAITING):
        kept = receive([ROW], by=specialist)

    with pytest.raises(NotYet) as caught:
        receive([ROW], by=specialist)
    assert caught.value.key == "error.tables_wait"
    assert receive([ROW], by=world.office("almaty").specialist).stage is Stage.WAITING
    worked(kept)
    assert receive([ROW], by=specialist).stage is Stage.WAITING


def test_a_key_of_somebody_else_is_no_way_to_his_table(specialist):
    kept = receive([ROW], by=specialist)

    with pytest.raises(NotAllowed):
        receive([ROW], by=world.office("almaty").specialist, key=kept.pk)


def test_who_keeps_no_openings_imports_none(specialist):
    specialist.role = "auditor"

    with pytest.raises(NotAllowed):
        receive([ROW], by=specialist)


def test_faults_are_kept_as_they_were_said(specialist):
    done = take([changed(kind="2"), changed(external_id="A-2", places="")], by=specialist)

    said = decoded(done.faults)
    assert coded(said) == [[*one[:4], {name: value for name, value in one[4].items()}] for one in done.faults]
    assert replace(said[0], values={}) == replace(decoded(coded(said))[0], values={})


def numbered(count, *, bad_every=0):
    return [
        changed(external_id=f"A-{n}", places="0" if bad_every and n % bad_every == 0 else "3")
        for n in range(1, count + 1)
    ]


def test_ten_thousand_rows_with_every_tenth_wrong_are_refused_with_a_thousand_faults(specialist):
    done = take(numbered(10_000, bad_every=10), by=specialist)

    assert counts(done) == (10_000, 0, 0, 0, 1_000)
    assert [one.row for one in decoded(done.faults)] == list(range(11, 10_002, 10))
    assert not Opening.objects.exists()


@pytest.mark.parametrize("count", [1, 30])
def test_many_rows_take_no_more_statements_than_one(count, specialist, django_assert_num_queries):
    with django_assert_num_queries(8):
        kept = receive(numbered(count), by=specialist)
    with django_assert_num_queries(26):
        worked(kept)
