"""Runs whose experiment or events are broken, on every page: nothing breaks, all say what is so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aecore.runs import RunStore
from tests.app.conftest import OpenTab
from tests.app.trained import Trained
from tests.broken import BROKEN, BROKEN_EVENTS, READABLE, break_experiment
from ui.app import services, session
from ui.base.theme import LIGHT
from ui.shared.unread import CAUSE
from ui.train.live_answer import DAMAGED, Look, describe

KINDS = (
    "no tag",
    "not JSON",
    "brackets without end",
    "a group as text",
    "no group",
    "an unknown backbone",
    "an unknown data set",
    "a dimension in words",
    "many unknown options",
    "a newer version",
)
PAGES = ("reconstructions", "latent_space", "generate")

Runs = dict[str, str]


@pytest.fixture(scope="module")
def broken(
    template: Path, trained: dict[str, Trained], tmp_path_factory: pytest.TempPathFactory
) -> RunStore:
    """A trained run broken in each way, all in one store, each named after what is broken."""
    home = tmp_path_factory.mktemp("broken")
    (home / "mlflow.db").write_bytes(template.read_bytes())
    store = RunStore(home)
    for name in KINDS:
        break_experiment(store, trained["digits"].add_to(store, name), BROKEN[name])
    return store


@pytest.fixture
def store(tmp_path: Path, broken: RunStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunStore]:
    """A copy of that store, which the app's pages look at."""
    home = shutil.copytree(broken.home, tmp_path / "runs")
    monkeypatch.setenv("AECORE_HOME", str(home))
    services.opened_store.clear()
    # Runs have the ids that they have in the other copies.
    services.kept_view.clear()
    yield services.opened_store()
    services.opened_store.clear()


@pytest.fixture
def runs(store: RunStore) -> Runs:
    """What is broken -> the id of its run."""
    return {summary.name: summary.run_id for summary in store.summaries()}


def says(tab: AppTest, sentence: str) -> bool:
    """Whether one of the page's boxes holds these words."""
    shown = [element.value for element in (*tab.warning, *tab.info, *tab.error)]
    return any(sentence in text.replace("\\", "") for text in shown)


def press(tab: AppTest, label: str) -> AppTest:
    """Press the first button with this label."""
    next(button for button in tab.button if button.label == label).click().run()
    assert not tab.exception
    return tab


@pytest.mark.parametrize("page", PAGES)
def test_a_broken_run_opens_with_what_can_be_read(
    open_tab: OpenTab, store: RunStore, runs: Runs, page: str
) -> None:
    """It says what cannot be read and where the run can be deleted; the page works all the same."""
    tab = open_tab().switch_page(f"pages/{page}.py")
    for name, run_id in runs.items():
        tab.session_state[session.RUN] = run_id
        tab.run()

        assert not tab.exception, name
        assert says(tab, CAUSE) == (name not in READABLE), name
        for note in store.summary(run_id).experiment.notes:
            assert says(tab, note), name
        # Codes are decoded by the engine, which looks into another store than these pages.
        assert page == "generate" or not tab.error, name


def test_broken_runs_are_listed_and_can_be_deleted(
    open_tab: OpenTab, store: RunStore, runs: Runs
) -> None:
    """Side by side with all others; each says what is wrong before it is deleted."""
    tab = open_tab().switch_page("pages/runs.py").run()
    rows = tab.dataframe[0].value
    assert rows["Name"].tolist() == list(reversed(KINDS))
    assert set(rows["Data set"]) == {"MNIST, 5,000 digits", "unknown data", "nowhere"}

    for name in KINDS:
        tab.session_state["selected_run"] = runs[name]
        assert says(tab.run(), CAUSE) == (name not in READABLE), name
        press(tab, "Delete")
        tab.get_by_key("delete-now").click().run()
        assert not tab.exception
    assert store.summaries() == []


def test_a_broken_run_is_watched_and_its_settings_are_used(
    open_tab: OpenTab, store: RunStore, runs: Runs
) -> None:
    """On the Train page; "Train again" fills the form, names what is lost and waits for Start."""
    for name in ("an unknown backbone", "a dimension in words", "no group", "a newer version"):
        # The file of events holds the experiment too.
        store.path(runs[name], "events.jsonl").write_text(BROKEN_EVENTS["junk"], "utf-8")
        tab = open_tab(run=runs[name])
        assert not tab.exception and says(tab, CAUSE), name
        kept = session.view(runs[name]).experiment
        if not kept.values:
            assert [b.disabled for b in tab.button if b.label == "Train again"] == [True]
            continue

        press(tab, "Train again")

        assert tab.session_state["draft"] == kept.draft()
        assert tab.query_params["run"] == runs[name]
        said = " ".join(block.value.replace("\\", "") for block in tab.markdown)
        assert all(f"{session.NOT_TAKEN} {note}" in said for note in kept.notes), name
        tab.run()
        assert not tab.exception and not tab.get_by_key("start").disabled
        assert not session.engine().active()


def test_names_that_this_version_lacks_stop_no_training(
    open_tab: OpenTab, store: RunStore, runs: Runs
) -> None:
    """All options are known, so "Train again" trains, and names what it left out."""
    run_id = runs["many unknown options"]
    store.path(run_id, "events.jsonl").unlink()
    tab = press(open_tab(run=run_id), "Train again")
    again = tab.query_params["run"]
    try:
        assert again != run_id
        assert again in session.engine().active()
        assert "no option named" in " ".join(block.value for block in tab.markdown)
    finally:
        session.engine().stop(again)


@pytest.mark.parametrize("name", BROKEN_EVENTS)
def test_broken_events_leave_the_panel_whole(
    open_tab: OpenTab, store: RunStore, runs: Runs, name: str
) -> None:
    """The page and what its panel asks for are drawn, with figures from the store."""
    run_id = runs["an unknown data set"]
    store.path(run_id, "events.jsonl").write_text(BROKEN_EVENTS[name], "utf-8")

    tab = open_tab(run=run_id)
    answer = describe(session.view(run_id), 0, Look(LIGHT, 720))

    assert not tab.exception
    assert len(tab.metric) >= 4
    assert answer["samples"]["svg"] and answer["map"]["svg"]
    assert (answer["samples"]["caption"] == DAMAGED) == name.startswith("a snapshot")


def test_settings_of_a_file_that_is_gone_fill_the_form(
    open_tab: OpenTab, store: RunStore, runs: Runs
) -> None:
    """The form says so, and any other option can be changed all the same."""
    gone = "an unknown data set"
    tab = open_tab(run=runs[gone]).switch_page("pages/runs.py").run()

    tab.get_by_key("use-settings").click().run()
    tab.switch_page("pages/train.py").run()
    tab.get_by_key("form:training.epochs").set_value(7).run()

    assert not tab.exception
    assert tab.get_by_key("start").disabled and says(tab, "no data set named 'nowhere'")
    expected = store.summary(runs[gone]).experiment.tree
    assert tab.session_state["draft"].training.epochs == 7
    assert tab.session_state["draft"].model == expected.model
