"""Runs of earlier versions on the pages: listed, drawn, filmed, mapped, and used again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aecore.runs import RunStore
from tests.app.conftest import OpenTab
from tests.old_runs import VERSIONS, unpacked
from ui.app import services, session
from ui.shared.unread import CAUSE

DRAWN = ("image", "plotly_chart", "bidi_component", "echarts_chart")


@pytest.fixture(params=VERSIONS)
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[RunStore]:
    """The runs of a version in the store that the app's pages look at."""
    unpacked(request.param, tmp_path)
    monkeypatch.setenv("AECORE_HOME", str(tmp_path))
    services.opened_store.clear()
    yield services.opened_store()
    services.opened_store.clear()


def drawn(tab: AppTest) -> int:
    """How many charts and pictures a page has; it says nothing of trouble."""
    assert not tab.exception and not tab.error
    assert not any(CAUSE in box.value for box in tab.warning)
    return sum(len(tab.get(kind)) for kind in DRAWN)


def test_runs_of_a_version_are_drawn_on_every_page(open_tab: OpenTab, store: RunStore) -> None:
    """Table, samples, film, map and panel of each, and their settings fill the form."""
    finished = [run for run in store.summaries() if run.state == "finished"]
    tab = open_tab().switch_page("pages/runs.py").run()
    rows = tab.dataframe[0].value
    assert [len(curve) for curve in rows["Loss"][: len(finished) + 1]] == [1] + [2] * len(finished)
    assert "unknown data" not in set(rows["Data set"])

    for run in finished:
        tab.session_state[session.RUN] = run.run_id
        tab.session_state["selected_run"] = run.run_id
        assert drawn(tab.switch_page("pages/runs.py").run()) == 0
        tab.get_by_key("use-settings").click().run()
        assert tab.session_state["draft"].to_dict() == run.experiment.draft().to_dict()
        tab.session_state["reconstructions-section"] = "Samples"
        assert drawn(tab.switch_page("pages/reconstructions.py").run()) > 5
        tab.session_state["reconstructions-section"] = "Over time"
        assert drawn(tab.run()) == 1
        assert drawn(tab.switch_page("pages/latent_space.py").run()) > 0
        assert drawn(tab.switch_page("pages/train.py").run()) > 0
        assert len(tab.metric) >= 4
