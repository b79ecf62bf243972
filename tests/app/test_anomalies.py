"""Does the Anomalies page score rows, judge them with and without labels, and refuse in words?"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from aecore.data.prepare.scaling import Units
from aecore.evaluation.anomalies.blind_spots import BlindSpot
from aecore.evaluation.anomalies.review import Review
from aecore.evaluation.anomalies.scored_rows import Comparison, ScoredRows, ShownRows
from aecore.runs import RunStore, kept_reviews, kept_scores
from tests.app.conftest import OpenTab, look_until
from tests.app.trained import Trained

PAGE = "pages/anomalies.py"
ROWS, NORMAL = 300, 200
ODD = np.arange(ROWS) % 10 == 0


def scored(trained: Trained, **changed: Any) -> ScoredRows:
    """Scores of rows of a table, as a worker keeps them: each tenth row is odd and scores high."""
    random = np.random.default_rng(0)
    samples = trained.samples
    scores = {
        "robust-error": random.exponential(size=ROWS) + 6.0 * ODD,
        "code-distance": random.exponential(size=ROWS),
    }
    calibration = {name: random.exponential(size=NORMAL) for name in scores}
    shown = np.argsort(-scores["robust-error"])[:20]
    rows = ScoredRows(
        title="held-out rows",
        kind="table",
        rows=np.arange(ROWS) + 1000,
        scores=scores,
        calibration=calibration,
        calibration_labels=np.ones(NORMAL, dtype=int),
        label=(~ODD).astype(int),
        class_names=("malignant", "benign"),
        feature_names=samples.feature_names,
        shown=ShownRows(
            shown,
            samples.original[:20],
            samples.reconstruction[:20],
            samples.code[:20],
            Units(samples.scale, samples.offset),
        ),
        notes=("Two rows were left out.",),
        comparison=Comparison(
            np.arange(ROWS),
            {"isolation-forest": random.exponential(size=ROWS) + 9.0 * ODD},
            {"isolation-forest": random.exponential(size=NORMAL)},
        ),
        blind_spots=(BlindSpot(7, 12.0, 3.0, 0.001, 0.2, 0.01, 0.4),),
        about={"blind_spots": "Distances are to all 300 training rows."},
    )
    return dataclasses.replace(rows, **changed)


def open_page(open_tab: OpenTab, store: RunStore, trained: Trained, **changed: Any) -> AppTest:
    """The page of a run of a table whose rows are scored."""
    run_id = trained.add_to(store)
    kept_scores.keep(store, run_id, scored(trained, **changed), kept_scores.file_name())
    tab = look_until(open_tab().switch_page(PAGE).run(), lambda tab: tab.get("segmented_control"))
    assert not tab.exception
    return tab


def box(tab: AppTest, label: str) -> Any:
    """A choice by its label."""
    return next(each for each in tab.selectbox if each.label == label)


def told(tab: AppTest) -> str:
    """All that is written on the page."""
    shown = [*tab.markdown, *tab.caption, *tab.info, *tab.error, *tab.warning, *tab.success]
    return " ".join(each.value for each in shown)


def section(tab: AppTest, title: str) -> AppTest:
    """Open one of the sections below the list."""
    tab.segmented_control[0].set_value(title).run()
    assert not tab.exception
    return tab


@pytest.fixture
def table(trained: dict[str, Trained]) -> Trained:
    """A run of a table."""
    return trained["breast-cancer"]


def test_the_promise_comes_first_and_names_its_band(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """The default score, malignant as the odd class, 1 in 100; what it means is told."""
    tab = open_page(open_tab, store, table)

    assert box(tab, "Score").value == "robust-error"
    assert box(tab, "Alarms begin by").value == "promise"
    assert tab.multiselect[0].value == [0]
    assert tab.number_input[0].value == 0.01
    assert "of 300 rows raise an alarm" in told(tab)
    assert "200 rows to calibrate with tell this rate to lie between" in told(tab)
    assert "Two rows were left out" in told(tab)


def test_the_arbiter_speaks_and_its_choice_becomes_the_page_s(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """Isolation Forest is ahead of the distance in the code, and one click uses it everywhere."""
    tab = open_page(open_tab, store, table)
    box(tab, "Score").set_value("code-distance").run()
    section(tab, "With labels")
    assert "Isolation Forest finds these better" in told(tab)
    assert [m.value for m in tab.metric if m.label == "Prevalence"] == ["10.0%"]

    tab.get_by_key("odd-use").click().run()
    tab.run()

    assert box(tab, "Score").value == "isolation-forest"
    assert "Cuts the data at random" in told(tab)


def test_without_odd_classes_the_scores_are_judged_by_themselves(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """Shape, gap and agreement; nothing is said about recall, and no rule that needs labels."""
    tab = open_page(open_tab, store, table)
    assert (
        "cost" in box(tab, "Alarms begin by").options
        or "Cost of a miss" in box(tab, "Alarms begin by").options
    )

    tab.multiselect[0].set_value([]).run()
    section(tab, "Without labels")

    assert "far out" in told(tab)
    assert "Isolation Forest orders these rows" in told(tab)
    assert "Cost of a miss" not in box(tab, "Alarms begin by").options
    assert "Choose *Odd classes*" in told(section(tab, "With labels"))


def test_one_kind_of_rows_is_told(open_tab: OpenTab, store: RunStore, table: Trained) -> None:
    """All rows benign: no AUROC of nothing."""
    tab = open_page(open_tab, store, table, label=np.ones(ROWS, dtype=int))
    tab.multiselect[0].set_value([1]).run()

    assert "All rows whose class is known are odd" in told(section(tab, "With labels"))


def few(scores: Mapping[str, np.ndarray], rows: int) -> dict[str, np.ndarray]:
    """The first few calibrating scores."""
    return {name: values[:rows] for name, values in scores.items()}


def test_a_promise_that_cannot_be_kept_is_refused(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """Three rows calibrate: the page begins at 25 %, and refuses 1 % in a sentence."""
    calibration = few(scored(table).calibration, 3)
    tab = open_page(
        open_tab, store, table, calibration=calibration, calibration_labels=np.ones(3, dtype=int)
    )
    assert tab.number_input[0].value == 0.25
    assert "needs 99 rows to calibrate with, and there are 3" in told(tab)

    tab.number_input[0].set_value(0.01).run()

    assert not tab.exception
    assert "needs 99 normal rows" in tab.error[0].value
    assert box(tab, "Score").value == "robust-error"


def test_without_calibration_rows_are_reviewed(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """No promise is offered; why, and what to do, is told."""
    calibration = few(scored(table).calibration, 0)
    tab = open_page(
        open_tab, store, table, calibration=calibration, calibration_labels=np.ones(0, dtype=int)
    )

    assert box(tab, "Alarms begin by").value == "review"
    assert "Calibration share" in told(tab)
    assert "20 of 300 rows raise an alarm" in told(tab)


def test_equal_scores_and_scores_that_are_none_are_told(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """All scores equal, then one that is no number: a sentence each, and another score helps."""
    scores = dict(scored(table).scores)
    scores["robust-error"] = np.ones(ROWS)
    scores["code-distance"] = np.append(scores["code-distance"][:-1], np.nan)
    tab = open_page(open_tab, store, table, scores=scores)
    assert "All scores are equal" in tab.warning[0].value

    box(tab, "Score").set_value("code-distance").run()
    assert not tab.exception
    assert "Some scores are no numbers" in tab.error[0].value

    box(tab, "Score").set_value("isolation-forest").run()
    assert not tab.exception and not tab.error


def test_blind_spots_and_what_was_not_planted(
    open_tab: OpenTab, store: RunStore, table: Trained
) -> None:
    """The row that no error sees is listed by its number."""
    tab = section(open_page(open_tab, store, table), "Blind spots")
    assert tab.dataframe[-1].value["Row"].tolist() == [1007]

    assert "No defects were planted" in told(section(tab, "Planted defects"))


def test_marks_of_before_are_shown(open_tab: OpenTab, store: RunStore, table: Trained) -> None:
    """Precision among the reviewed alarms, and forgetting them leaves none in the run."""
    run_id = table.add_to(store)
    rows = scored(table)
    kept_scores.keep(store, run_id, rows, kept_scores.file_name())
    oddest = rows.rows[np.argsort(-rows.scores["robust-error"])[:3]].tolist()
    review = Review({oddest[0]: "odd", oddest[1]: "odd", oddest[2]: "normal"})
    kept_reviews.keep(store, run_id, review, kept_reviews.file_name())

    tab = look_until(open_tab().switch_page(PAGE).run(), lambda tab: tab.get("segmented_control"))

    assert "3 of" in told(tab) and "67% of them odd" in told(tab)
    tab.get_by_key("odd-forget").click().run()
    assert kept_reviews.load(store, run_id, kept_reviews.file_name()) == Review()


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
