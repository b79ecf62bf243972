"""Check sheets: kept whole, found quickly, and made anew when they no longer fit."""

import json
import os
from dataclasses import replace

import pytest

from aecore.data import uploads
from aecore.data.columns.column import Column
from aecore.data.profile import stored_sheets
from aecore.data.profile.check_sheet import Sheet
from aecore.errors import DataError

SHEET = Sheet(
    title="Größen.csv",
    rows=3,
    kind="table",
    value_range=(-1.5, 2.0),
    columns=(
        Column("länge", "number", "feature", low=-1.5, high=2.0, examples=("1", "2")),
        Column("art", "category", "label", categories=("a", "b"), distinct=2),
    ),
    classes=(("a", 1), ("b", 2)),
    memory=24,
    digest="0" * 32,
    advice=("Few rows.",),
)
CSV = b"a,b\n1,2\n"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A run folder that does not exist yet; where uploads and sheets go."""
    monkeypatch.setenv("AECORE_HOME", str(tmp_path / "runs"))
    return tmp_path / "runs" / "uploads"


@pytest.fixture(params=["digits", "upload", "file"])
def source(request, tmp_path):
    """A data set by name, by upload and by path."""
    if request.param == "upload":
        return uploads.keep({"Größen.csv": CSV})
    if request.param == "file":
        path = tmp_path / "Größen.csv"
        path.write_bytes(CSV)
        return str(path)
    return request.param


def kept_file(home):
    """The only file of a sheet."""
    [path] = [*home.glob("sheets/*.json"), *home.glob("*/sheet.json")]
    return path


def test_a_sheet_comes_back_equal(source):
    """None before, the same after, and the newer one once there is one."""
    assert stored_sheets.saved(source) is None
    stored_sheets.save(source, SHEET)
    assert stored_sheets.saved(source) == SHEET
    newer = replace(SHEET, rows=4)
    stored_sheets.save(source, newer)
    assert stored_sheets.saved(source) == newer


def test_samples_are_kept_with_a_sheet(source):
    """Those that were given with it, and none where there were none."""
    assert stored_sheets.previewed(source) is None
    stored_sheets.save(source, SHEET, {"kind": "table", "rows": [["1", "2"]]})
    assert stored_sheets.previewed(source) == {"kind": "table", "rows": [["1", "2"]]}
    assert stored_sheets.saved(source) == SHEET
    stored_sheets.save(source, SHEET)
    assert stored_sheets.previewed(source) is None


def test_sheets_of_several_data_sets_do_not_meet(home):
    """Each has a file of its own, and nothing unfinished is left."""
    upload = uploads.keep({"a.csv": CSV})
    for rows, name in enumerate(("digits", "iris", upload)):
        stored_sheets.save(name, replace(SHEET, rows=rows))
    assert [stored_sheets.saved(name).rows for name in ("digits", "iris", upload)] == [0, 1, 2]
    assert sorted(path.name for path in (home / "sheets").iterdir()) == ["digits.json", "iris.json"]
    assert sorted(path.name for path in uploads.folder_of(upload).iterdir()) == [
        "about.json",
        "content.csv",
        "sheet.json",
        "unread",
    ]


def test_a_sheet_is_read_once(source, home):
    """While neither time nor place of its file has changed, nobody looks into it."""
    stored_sheets.save(source, SHEET)
    assert stored_sheets.saved(source) == SHEET
    path = kept_file(home)
    before = path.stat().st_mtime_ns
    with path.open("r+b") as file:
        file.truncate()
    os.utime(path, ns=(before, before))
    assert stored_sheets.saved(source) == SHEET
    os.utime(path, ns=(before, before + 1))
    assert stored_sheets.saved(source) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b'{"version": 2, "she',
        b"[]",
        b"3",
        b'{"version": 2}',
        b'{"version": 2, "sheet": {}}',
        b'{"version": 2, "sheet": []}',
        b'{"version": 2, "sheet": {"columns": [3], "value_range": null}}',
    ],
)
def test_a_damaged_sheet_counts_as_none(home, content):
    """And the next one takes its place."""
    stored_sheets.save("digits", SHEET)
    kept_file(home).write_bytes(content)
    assert stored_sheets.saved("digits") is None
    stored_sheets.save("digits", SHEET)
    assert stored_sheets.saved("digits") == SHEET


def test_a_sheet_of_another_version_counts_as_none(home):
    """What it says may mean something else by now."""
    stored_sheets.save("digits", SHEET)
    path = kept_file(home)
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert kept["version"] == stored_sheets.VERSION
    path.write_text(json.dumps({**kept, "version": stored_sheets.VERSION - 1}), encoding="utf-8")
    assert stored_sheets.saved("digits") is None


def test_a_removed_upload_takes_its_sheet_along(home):
    """It holds examples of the data; and none is written after the removal."""
    source = uploads.keep({"a.csv": CSV})
    stored_sheets.save(source, SHEET)
    uploads.remove(source)
    assert stored_sheets.saved(source) is None
    with pytest.raises(DataError, match=r"was removed\. Upload it again"):
        stored_sheets.save(source, SHEET)
    assert list(home.iterdir()) == []
    uploads.keep({"a.csv": CSV})
    assert stored_sheets.saved(source) is None


def test_a_file_that_changed_has_no_sheet_yet(tmp_path):
    """Its size or its time tells."""
    path = tmp_path / "a.csv"
    path.write_bytes(CSV)
    stored_sheets.save(str(path), SHEET)
    assert stored_sheets.saved(str(path)) == SHEET
    os.utime(path, ns=(0, 0))
    assert stored_sheets.saved(str(path)) is None
    path.unlink()
    assert stored_sheets.saved(str(path)) is None
    with pytest.raises(DataError, match="There is no file"):
        stored_sheets.save(str(path), SHEET)


@pytest.mark.parametrize("source", ["", "no such thing", "upload:../../x", "../digits", "a\0b"])
def test_what_is_no_data_set_has_no_sheet(source):
    """Whatever a link says."""
    assert stored_sheets.saved(source) is None
