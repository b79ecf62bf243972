"""The rarer of two: the robust error, and the distance of the reconstruction.

A row is its reconstruction plus an error. Anomalies that the decoder cannot write show in the
error, those that lie in what it can write, but where hardly a training row lies, in the
reconstruction.
Each becomes −log of the share of training rows that score as high, and the larger counts (Tippett's
way to join p-values): a row that is rare in one need not be rare in the other as well.
"""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.scores import reconstruction_distance, robust_error
from aecore.evaluation.anomalies.scores._spec import Evidence, Fitted, ScoreSpec

# Steps of the distribution that are kept of each score.
QUANTILES = 2001


def fit(evidence: Evidence) -> Fitted:
    """What both scores learn, and the distribution of each over the training rows."""
    error, written = robust_error.fit(evidence), reconstruction_distance.fit(evidence)
    steps = np.linspace(0.0, 1.0, QUANTILES)
    return {
        **error,
        **{f"written_{name}": values for name, values in written.items()},
        "errors": np.quantile(robust_error.score(evidence, error), steps),
        "distances": np.quantile(reconstruction_distance.score(evidence, written), steps),
    }


def score(evidence: Evidence, fitted: Fitted) -> np.ndarray:
    """(n,) the larger −log p, of the error or of the reconstruction's distance, in nats."""
    written = {name: fitted[f"written_{name}"] for name in ("middle", "spread")}
    return np.maximum(
        _rarity(robust_error.score(evidence, fitted), fitted["errors"]),
        _rarity(reconstruction_distance.score(evidence, written), fitted["distances"]),
    )


def _rarity(scores: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """−log of the share of training rows that score as high; rises further beyond the highest.

    Beyond the largest training score the share is continued as a power law, or all that is far out
    would tie.
    """
    last = len(steps) - 1
    share = (1.0 + last - np.interp(scores, steps, np.arange(last + 1.0))) / (last + 1.0)
    top = max(float(steps[-1]), np.finfo(float).tiny)
    return -np.log(share) + np.log(np.maximum(1.0, scores / top))


SPEC = ScoreSpec(
    name="joint",
    title="Error and reconstruction together",
    summary="The rarer of two among training rows: the error, or the reconstruction itself.",
    source="Tippett, The Methods of Statistics, 1931 (joining p-values)",
    score=score,
    fit=fit,
    parts=robust_error.parts,
    order=5,
)
