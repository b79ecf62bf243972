"""Can a run be taken along from the Runs page, under a name that every system takes?"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from aecore.export.run_files import RUN_FORMATS
from aecore.runs import RunStore
from tests.app.conftest import OpenTab
from tests.app.trained import Trained
from ui.base.text import plain
from ui.runs.take_along import file_name, made

PAGE = "pages/runs.py"


def test_every_format_is_offered_and_said_what_it_is(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """The choice has all formats; each has its sentence and a download."""
    trained["digits"].add_to(store)
    tab = open_tab().switch_page(PAGE).run()
    assert tab.get_by_key("take-along-format").options == [f.title for f in RUN_FORMATS.values()]
    for name, kind in RUN_FORMATS.items():
        tab.get_by_key("take-along-format").select(name).run()
        assert not tab.exception
        assert any(plain(kind.summary) == caption.value for caption in tab.caption)
        assert len(tab.get("download_button")) == 1


def test_a_run_that_was_not_measured_has_nothing_to_take(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """There is no download for a run that failed."""
    failed = store.create(trained["digits"].experiment)
    store.end(failed, "failed", cause="It broke.")
    tab = open_tab().switch_page(PAGE).run()
    assert not tab.exception and not tab.get("download_button")


def test_what_is_downloaded_is_the_run(
    store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """The ZIP holds the weights and the settings of the run that was asked for."""
    run_id = trained["digits"].add_to(store)
    (tmp_path / "x.zip").write_bytes(made(store.folder(run_id), RUN_FORMATS["zip"]))
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert {"README.txt", "weights.npz"} <= set(archive.namelist())
        kept = archive.read("experiment.json")
    assert kept == (trained["digits"].folder / "experiment.json").read_bytes()


@pytest.mark.parametrize(
    ("name", "begins"),
    [("../../etc/passwd", "etc-passwd"), ("<b>x</b>", "b-x-b"), ("🎉", "run"), ("a" * 300, "aaa")],
)
def test_names_of_files_are_plain(
    name: str, begins: str, store: RunStore, trained: dict[str, Trained]
) -> None:
    """Paths, markup, emoji and long names of runs leave a name that opens anywhere."""
    run = store.summary(trained["digits"].add_to(store, name))
    found = file_name(run, RUN_FORMATS["zip"])
    assert found.startswith(begins) and found.endswith("-zip.zip") and len(found) < 100
    assert not set(found) & set('/\\<>:"|?* ')
