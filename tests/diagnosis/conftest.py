"""Facts of a run in which nothing is wrong, for rules to be tried on."""

from __future__ import annotations

import numpy as np
import pytest

from aecore.diagnosis.facts import CodeFacts, RunFacts
from aecore.experiment import Experiment


@pytest.fixture(scope="session")
def experiment() -> Experiment:
    """The suggested experiment on wine."""
    return Experiment.from_dict({"data": {"source": "wine"}})


@pytest.fixture(scope="session")
def healthy(experiment: Experiment) -> RunFacts:
    """A run that came to rest well below PCA."""
    curve = [0.2 + 0.8 * 0.5**epoch for epoch in range(40)]
    code = np.random.default_rng(0).normal(size=(200, 3))
    return RunFacts(
        experiment,
        kind="table",
        rows={"train": 1500, "validation": 300, "test": 0},
        features=13,
        parameters=5_000,
        state="finished",
        history={"loss": [0.98 * value for value in curve], "val_loss": curve},
        yardsticks={"mean": 1.0, "pca": 0.5},
        metrics={
            "measured_on": "validation",
            "rows": 300,
            "mse": 0.2,
            "r2": 0.8,
            "relative_to_pca": 0.4,
            "relative_to_pca_low": 0.35,
            "relative_to_pca_high": 0.45,
        },
        relative_error=0.03,
        code=CodeFacts.of(code),
        column_variance=(1.0,) * 13,
    )
