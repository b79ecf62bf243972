"""Quality of generated samples: precision, recall, density and coverage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aecore.errors import DataError
from aecore.generation.sampling import Fit
from aecore.specs import Quantity

NEIGHBOURS = 5
PCA_COMPONENTS = 50
# All four figures change with the number of samples, so that it is held fixed.
ROWS = 1000
# Of fewer samples of a kind each figure is a matter of chance: six read as perfect.
FEWEST = 50


@dataclass(frozen=True)
class FeatureSpace:
    """In which numbers samples are compared.

    Attributes:
        name: identifies it.
        title: in the middle of a sentence, such as "PCA features".
        transform: samples (n, *sample_shape) -> features (n, d).
    """

    name: str
    title: str
    transform: Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class GenerationQuality:
    """Generated beside real samples; `quantities` says how to read each figure.

    Attributes:
        precision: share of generated samples that lie among the real ones, 0 to 1.
        recall: share of real samples that lie among the generated ones, 0 to 1.
        density: how many real neighbourhoods hold a generated sample, over k; may exceed 1.
        coverage: share of real samples with a generated one in their neighbourhood, 0 to 1.
        space: title of the feature space.
        rows: samples compared, of each kind.
        k: neighbours that make a neighbourhood.
    """

    precision: float
    recall: float
    density: float
    coverage: float
    space: str
    rows: int
    k: int


@dataclass(frozen=True)
class QualityBeside:
    """Generated samples and, as a yardstick, other real ones, each beside the same real samples."""

    generated: GenerationQuality
    yardstick: GenerationQuality


def raw_features() -> FeatureSpace:
    """The samples' own values, scaled as the model sees them."""
    return FeatureSpace("raw", "raw values", _flat)


def pca_features(training: np.ndarray, components: int = PCA_COMPONENTS) -> FeatureSpace:
    """Principal components, at most 50, fitted on training samples (n, *sample_shape)."""
    from sklearn.decomposition import PCA

    flat = _flat(training)
    fitted = PCA(min(components, *flat.shape), random_state=0).fit(flat)
    return FeatureSpace("pca", "PCA features", lambda samples: fitted.transform(_flat(samples)))


def assess_generated(
    real: np.ndarray,
    generated: np.ndarray,
    space: FeatureSpace,
    k: int = NEIGHBOURS,
    rows: int = ROWS,
    seed: int = 0,
) -> GenerationQuality:
    """Precision, recall, density and coverage of generated beside held-out real samples.

    The neighbourhood of a sample reaches to the k-th nearest other of its own kind. Of both kinds
    equally many are compared, `rows` if there are so many: results of other numbers or of another
    feature space cannot be compared. As a yardstick, give other real samples as the generated.
    Source: Kynkäänniemi et al. 2019 (precision, recall); Naeem et al. 2020 (density, coverage).

    Raises:
        DataError: there are no more than k samples of a kind, or some are no finite numbers.
    """
    from scipy.spatial.distance import cdist

    n = min(len(real), len(generated), rows)
    _check_enough(n, k)
    a, b = _features(real, space, n, seed), _features(generated, space, n, seed + 1)
    radius_a, radius_b = _radii(a, k), _radii(b, k)
    distances = cdist(a, b)
    in_real, in_generated = distances <= radius_a[:, None], distances <= radius_b[None, :]
    return GenerationQuality(
        precision=float(in_real.any(axis=0).mean()),
        recall=float(in_generated.any(axis=1).mean()),
        density=float(in_real.sum(axis=0).mean() / k),
        coverage=float(in_real.any(axis=1).mean()),
        space=space.title,
        rows=n,
        k=k,
    )


@dataclass(frozen=True)
class Parted:
    """Positions of real samples, parted at random: what is compared with, and what is learned of.

    Attributes:
        reference: (n,) those that generated samples are compared with, at most 1,000.
        others: (m,) all others; whatever samples are drawn from may be fitted to these alone.
    """

    reference: np.ndarray
    others: np.ndarray


