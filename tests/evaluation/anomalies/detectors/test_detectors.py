"""Does every detector find what is plainly odd, and keep to what it declares?"""

from __future__ import annotations

import numpy as np
import pytest

from aecore.evaluation.anomalies.detection import auroc
from aecore.evaluation.anomalies.detectors import DETECTORS, DetectorSpec


def cloud(rows: int, seed: int = 0) -> np.ndarray:
    """Rows (n, 6) that vary in two directions alone, but for a little noise."""
    random = np.random.default_rng(seed)
    ways = np.random.default_rng(1).normal(size=(2, 6))
    return random.normal(size=(rows, 2)) @ ways + 0.05 * random.normal(size=(rows, 6))


@pytest.mark.parametrize("spec", DETECTORS.values(), ids=DETECTORS)
def test_what_is_plainly_odd_scores_higher(spec: DetectorSpec) -> None:
    """Rows moved far away, among new rows of the same kind; the same for the same seed."""
    score = spec.fitted(cloud(400), seed=3)
    odd = cloud(40, 5) + 8.0

    assert auroc(score(odd), score(cloud(200, 2))) > 0.95
    assert np.array_equal(score(odd), spec.fitted(cloud(400), seed=3)(odd))
    assert spec.title and spec.summary and spec.source


@pytest.mark.parametrize("spec", DETECTORS.values(), ids=DETECTORS)
def test_pictures_and_few_rows_are_taken(spec: DetectorSpec) -> None:
    """Samples of any shape, three training rows, a constant column."""
    x = np.random.default_rng(0).normal(size=(3, 2, 2, 1))
    x[:, 0] = 1.0

    assert np.isfinite(spec.fitted(x)(x)).all()


def test_large_sets_are_fitted_to_a_sample() -> None:
    """Those whose cost grows with the square of the rows."""
    seen: list[int] = []

    def fit(x: np.ndarray, seed: int):  # type: ignore[no-untyped-def]
        seen.append(len(x))
        return lambda rows: rows[:, 0]

    DetectorSpec("toy", "Toy", "", "", fit, most_rows=50).fitted(cloud(400))

    assert seen == [50]


def test_ecod_by_hand() -> None:
    """One column, three values: the largest of −log of left tail and right tail."""
    score = DETECTORS["ecod"].fitted(np.array([[0.0], [1.0], [2.0]]))

    # (1 + 3)/4 up to 2, (1 + 0)/4 at or above 5.
    assert score(np.array([[5.0]])) == pytest.approx([np.log(4)])
    assert score(np.array([[1.0]])) == pytest.approx([np.log(4 / 3)])


def test_pca_measures_the_distance_from_its_plane() -> None:
    """A row off the line of the data by 3: 9."""
    line = np.stack([np.linspace(-5, 5, 50), np.zeros(50)], axis=1)

    assert DETECTORS["pca"].fitted(line)(np.array([[2.0, 3.0]])) == pytest.approx([9.0])
