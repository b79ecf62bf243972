"""Does the Anomalies page score rows in the background, and say which cannot be scored?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from aecore.data import Dataset, load, uploads
from aecore.runs import RunStore, kept_scores
from tests.app.anomalies_page import PAGE, box, scored, section, told
from tests.app.conftest import OpenTab, look_until
from tests.app.trained import Trained


@pytest.fixture
def table(trained: dict[str, Trained]) -> Trained:
    """A run of a table."""
    return trained["breast-cancer"]


def test_a_run_of_before_says_that_it_cannot_score(
    open_tab: OpenTab, store: RunStore, table: Trained, tmp_path: Path
) -> None:
    """A run without what scores need: the sentence, and no button."""
    old = table.changed(tmp_path / "old")
    (old.folder / "anomalies.npz").unlink()
    old.add_to(store)

    tab = open_tab().switch_page(PAGE).run()

    assert not tab.exception
    assert "This run cannot score rows" in tab.error[0].value
    assert "score-rows" not in [button.key for button in tab.button]


def test_rows_are_scored_in_the_background_and_kept(
    open_tab: OpenTab, engine_store: RunStore
) -> None:
    """One click; scores, detectors and the list are there at the end, and in another tab."""
    tab = look_until(
        open_tab().switch_page(PAGE).run(), lambda tab: tab.get_by_key("score-rows") is not None
    )
    assert not tab.get("segmented_control")

    tab.get_by_key("score-rows").click().run()
    look_until(tab, lambda tab: tab.get("segmented_control") and not _is_running(tab))

    assert "Isolation Forest" in box(tab, "Score").options
    other = open_tab().switch_page(PAGE).run()
    assert box(other, "Score").options == box(tab, "Score").options


def table_file(**columns: Any) -> str:
    """An upload of twenty rows of the run's data set with some columns changed; None drops one."""
    loaded = load("breast-cancer")
    assert isinstance(loaded, Dataset)
    frame = pd.DataFrame(loaded.x[:20], columns=list(loaded.feature_names))
    frame = frame.assign(**{name: new for name, new in columns.items() if new is not None})
    frame = frame.drop(columns=[name for name, values in columns.items() if values is None])
    return uploads.keep({"rows.csv": frame.to_csv(index=False).encode()})


def test_rows_that_do_not_fit_are_told(
    open_tab: OpenTab, engine_store: RunStore, table: Trained
) -> None:
    """A missing column is a sentence; rows with a gap or a word for a number are left out, told."""
    run_id = table.add_to(engine_store)
    name = "worst area"
    holed = [str(area) for area in range(500, 520)]
    holed[3], holed[4] = "", "large"
    missing, gaps = table_file(**{name: None}), table_file(**{name: holed})
    tab = look_until(
        open_tab(run=run_id).switch_page(PAGE).run(),
        lambda tab: tab.get_by_key("score-rows") is not None,
    )

    box(tab, "Rows to score").set_value(missing).run()
    tab.get_by_key("score-rows").click().run()
    look_until(tab, lambda tab: tab.error)
    assert name in tab.error[0].value

    box(tab, "Rows to score").set_value(gaps).run()
    assert not tab.error
    tab.get_by_key("score-rows").click().run()
    look_until(tab, lambda tab: tab.get("segmented_control") and not _is_running(tab))
    assert "18 of 18 rows raise an alarm" in told(tab)
    assert "left out" in told(tab), told(tab)


def test_each_class_is_held_out_and_the_table_kept(
    open_tab: OpenTab, engine_store: RunStore, table: Trained
) -> None:
    """Both classes, each found by a run that has not seen it; there again in another tab."""
    run_id = table.add_to(engine_store)
    kept_scores.keep(engine_store, run_id, scored(table), kept_scores.file_name())
    tab = look_until(
        open_tab(run=run_id).switch_page(PAGE).run(), lambda tab: tab.get("segmented_control")
    )

    section(tab, "Classes held out").get_by_key("odd-hold-out").click().run()
    look_until(tab, lambda tab: not tab.get_by_key("odd-hold-out").disabled)

    found = tab.dataframe[-1].value
    assert set(found["Odd class"]) == {"malignant", "benign"}
    other = section(open_tab(run=run_id).switch_page(PAGE).run(), "Classes held out")
    assert other.dataframe[-1].value.equals(found)


def _is_running(tab: AppTest) -> bool:
    return "stop-scoring" in [button.key for button in tab.button]


def test_damaged_scores_are_told(open_tab: OpenTab, store: RunStore, table: Trained) -> None:
    """A broken file: one sentence, and the rows can be scored again."""
    run_id = table.add_to(store)
    kept_scores.keep(store, run_id, scored(table), kept_scores.file_name())
    store.path(run_id, kept_scores.file_name()).write_bytes(json.dumps([]).encode())

    tab = look_until(open_tab().switch_page(PAGE).run(), lambda tab: tab.error)

    assert "These scores cannot be read" in tab.error[0].value
    assert not tab.get_by_key("score-rows").disabled
