"""The app from its entrypoint, without a browser, and its engine closed at the end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from aecore.runs import RunStore
from tests.app.trained import Trained, train_all
from ui import services

ENTRYPOINT = Path(__file__).parents[2] / "app.py"

PATIENCE_SECONDS = 150

OpenTab = Callable[..., AppTest]


def _open_tab(**address: str) -> AppTest:
    tab = AppTest.from_file(str(ENTRYPOINT), default_timeout=60)
    tab.query_params.update(address)
    # Unfolded, because options that are folded away are not drawn.
    tab.session_state["more_options"] = True
    return tab.run()


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


@pytest.fixture(scope="module", autouse=True)
def closed_engine() -> Iterator[None]:
    """The engine of a module's tests ends with them: it is bound to the store it began with."""
    yield
    st.cache_resource.clear()


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
def engine_store(
    trained: dict[str, Trained], template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunStore]:
    """A store with a run of images that a warm engine works on, for a module."""
    home = tmp_path_factory.mktemp("generate")
    (home / "mlflow.db").write_bytes(template.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AECORE_HOME", str(home))
        st.cache_resource.clear()
        store = services.opened_store()
        trained["digits"].add_to(store)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while services.engine().state != "ready":
            assert time.monotonic() < deadline
            time.sleep(0.2)
        yield store
        st.cache_resource.clear()


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
