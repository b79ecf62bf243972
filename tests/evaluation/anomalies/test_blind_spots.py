"""Are planted blind spots listed, all of them and little else?"""

from __future__ import annotations

import numpy as np
import pytest

from aecore.errors import DataError
from aecore.evaluation.anomalies.blind_spots import (
    MOST_TRAINING_ROWS,
    BlindSpot,
    blind_spots,
    learn_familiar,
)
from aecore.evaluation.anomalies.detection import auroc
from aecore.evaluation.baselines import fit_baselines

WAYS = np.random.default_rng(1).normal(size=(3, 10))


def plane(rows: int, seed: int) -> np.ndarray:
    """Rows of ten numbers that vary in three directions, but for a little noise."""
    random = np.random.default_rng(seed)
    return random.normal(size=(rows, 3)) @ WAYS + 0.1 * random.normal(size=(rows, 10))


class Linear:
    """The best linear autoencoder of three numbers: the projection on the principal plane."""

    def __init__(self, train: np.ndarray) -> None:
        self.by = fit_baselines(train, 3)
        self.familiar = learn_familiar(train, *self.made(train))

    def made(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Codes and reconstruction errors."""
        code = (x - self.by.mean) @ self.by.components.T
        return code, np.square(x - self.by.by_pca(x)).mean(axis=1)

    def spots(self, x: np.ndarray) -> tuple[BlindSpot, ...]:
        """Blind spots among rows."""
        return blind_spots(self.familiar, x, *self.made(x))


@pytest.mark.parametrize("seed", range(5))
def test_all_that_are_planted_in_a_linear_autoencoder_are_found(seed: int) -> None:
    """Rows far out inside its plane, which its error takes for the most usual ones."""
    linear = Linear(plane(1000, seed))
    random = np.random.default_rng(seed + 50)
    way = random.normal(size=(12, 3))
    far = 9.0 * way / np.linalg.norm(way, axis=1, keepdims=True) @ WAYS
    usual = plane(400, seed + 100)
    x = np.concatenate([usual, linear.by.by_pca(far)])

    found = linear.spots(x)

    planted = {spot.row for spot in found if spot.row >= 400}
    assert planted == set(range(400, 412))
    # What the error says of them: more usual than any.
    errors = linear.made(x)[1]
    assert auroc(errors[400:], errors[:400]) < 0.01
    # By chance one row in 500 is as far out.
    assert len(found) - 12 <= 4
    assert all(spot.row >= 400 for spot in found[:12])


def test_figures_of_a_blind_spot() -> None:
    """Distances in those that are usual, the least p-value, an error below nearly all."""
    linear = Linear(plane(999, 3))
    (spot,) = linear.spots(linear.by.by_pca(np.array([[50.0, 0, 0]]) @ WAYS))

    assert spot.input_distance > 20 and spot.code_distance > 20
    assert spot.input_p == spot.code_p == pytest.approx(1 / 1000)
    assert spot.error == pytest.approx(0, abs=1e-9) and spot.error_rank == 0


def test_far_rows_that_are_rebuilt_badly_are_no_blind_spots() -> None:
    """They raise an alarm; nor are usual rows any."""
    linear = Linear(plane(1000, 0))
    off = plane(20, 1) + 5.0 * np.random.default_rng(2).normal(size=(20, 10))

    assert linear.spots(off) == ()
    assert linear.spots(linear.by.by_pca(np.zeros((3, 10)))) == ()


def test_rows_far_in_the_code_alone_are_listed() -> None:
    """Where inputs lie close together and codes do not."""
    random = np.random.default_rng(0)
    x, code, errors = random.normal(size=(500, 4)), random.normal(size=(500, 2)), np.ones(500)

    found = blind_spots(
        learn_familiar(x, code, errors), np.zeros((1, 4)), np.full((1, 2), 30.0), np.ones(1)
    )

    assert len(found) == 1 and found[0].code_distance > 10 and found[0].input_p > 0.1


def test_training_rows_are_a_sample_that_is_told() -> None:
    """Of 6,000 rows 5,000; of few, all."""
    x = np.random.default_rng(0).normal(size=(6000, 2))
    familiar = learn_familiar(x, x, x[:, 0])

    assert familiar.sampled == MOST_TRAINING_ROWS
    assert familiar.sentence == "Distances are to a sample of 5,000 of 6,000 training rows."
    few = learn_familiar(x[:30], x[:30], x[:30, 0])
    assert few.sentence == "Distances are to all 30 training rows."


def test_few_or_equal_training_rows() -> None:
    """One row is refused; equal ones have no distance, and anything else is far from them."""
    one = np.ones((1, 3))
    with pytest.raises(DataError, match="two training rows"):
        learn_familiar(one, one, np.zeros(1))
    equal = learn_familiar(np.ones((9, 2, 2, 1)), np.ones((9, 1)), np.zeros(9))

    found = blind_spots(equal, np.full((1, 2, 2, 1), 3.0), np.ones((1, 1)), np.zeros(1))

    assert [spot.row for spot in found] == [0] and np.isfinite(found[0].input_distance)
    none = blind_spots(equal, np.ones((0, 2, 2, 1)), np.ones((0, 1)), np.zeros(0))
    assert none == ()
