"""Do samples follow the distribution that they are said to come from?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kstest

from aecore.errors import LatentError
from aecore.generation.sampling import Prior, aggregated_posterior, gaussian_mixture, normal


def blobs(rows: int = 600, width: int = 2, apart: float = 10.0, seed: int = 0) -> np.ndarray:
    """Two clusters, a third of the codes around 0 and two thirds around `apart` in all units."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(rows, width)) + apart * (np.arange(rows) % 3 > 0)[:, None]


def test_a_normal_prior_has_its_spread() -> None:
    """In every unit, and units are independent."""
    codes = normal(3, scale=5.0).sample(20_000, seed=0)

    assert codes.shape == (20_000, 3)
    assert kstest(codes[:, 1] / 5, "norm").pvalue > 0.01
    np.testing.assert_allclose(np.cov(codes.T), 25 * np.eye(3), atol=1.0)


@pytest.mark.parametrize(
    "prior", [normal(2), gaussian_mixture(blobs(60)), aggregated_posterior(np.eye(2), np.eye(2))]
)
def test_samples_of_one_seed_are_the_same(prior: Prior) -> None:
    """Others differ, and each prior says what it is."""
    np.testing.assert_array_equal(prior.sample(9, seed=1), prior.sample(9, seed=1))
    assert not np.array_equal(prior.sample(9, seed=1), prior.sample(9, seed=2))
    assert prior.name and prior.title and prior.reading.endswith(".")


def test_a_mixture_finds_two_clusters() -> None:
    """Two Gaussians, with the weights, means and spreads of the clusters."""
    prior = gaussian_mixture(blobs())

    assert prior.title == "Mixture of 2 Gaussians"
    codes = prior.sample(6000, seed=0)
    upper = codes.mean(axis=1) > 5
    assert upper.mean() == pytest.approx(2 / 3, abs=0.03)
    np.testing.assert_allclose(codes[upper].mean(axis=0), 10, atol=0.2)
    np.testing.assert_allclose(codes[~upper].mean(axis=0), 0, atol=0.3)
    np.testing.assert_allclose(codes[upper].std(axis=0), 1, atol=0.1)


def test_a_mixture_keeps_correlations() -> None:
    """One Gaussian with its whole covariance, where there are samples enough."""
    rng = np.random.default_rng(0)
    code = rng.multivariate_normal([100, -5], [[4, 1.5], [1.5, 1]], 2000)
    prior = gaussian_mixture(code)

    assert prior.title == "One Gaussian"
    np.testing.assert_allclose(np.cov(prior.sample(50_000, seed=0).T), np.cov(code.T), atol=0.08)


def test_a_mixture_of_few_wide_codes_is_diagonal() -> None:
    """Correlations are given up rather than guessed, and spreads are kept."""
    rng = np.random.default_rng(0)
    shared = rng.normal(size=(60, 1))
    code = 3 * (shared + 0.01 * rng.normal(size=(60, 12)))
    codes = gaussian_mixture(code).sample(4000, seed=0)

    assert codes.shape == (4000, 12)
    np.testing.assert_allclose(codes.std(axis=0), code.std(axis=0), rtol=0.15)
    assert np.isfinite(codes).all()


def test_diagonal_components_keep_their_spread() -> None:
    """Each of the two clusters of few wide codes is as wide as it was."""
    codes = gaussian_mixture(blobs(150, width=12)).sample(6000, seed=0)

    upper = codes.mean(axis=1) > 5
    np.testing.assert_allclose(codes[upper].std(axis=0), 1, atol=0.25)
    np.testing.assert_allclose(codes[~upper].std(axis=0), 1, atol=0.3)


def test_a_mixture_of_a_few_codes_over_and_over_draws_those() -> None:
    """With no more components than there are codes, and without a warning."""
    prior = gaussian_mixture(np.repeat([[0.0], [1.0], [5.0]], 70, axis=0))

    codes = prior.sample(300, seed=0)

    assert set(np.abs(codes).round(1).ravel()) == {0.0, 1.0, 5.0}


def test_units_that_never_vary_stay_as_they_are() -> None:
    """And tiny units are not blurred by what large ones need."""
    constant = np.tile([0.1, 2.0], (300, 1))
    code = np.hstack([constant, 1e-6 * blobs(300, 1), 1e6 * blobs(300, 1, seed=1)])

    codes = gaussian_mixture(code).sample(1000, seed=0)

    np.testing.assert_allclose(codes[:, :2], constant[:1].repeat(1000, axis=0))
    np.testing.assert_allclose(codes.std(axis=0)[2:], code.std(axis=0)[2:], rtol=0.1)


@given(st.integers(2, 40), st.integers(1, 6), st.booleans())
def test_a_mixture_fits_any_codes_that_differ(rows: int, width: int, rounded: bool) -> None:
    """Few, wide and repeated ones included."""
    code = np.random.default_rng(rows).normal(size=(rows, width))
    code = np.sign(code) if rounded else code
    code[0] = 3.0

    codes = gaussian_mixture(code).sample(50, seed=0)

    assert codes.shape == (50, width)
    assert np.isfinite(codes).all()


def test_an_encoder_without_noise_gives_kept_codes_alone() -> None:
    """Each code drawn is one of them, and all are drawn."""
    mean = np.arange(12.0).reshape(6, 2)

    drawn = aggregated_posterior(mean).sample(200, seed=0)

    assert {tuple(code) for code in drawn} == {tuple(code) for code in mean}


def test_the_aggregated_posterior_adds_each_samples_own_noise() -> None:
    """Around one mean it is wide, around the other narrow, and both are drawn equally often."""
    mean = np.array([[0.0], [100.0]])
    prior = aggregated_posterior(mean, np.log([[4.0], [0.01]]))

    codes = prior.sample(20_000, seed=0)[:, 0]

    wide = codes < 50
    assert wide.mean() == pytest.approx(0.5, abs=0.02)
    assert codes[wide].std() == pytest.approx(2.0, rel=0.05)
    assert codes[~wide].std() == pytest.approx(0.1, rel=0.05)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: normal(2, 0.0), "spread must be above 0"),
        (lambda: normal(2).sample(0, seed=0), "At least one code must be drawn, not 0"),
        (lambda: gaussian_mixture(np.ones((9, 2))), "All codes are equal"),
        (lambda: aggregated_posterior(np.ones((2, 2)), np.ones((2, 1))), "do not go with"),
    ],
)
def test_what_cannot_be_sampled_is_refused(make: object, words: str) -> None:
    """With what must hold."""
    with pytest.raises(LatentError, match=words):
        make()  # type: ignore[operator]
