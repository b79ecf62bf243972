"""Sampling: distributions that new codes are drawn from."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aecore.errors import LatentError
from aecore.latent.codes import checked
from aecore.latent.maps.available import is_collapsed

if TYPE_CHECKING:
    from sklearn.mixture import GaussianMixture

MAX_COMPONENTS = 10
# A component needs samples to have a mean and a spread.
ROWS_A_COMPONENT = 10

Draw = Callable[[int, np.random.Generator], np.ndarray]


@dataclass(frozen=True)
class Prior:
    """A distribution over codes.

    Attributes:
        name: identifies it.
        title: as on screen.
        reading: one sentence on what samples from it show.
        draw: (count, random generator) -> codes (count, k).
    """

    name: str
    title: str
    reading: str
    draw: Draw

    def sample(self, n: int, seed: int) -> np.ndarray:
        """(n, k) codes; the same seed, the same codes.

        Raises:
            LatentError: none are asked for.
        """
        if n < 1:
            raise LatentError(f"At least one code must be drawn, not {n}.", "Choose 1 or more.")
        return self.draw(n, np.random.default_rng(seed))


# Makes a prior of codes (n, k), or one that needs none.
Fit = Callable[[np.ndarray], Prior]


def normal(k: int, scale: float = 1.0) -> Prior:
    """N(0, scale²) for each of k units: what variational and adversarial codes are drawn towards.

    Raises:
        LatentError: the scale is not above 0.
    """
    if not scale > 0:
        raise LatentError(f"A prior's spread must be above 0, not {scale:g}.", "Choose another.")
    return Prior(
        "normal",
        "Normal distribution",
        "What the model makes of the distribution that its codes were drawn towards; poor samples "
        "beside good reconstructions mean that the codes do not fill it.",
        lambda n, random: random.normal(0.0, scale, (n, k)),
    )


def aggregated_posterior(mean: np.ndarray, log_variance: np.ndarray | None = None) -> Prior:
    """One sample's posterior at random, then a code from it: μ + exp(½·logσ²)·ε.

    Args:
        mean: (n, k) μ of each sample.
        log_variance: (n, k) logσ² of each sample; none for an encoder that adds no noise.

    Raises:
        LatentError: there are none, they differ in shape, or some are no finite numbers.
    """
    mean = checked(mean)
    log_variance = np.full_like(mean, -np.inf) if log_variance is None else checked(log_variance)
    if mean.shape != log_variance.shape:
        raise LatentError(
            f"Means of shape {mean.shape} do not go with variances of shape {log_variance.shape}.",
            "Take both from the same samples.",
        )
    spread = np.exp(0.5 * log_variance)

    def draw(n: int, random: np.random.Generator) -> np.ndarray:
        rows = random.integers(len(mean), size=n)
        return mean[rows] + spread[rows] * random.standard_normal((n, mean.shape[1]))

    return Prior(
        "aggregated-posterior",
        "Aggregated posterior",
        "Codes as the encoder gives them, its noise included if it has any; each lies near that of "
        "a real sample, so good samples from here say little about what is new.",
        draw,
    )


def gaussian_mixture(code: np.ndarray, seed: int = 0) -> Prior:
    """A mixture of Gaussians fitted to codes (n, k): for codes without a prior of their own.

    Of 1 to 10 components the number with the least BIC is taken. Covariances are full where there
    are samples enough for the numbers in them, n ≥ 10·k(k+1)/2, and otherwise diagonal.

    Raises:
        LatentError: there are no codes, they are all equal, or some are no finite numbers.
    """
    code = checked(code)
    if is_collapsed(code):
        raise LatentError(
            "All codes are equal, so no distribution can be fitted to them.",
            "Train a code that tells samples apart.",
        )
    centre, spread = code.mean(axis=0), code.std(axis=0)
    # Units that never vary would only blur the others' likelihood.
    varies = np.ptp(code, axis=0) > 0
    mixture = _fewest_bits((code[:, varies] - centre[varies]) / spread[varies], seed)
    roots = _roots(mixture)

    def draw(n: int, random: np.random.Generator) -> np.ndarray:
        component = random.choice(len(roots), size=n, p=mixture.weights_)
        noise = random.standard_normal((n, roots.shape[1]))
        drawn = mixture.means_[component]
        for i, root in enumerate(roots):
            drawn[component == i] += noise[component == i] @ root.T
        codes = np.tile(centre, (n, 1))
        codes[:, varies] += drawn * spread[varies]
        return codes

    count = len(roots)
    return Prior(
        "gaussian-mixture",
        f"Mixture of {count} Gaussians" if count > 1 else "One Gaussian",
        "Codes where real ones lie densely, though between them rather than on them; the number of "
        "Gaussians is the one with the least BIC.",
        draw,
    )


def _fewest_bits(code: np.ndarray, seed: int) -> GaussianMixture:
    """The fitted mixture with the least Bayesian information criterion. Source: Schwarz 1978."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.mixture import GaussianMixture

    rows, width = code.shape
    full = rows >= MAX_COMPONENTS * width * (width + 1) / 2
    most = max(1, min(MAX_COMPONENTS, rows // ROWS_A_COMPONENT))
    with warnings.catch_warnings():
        # A fit cut short, or fewer distinct codes than components, loses by its BIC.
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted = [
            GaussianMixture(
                components, covariance_type="full" if full else "diag", random_state=seed
            ).fit(code)
            for components in range(1, most + 1)
        ]
    return min(fitted, key=lambda mixture: mixture.bic(code))


def _roots(mixture: GaussianMixture) -> np.ndarray:
    """(components, k, k) lower triangles L, with L·Lᵀ each component's covariance."""
    if mixture.covariance_type == "full":
        return np.linalg.cholesky(mixture.covariances_)
    return np.stack([np.diag(np.sqrt(variance)) for variance in mixture.covariances_])