def parted(real: int, rows: int = ROWS, seed: int = 0) -> Parted:
    """Half of so many real samples, `rows` at most, and the others.

    Raises:
        DataError: a half has fewer than 50 samples.
    """
    n = min(real // 2, rows)
    if n < FEWEST:
        raise DataError(
            f"{real} real samples are too few: half of them, at least {FEWEST}, are compared with "
            "as many new ones.",
            "Hold out more rows.",
        )
    order = np.random.default_rng(seed).permutation(real)
    return Parted(order[:n], order[n:])


def assess_drawn(
    real: np.ndarray,
    codes: np.ndarray,
    fit: Fit,
    decode: Callable[[np.ndarray], np.ndarray],
    seed: int = 0,
) -> QualityBeside:
    """Quality of samples decoded from a prior that knows nothing of those it is compared with.

    Args:
        real: (n, *sample_shape).
        codes: (n, k) theirs; the prior is fitted to those of the one half alone.
        fit: makes the prior.
        decode: codes (m, k) -> samples (m, *sample_shape).

    Raises:
        DataError: there are too few real samples, or some generated are no finite numbers.
        LatentError: no prior can be fitted to the codes.
    """
    parts = parted(len(real))
    drawn = fit(codes[parts.others]).sample(len(parts.reference), seed)
    return assess_beside_real(real, parts, decode(drawn))


def assess_beside_real(
    real: np.ndarray,
    parts: Parted,
    generated: np.ndarray,
    k: int = NEIGHBOURS,
    seed: int = 0,
) -> QualityBeside:
    """Quality in PCA features, beside what the other real samples reach.

    The features are fitted on the real samples that both are compared with. Of every set equally
    many samples are taken, so that all figures compare.

    Args:
        real: (n, *sample_shape).
        generated: drawn from something that was fitted to `parts.others` at most: samples that
            were made of the reference itself would lie on it.

    Raises:
        DataError: as `assess_generated`.
    """
    n = min(len(parts.reference), len(generated))
    _check_enough(n, k)
    reference, others = real[parts.reference[:n]], real[parts.others[:n]]
    space = pca_features(reference)
    return QualityBeside(
        assess_generated(reference, generated[:n], space, k, n, seed),
        assess_generated(reference, others, space, k, n, seed),
    )


def quantities(space: FeatureSpace) -> dict[str, Quantity]:
    """Title, unit and reading of each figure of `GenerationQuality`, named after the features."""
    return {
        name: Quantity(name, f"{title} in {space.title}", unit, reading)
        for name, title, unit, reading in _FIGURES
    }


_FIGURES = (
    (
        "precision",
        "Precision",
        "share of generated samples",
        "Whether generated samples look real: 1 if each lies where real samples do; it says "
        "nothing about what is missing, and one good sample over and over gets 1 as well.",
    ),
    (
        "recall",
        "Recall",
        "share of real samples",
        "Whether all that is real can be generated: 1 if each real sample lies where generated "
        "ones do; a few generated outliers are enough to make it too high.",
    ),
    (
        "density",
        "Density",
        "1 is as dense as real samples",
        "Precision that outliers among the real samples do not deceive: about 1 for real samples, "
        "more if generated ones crowd where real ones are densest.",
    ),
    (
        "coverage",
        "Coverage",
        "share of real samples",
        "Whether all that is real was generated: the share of real samples with a generated one "
        "in their neighbourhood; other real samples reach about 1 − 1/2ᵏ, which is 0.97 for 5 "
        "neighbours.",
    ),
)


def _check_enough(rows: int, k: int) -> None:
    if not 1 <= k < rows:
        raise DataError(
            f"A neighbourhood of {k} needs more than {k} samples of a kind, and there are {rows}.",
            "Compare more samples, or choose fewer neighbours, at least 1.",
        )


def _features(samples: np.ndarray, space: FeatureSpace, rows: int, seed: int) -> np.ndarray:
    chosen = np.random.default_rng(seed).choice(len(samples), rows, replace=False)
    features = np.asarray(space.transform(samples[chosen]), dtype=np.float64)
    if not np.isfinite(features).all():
        raise DataError(
            "Some samples are not finite numbers: training diverged.",
            "Train again with a smaller learning rate.",
        )
    return features


def _radii(features: np.ndarray, k: int) -> np.ndarray:
    """(n,) distance of each row to the k-th nearest other."""
    from scipy.spatial.distance import cdist

    # Position 0 is the row itself.
    return np.partition(cdist(features, features), k, axis=1)[:, k]


def _flat(samples: np.ndarray) -> np.ndarray:
    return samples.reshape(len(samples), -1)
