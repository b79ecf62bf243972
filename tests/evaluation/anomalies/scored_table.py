"""Scored rows of a small table with an odd class and one detector, for tests of what is shown."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from aecore.data.prepare.scaling import Units
from aecore.evaluation.anomalies.scored_rows import UNTRAINED, Comparison, ScoredRows, ShownRows
from aecore.evaluation.anomalies.scorer import Scorer
from aecore.evaluation.anomalies.where import learn_usual

ROWS, NORMAL, SHOWN = 200, 120, 10
ODD = np.arange(ROWS) % 10 == 0
CLASSES = ("fault", "fine", "also fine")


def scored(**changed: Any) -> ScoredRows:
    """Each tenth row is a fault; the robust error finds it, the detector better, on 150 rows."""
    random = np.random.default_rng(0)
    own = {
        "robust-error": random.normal(size=ROWS) + 2.0 * ODD,
        "code-distance": random.normal(size=ROWS),
    }
    others = {
        "knn": random.normal(size=150) + 6.0 * ODD[:150],
        UNTRAINED: random.normal(size=150),
    }
    shown = np.argsort(-own["robust-error"])[:SHOWN]
    x = random.normal(size=(SHOWN, 3)).astype(np.float32)
    x_hat = x.copy()
    # The first of the shown rows is odd in its second column.
    x_hat[0, 1] += 5.0
    rows = ScoredRows(
        title="rows",
        kind="table",
        rows=np.arange(ROWS) + 7,
        scores=own,
        calibration={name: random.normal(size=NORMAL) for name in own},
        calibration_labels=np.arange(NORMAL) % 3,
        label=np.where(ODD, 0, 1 + np.arange(ROWS) % 2),
        class_names=CLASSES,
        feature_names=("a", "b", "c"),
        shown=ShownRows(shown, x, x_hat, x[:, :2], Units(np.ones((1, 3)), np.zeros((1, 3)))),
        comparison=Comparison(
            np.arange(150), others, {name: random.normal(size=NORMAL) for name in others}
        ),
    )
    return dataclasses.replace(rows, **changed)


def scorer() -> Scorer:
    """What the run of these rows knows: the spread of each feature is 1."""
    rows = scored()
    usual = {**learn_usual(rows.shown.evidence), "spread": np.ones(3)}
    spread = {"middle": np.zeros(3), "spread": np.ones(3)}
    return Scorer({"robust-error": spread, "code-distance": {}}, usual)
