"""Do precision, recall, density and coverage tell lifelike and varied samples from others?"""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from aecore.errors import DataError
from aecore.generation.quality import (
    GenerationQuality,
    assess_beside_real,
    assess_drawn,
    assess_generated,
    parted,
    pca_features,
    quantities,
    raw_features,
)
from aecore.generation.sampling import aggregated_posterior

RAW = raw_features()


def samples(rows: int = 400, width: int = 3, seed: int = 0) -> np.ndarray:
    """Normal noise."""
    return np.random.default_rng(seed).normal(size=(rows, width))


def four(found: GenerationQuality) -> tuple[float, float, float, float]:
    """The four figures."""
    return found.precision, found.recall, found.density, found.coverage


def test_the_same_samples_are_perfect() -> None:
    """In any order: each lies among the others and is covered by itself."""
    real = samples()

    found = assess_generated(real, real[::-1], RAW)

    assert (found.precision, found.recall, found.coverage) == (1, 1, 1)
    assert found.density >= 1
    assert (found.rows, found.k, found.space) == (400, 5, "raw values")


def test_samples_far_apart_have_nothing_in_common() -> None:
    """All four are 0."""
    assert four(assess_generated(samples(), samples(seed=1) + 1000, RAW)) == (0, 0, 0, 0)


def test_one_good_sample_over_and_over_is_precise_alone() -> None:
    """What is missing shows in recall and coverage."""
    found = assess_generated(samples(), np.zeros((400, 3)), RAW)

    assert found.precision == 1
    assert found.recall == 0
    assert found.coverage < 0.1


def test_too_varied_samples_are_covered_but_not_precise() -> None:
    """Samples all over the place reach everything real, and much that is not."""
    found = assess_generated(samples(), samples(seed=1) * 4, RAW)

    assert found.precision < 0.5
    assert found.recall > 0.9


def test_an_outlier_deceives_precision_and_not_density() -> None:
    """One real sample far off has a neighbourhood that holds what is not real at all."""
    real = samples()
    real[0] = 50
    generated = samples(seed=1) + 15

    found = assess_generated(real, generated, RAW)

    assert found.precision > 0.9
    assert found.density < 0.3


def test_other_real_samples_reach_what_theory_says() -> None:
    """Density is 1 and coverage 1 − 1/2ᵏ on average, whatever the features."""
    found = [
        assess_generated(samples(500, seed=i), samples(500, seed=i + 50), RAW, k=3)
        for i in range(8)
    ]

    assert np.mean([one.density for one in found]) == pytest.approx(1, abs=0.05)
    assert np.mean([one.coverage for one in found]) == pytest.approx(1 - 1 / 2**3, abs=0.02)


@given(st.integers(0, 1000), st.integers(3, 5), st.integers(6, 20))
def test_figures_are_those_of_their_definitions(seed: int, k: int, rows: int) -> None:
    """As written in the papers, a sample at a time."""
    real, generated = samples(rows, 2, seed), samples(rows, 2, seed + 1) + 0.5
    of_real, of_generated = (np.sort(cdist(x, x), axis=1)[:, k] for x in (real, generated))
    held = in_balls(generated, real, of_real)
    back = in_balls(real, generated, of_generated)

    expected = (
        np.mean(np.any(held, axis=0)),
        np.mean(np.any(back, axis=0)),
        np.sum(held) / (k * rows),
        np.mean(np.any(held, axis=1)),
    )
    assert four(assess_generated(real, generated, RAW, k)) == pytest.approx(expected)


def in_balls(points: np.ndarray, centres: np.ndarray, radii: np.ndarray) -> list[list[bool]]:
    """For each ball, which points it holds."""
    balls = zip(centres, radii, strict=True)
    return [[bool(np.linalg.norm(x - c) <= r) for x in points] for c, r in balls]


def test_equally_many_of_each_kind_are_compared() -> None:
    """At most as many as asked for, and the same for one seed."""
    found = assess_generated(samples(300), samples(120, seed=1), RAW, rows=100)

    assert found.rows == 100
    assert found == assess_generated(samples(300), samples(120, seed=1), RAW, rows=100)
    assert found != assess_generated(samples(300), samples(120, seed=1), RAW, rows=100, seed=1)
    assert assess_generated(samples(300), samples(90, seed=1), RAW).rows == 90


