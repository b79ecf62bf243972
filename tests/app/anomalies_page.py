"""How tests use the Anomalies page: scored rows as a worker keeps them, and its labels."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest

from aecore.data.options import DataSettings
from aecore.data.prepare.scaling import Units
from aecore.evaluation.anomalies.blind_spots import BlindSpot
from aecore.evaluation.anomalies.scored_rows import Comparison, ScoredRows, ShownRows
from aecore.runs import RunStore, kept_scores
from tests.app.conftest import OpenTab, look_until
from tests.app.trained import Trained
from ui.app.session import DRAFT

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


def draft(tab: AppTest) -> DataSettings:
    """The form's choice of rows."""
    data: DataSettings = tab.session_state[DRAFT].data
    return data


def section(tab: AppTest, title: str) -> AppTest:
    """Open one of the sections below the list."""
    tab.segmented_control[0].set_value(title).run()
    assert not tab.exception
    return tab
