"""`joldama vectors`: a folder is compared with what was published, file by file."""

import hashlib
import shutil

import pytest

from joldama.config import vectors as originals
from joldama.config.cli import main
from joldama.config.vectors import Relation


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """Publish two small files, and lay them into a folder."""
    listed = tmp_path / "vectors.toml"
    listed.write_text(
        f"""
[[origin]]
repository = "https://example.org/one"
licence = "MIT"

[origin.files]
"cms/a.der" = {{ bytes = 1, sha256 = "{hashlib.sha256(b"a").hexdigest()}", is = "same", file = "a" }}
"cms/b.der" = {{ bytes = 1, sha256 = "{hashlib.sha256(b"b").hexdigest()}", is = "part", file = "B.groovy" }}
"""
    )
    monkeypatch.setattr(originals, "LISTED", listed)
    folder = tmp_path / "folder"
    (folder / "cms").mkdir(parents=True)
    (folder / "cms/a.der").write_bytes(b"a")
    (folder / "cms/b.der").write_bytes(b"b")
    (folder / "README.md").write_text("what each is")
    return folder


def check(capsys, *words):
    code = main(["vectors", "check", *map(str, words)])
    return code, capsys.readouterr().out.splitlines()


def test_a_folder_as_published_passes(shelf, capsys):
    assert check(capsys, shelf) == (0, ["2 files, all as published"])


def test_what_is_missing_other_or_extra_is_named_with_its_original(shelf, capsys):
    (shelf / "cms/a.der").write_bytes(b"A")
    (shelf / "cms/b.der").unlink()
    (shelf / "c.der").write_bytes(b"c")

    code, lines = check(capsys, shelf)

    assert (code, lines) == (
        1,
        [
            f"other    cms/a.der  sha256 {hashlib.sha256(b'a').hexdigest()}  https://example.org/one a",
            f"missing  cms/b.der  sha256 {hashlib.sha256(b'b').hexdigest()}  "
            "taken out of https://example.org/one B.groovy",
            "extra    c.der",
            "2 files, 3 differ",
        ],
    )


def test_the_folder_of_the_environment_is_meant_where_none_is_said(shelf, capsys, monkeypatch):
    monkeypatch.setenv("JOLDAMA_VECTORS", str(shelf))

    assert check(capsys) == (0, ["2 files, all as published"])


@pytest.mark.parametrize("is_set", [True, False])
def test_no_folder_is_no_answer(shelf, capsys, monkeypatch, is_set):
    shutil.rmtree(shelf)
    monkeypatch.delenv("JOLDAMA_VECTORS", raising=False)

    assert main(["vectors", "check", *([str(shelf)] if is_set else [])]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_every_file_is_listed_with_its_digest_and_its_original(capsys):
    code = main(["vectors", "list"])

    lines = capsys.readouterr().out.splitlines()
    assert (code, len(lines)) == (0, len(originals.published()))
    assert lines[0].split("  ") == [
        "beeffc0bdb77cd798c35983eb0715f6ef0051cccb71d7cd05505e8a4fb2c6f4d",
        "certs-test-ca/nca_gost2015_test.cer",
        "https://github.com/ncanode-kz/NCANode src/test/resources/ca/nca_gost2015_test.cer",
        "(MIT)",
    ]


def test_every_original_that_is_not_ours_has_a_place():
    nameless = [vector.path for vector in originals.published() if not vector.repository]
    whole = [vector for vector in originals.published() if vector.relation is Relation.SAME]

    assert nameless == []
    assert all(vector.original for vector in whole)


def test_the_vectors_at_hand_are_the_published_ones(vectors, capsys):
    count = len(originals.published())

    assert check(capsys, vectors) == (0, [f"{count} files, all as published"])
