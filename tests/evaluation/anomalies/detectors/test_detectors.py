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

    def expect(x: np.ndarray):  # type: ignore[no-untyped-def]
        seen.append(len(x))
        return lambda rows: rows

    toy = DetectorSpec("toy", "Toy", "", "", fit, expect, "itself", most_rows=50, most_values=600)
    toy.fitted(cloud(400))
    toy.expecting(cloud(400))

    assert seen == [50, 50]
    assert [toy.learns_from(rows, 6) for rows in (50, 51, 400)] == [50, 50, 50]
    assert toy.learns_from(400, 20) == 30


@pytest.mark.parametrize("spec", DETECTORS.values(), ids=DETECTORS)
def test_what_it_expects_is_a_usual_row(spec: DetectorSpec) -> None:
    """In a row's own shape; one value that is far off is expected where training rows have it."""
    x = cloud(400).reshape(400, 2, 3)
    expected = spec.expecting(x)
    odd = x[:5].copy()
    odd[:, 1, 2] += 20.0

    away = np.abs(odd - expected(odd))

    assert away.shape == odd.shape and spec.expects
    assert (away[:, 1, 2] == away.reshape(5, -1).max(axis=1)).all()
    assert spec.fitted(x)(expected(x)).mean() <= spec.fitted(x)(x).mean()


@pytest.mark.parametrize("name", ["knn", "lof"])
def test_a_training_row_is_no_neighbour_of_itself(name: str) -> None:
    """Among rows far apart, what is expected of one is the mean of the others."""
    rows = np.diag([10.0, 20.0, 30.0])

    found = DETECTORS[name].expecting(rows)(rows)

    assert np.allclose(found, [(rows.sum(axis=0) - row) / 2 for row in rows])


def test_ecod_by_hand() -> None:
    """One column, three values: the largest of −log of left tail and right tail."""
    score = DETECTORS["ecod"].fitted(np.array([[0.0], [1.0], [2.0]]))

    # (1 + 3)/4 up to 2, (1 + 0)/4 at or above 5.
    assert score(np.array([[5.0]])) == pytest.approx([np.log(4)])
    assert score(np.array([[1.0]])) == pytest.approx([np.log(4 / 3)])


def test_pca_of_many_rows_is_that_of_few() -> None:
    """By the covariance of more rows than columns, and by the rows themselves."""
    x, y = cloud(7), cloud(30, 4)
    few, many = DETECTORS["pca"].fitted(x[:5]), DETECTORS["pca"].fitted(np.tile(x[:5], (3, 1)))

    assert np.allclose(few(y), many(y))


def test_pca_measures_the_distance_from_its_plane() -> None:
    """A row off the line of the data by 3: 9."""
    line = np.stack([np.linspace(-5, 5, 50), np.zeros(50)], axis=1)

    assert DETECTORS["pca"].fitted(line)(np.array([[2.0, 3.0]])) == pytest.approx([9.0])
