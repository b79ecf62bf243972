"""The seed decides all weights, whatever other threads draw while a model is built."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from aecore import Experiment
from aecore.models import building
from aecore.models.bottlenecks import BOTTLENECKS
from aecore.models.seeding import drawing_alone


def weights(bottleneck: str, seed: int) -> np.ndarray:
    """All numbers of a model that is built with a seed, those that noise begins from included."""
    experiment = Experiment().replace(
        {
            "data.source": "digits",
            "model.bottleneck.kind": bottleneck,
            "model.backbone.units": [6],
            "model.penalties.dropout": 0.1,
        }
    )
    with drawing_alone(seed):
        model = building.build(experiment.design, (8, 8, 1))
    return np.concatenate([np.ravel(np.asarray(v)).astype(np.float64) for v in model.variables])


@pytest.mark.parametrize("bottleneck", BOTTLENECKS)
def test_draws_of_other_threads_change_no_weight(
    bottleneck: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Dask does, which estimates the size of messages while a worker builds a model."""
    alone = weights(bottleneck, 3)
    decoder = building.keras_decoder

    def after_another_draw(*given: Any) -> Any:
        random.sample(range(100), 10)
        return decoder(*given)

    monkeypatch.setattr(building, "keras_decoder", after_another_draw)
    assert np.array_equal(weights(bottleneck, 3), alone)
    assert not np.array_equal(weights(bottleneck, 4), alone)


def test_building_draws_nothing_from_what_threads_share() -> None:
    """What another thread draws next is what it would have drawn."""
    random.seed(5)
    expected = random.random()
    random.seed(5)
    weights("plain", 0)
    assert random.random() == expected
