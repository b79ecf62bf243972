"""Applying a model: every kind of raw rows and every scaling comes to the error that was kept."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from aecore import Experiment, Result
from aecore.evaluation.baselines import fit_baselines
from aecore.evaluation.measuring import measured
from aecore.models.building import build
from tests.data.prepare.kinds import PAIRS, held_out_rows, prepared


@dataclass
class Untrained:
    """What a result needs to be applied."""

    preparation: Any
    autoencoder: Any
    samples: Any
    notes: tuple[str, ...] = ()
    events: list = field(default_factory=list)


@pytest.mark.parametrize(("kind", "scaling"), PAIRS)
def test_scoring_a_kept_row_again_gives_the_kept_error(tmp_path, kind, scaling):
    """For every kind of raw rows and every scaling; the last digits vary by how it is batched."""
    found, ready = prepared(kind, scaling, tmp_path)
    experiment = Experiment(
        data={"source": "digits"},
        model={"backbone": {"kind": "dense"}, "output_activation": "linear", "encoding_dim": 3},
        training={"loss": "mse"},
    )
    model = build(experiment.design, ready.train.shape[1:], ready.value_range)
    metrics, samples = measured(experiment, ready, model, fit_baselines(ready.train, 3))
    result = Result(experiment, {}, metrics, Untrained(ready.preparation, model, samples))
    applied = result.apply(held_out_rows(kind, found, ready))
    np.testing.assert_allclose(applied.errors, samples.error, rtol=1e-4)
    np.testing.assert_allclose(applied.codes, samples.code, rtol=1e-3, atol=1e-4)
    np.testing.assert_allclose(
        applied.reconstructions_in_units, samples.raw(samples.reconstruction), rtol=1e-3, atol=1e-3
    )
    raw = [samples.raw_sample(x, i) for i, x in enumerate(samples.reconstruction)]
    np.testing.assert_allclose(raw, samples.raw(samples.reconstruction))
    deviation = applied.reconstructions_in_units - applied.original_in_units
    np.testing.assert_array_equal(applied.errors_in_units, deviation)
