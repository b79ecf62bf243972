"""The app from its entrypoint, without a browser, and its engine closed at the end."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from aecore.runs import RunStore
from tests.app.trained import Trained, train_all
from tests.waiting import until
from ui.app import services
from ui.form import folds

ENTRYPOINT = Path(__file__).parents[2] / "app.py"

PATIENCE_SECONDS = 150

OpenTab = Callable[..., AppTest]


def _open_tab(**address: str) -> AppTest:
    tab = AppTest.from_file(str(ENTRYPOINT), default_timeout=60)
    tab.query_params.update(address)
    # Unfolded, because options that are folded away are not drawn.
    for fold in (*folds.FOLDS, folds.MORE):
        tab.session_state[folds.key(fold)] = True
    return tab.run()


def look_until(tab: AppTest, seen: Callable[[AppTest], object]) -> AppTest:
    """Run the page again and again, as its timers do in a browser, until something is seen."""

    def is_seen() -> object:
        assert not tab.exception
        return seen(tab) or seen(tab.run())

    def texts() -> list[str]:
        return [text.value for text in [*tab.markdown, *tab.caption, *tab.error]]

    until(is_seen, PATIENCE_SECONDS, every=0.2, told=texts)
    return tab


@pytest.fixture
def open_tab() -> OpenTab:
    """Opens the app as a new tab does; keyword arguments are parameters of the address."""
    return _open_tab


@pytest.fixture(autouse=True)
def app_seen_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are run by app.py, as on every server after its first request.

    AppTest begins each run as a server's first, in which Streamlit would run the page alone and
    the page would start over, which loses a click.
    """
    begin = PagesManager.__init__

    def begin_after_the_first(self: PagesManager, *args: Any, **kwargs: Any) -> None:
        begin(self, *args, **kwargs)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", begin_after_the_first)


@pytest.fixture(scope="session", autouse=True)
def closed_engine(own_home: None) -> Iterator[None]:
    """One engine for all tests, closed at the end: its worker takes many seconds to warm up."""
    yield
    st.cache_resource.clear()


@pytest.fixture(scope="module", autouse=True)
def started_engine(closed_engine: None) -> None:
    """The engine works on the run folder of the session, whichever a test's pages look at."""
    services.engine()
    # Streamlit collects garbage after every run of a page, which no server has as much of as a
    # process of tests that has trained models before.
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Trained]:
    """One small run of images and one of a table, by data set."""
    return train_all(tmp_path_factory.mktemp("trained"))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh store, made once: MLflow's migrations take more than a second."""
    home = tmp_path_factory.mktemp("template")
    RunStore(home).open()
    return home / "mlflow.db"


@pytest.fixture(scope="module")
def engine_store(started_engine: None, trained: dict[str, Trained]) -> RunStore:
    """The store that the warm engine works on, with a run of images and no other, for a module."""
    store = services.opened_store()
    for summary in store.summaries():
        store.delete(summary.run_id)
    trained["digits"].add_to(store)
    until(lambda: services.engine().state == "ready", PATIENCE_SECONDS)
    return store


@pytest.fixture
def store(tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunStore]:
    """An empty store that the app's pages look at; the engine keeps the one it began with."""
    home = tmp_path / "runs"
    home.mkdir()
    (home / "mlflow.db").write_bytes(template.read_bytes())
    monkeypatch.setenv("AECORE_HOME", str(home))
    services.opened_store.clear()
    yield services.opened_store()
    services.opened_store.clear()
