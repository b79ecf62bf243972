"""Does every data set that is here train with what is proposed, and beat predicting the mean?"""

from __future__ import annotations

import pytest

from aecore import Experiment, train
from aecore.data import DATASETS
from aecore.data.downloading import is_here

HERE = [name for name, spec in DATASETS.items() if is_here(spec)]


@pytest.mark.parametrize("source", HERE)
def test_it_beats_predicting_the_mean(source: str) -> None:
    """With the proposed defaults, ten epochs of them and 1,500 rows at most, on held-out rows."""
    proposed = Experiment(data={"source": source})
    rows = 1500 if proposed.facts.rows > 1500 and not proposed.facts.overlap else None
    quick = {"data.rows": rows, "training.epochs": min(10, proposed.training.epochs)}
    metrics = train(proposed.replace(quick)).metrics
    assert metrics["mse"] < metrics["mean_mse"]


def linear(encoding_dim: int) -> Experiment:
    """A linear autoencoder on the 5-dimensional subspace."""
    return Experiment.from_dict(
        {
            "data": {"source": "subspace"},
            "preprocessing": {"scaling": "none"},
            "model": {
                "encoding_dim": encoding_dim,
                "backbone": {"kind": "dense", "units": [], "activation": "linear"},
            },
            "training": {"loss": "mse", "learning_rate": 0.01, "epochs": 60},
        }
    )


def test_a_subspace_needs_a_code_of_its_dimension() -> None:
    """Noise of .01 is all that is left at 5 numbers; with 4 a whole direction is missing."""
    enough, too_few = train(linear(5)).metrics["mse"], train(linear(4)).metrics["mse"]
    assert enough < 2 * 0.01**2
    assert too_few > 20 * enough