def test_of_one_set_different_samples_are_compared() -> None:
    """So that real samples given twice are a yardstick, and not compared with themselves."""
    found = assess_generated(samples(300), samples(300), RAW, rows=50)

    assert found.coverage < 1


def test_pca_features_look_at_what_training_samples_vary_in() -> None:
    """Noise beside the principal components counts in raw values and not in PCA features."""
    directions = samples(2, 60)
    training, real, generated = (samples(200, 2, seed) @ directions for seed in range(3))
    generated = generated + 5 * samples(200, 60, seed=4) @ beside(directions)
    space = pca_features(training.reshape(200, 6, 10), components=2)

    shaped = real.reshape(200, 6, 10), generated.reshape(200, 6, 10)
    assert assess_generated(*shaped, space).precision > 0.8
    assert assess_generated(*shaped, RAW).precision == 0
    assert space.transform(shaped[0]).shape == (200, 2)


def beside(directions: np.ndarray) -> np.ndarray:
    """The projection that leaves nothing along the rows of `directions`."""
    return np.eye(directions.shape[1]) - np.linalg.pinv(directions) @ directions


def test_pca_features_are_no_more_than_there_are() -> None:
    """Fifty, or as many as samples and values allow."""
    assert pca_features(samples(80, 70)).transform(samples(4, 70)).shape == (4, 50)
    assert pca_features(samples(8, 70)).transform(samples(4, 70)).shape == (4, 8)


def test_figures_are_named_after_their_features() -> None:
    """Each figure of the result has a title that says what it was measured in."""
    found = quantities(pca_features(samples(9)))

    assert found["precision"].title == "Precision in PCA features"
    assert list(found) == list(asdict(assess_generated(samples(), samples(), RAW)))[:4]
    assert all(f.name == name and f.unit and f.reading.endswith(".") for name, f in found.items())


@pytest.mark.parametrize(
    ("generated", "k", "words"),
    [
        (samples(5), 5, "needs more than 5 samples of a kind, and there are 5"),
        (samples(9), 0, "choose fewer neighbours, at least 1"),
        (np.full((9, 3), np.nan), 3, "not finite"),
    ],
)
def test_samples_that_cannot_be_compared_are_refused(
    generated: np.ndarray, k: int, words: str
) -> None:
    """Too few of them, no neighbours, and what a diverged model makes."""
    with pytest.raises(DataError, match=words):
        assess_generated(samples(), generated, RAW, k)


def test_as_good_as_real_samples_reaches_the_yardstick() -> None:
    """Both are compared with one half; of a shift it tells."""
    real, width = samples(800, 60), 60
    parts = parted(len(real))
    fresh = assess_beside_real(real, parts, samples(400, width, seed=5))
    shifted = assess_beside_real(real, parts, samples(400, width, seed=5) + 5)

    assert fresh.yardstick == shifted.yardstick
    np.testing.assert_allclose(four(fresh.generated), four(fresh.yardstick), atol=0.12)
    assert fresh.yardstick.coverage > 0.9
    assert four(shifted.generated) == (0, 0, 0, 0)
    assert (fresh.generated.rows, fresh.generated.space) == (400, "PCA features")


def test_kept_codes_are_not_compared_with_their_own_samples() -> None:
    """Drawn anew they reach what real samples do, and not the 1 of what lies on its reference."""
    real = samples(400, 8)
    parts = parted(len(real))
    assert sorted([*parts.reference, *parts.others]) == list(range(400))

    drawn = assess_drawn(real, real, aggregated_posterior, lambda codes: codes)
    copied = assess_beside_real(real, parts, real[parts.reference])

    assert copied.generated.recall == 1
    assert drawn.generated.recall < 0.95
    assert drawn.generated.coverage < drawn.yardstick.coverage + 0.02


@pytest.mark.parametrize("rows", [0, 6, 12, 99])
def test_of_few_samples_there_are_no_figures(rows: int) -> None:
    """Six beside six would read as perfect."""
    with pytest.raises(DataError, match="are too few"):
        parted(rows)
    assert len(parted(100).reference) == 50
    assert len(parted(5000).reference) == 1000
