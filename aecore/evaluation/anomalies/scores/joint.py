"""Both: robust error and distance in the code, joined as how rare each is among training rows.

Anomalies that the decoder cannot write show in the error, those that lie inside of what it can
write, but where no training row lies, in the code. Each score becomes −log of the share of training
rows that score as high (Fisher's way to join p-values), and the two are added.
"""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.scores import code_distance, robust_error
from aecore.evaluation.anomalies.scores._spec import Evidence, Fitted, ScoreSpec

# Steps of the distribution that are kept of each score.
QUANTILES = 2001


def fit(evidence: Evidence) -> Fitted:
    """What both scores learn, and the distribution of each over the training rows."""
    error, distance = robust_error.fit(evidence), code_distance.fit(evidence)
    steps = np.linspace(0.0, 1.0, QUANTILES)
    return {
        **error,
        **distance,
        "errors": np.quantile(robust_error.score(evidence, error), steps),
        "distances": np.quantile(code_distance.score(evidence, distance), steps),
    }


def score(evidence: Evidence, fitted: Fitted) -> np.ndarray:
    """(n,) −log p of the error plus −log p of the distance, in nats."""
    return _rarity(robust_error.score(evidence, fitted), fitted["errors"]) + _rarity(
        code_distance.score(evidence, fitted), fitted["distances"]
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
    title="Error and code together",
    summary="How rare the error and the distance in the code are among training rows, together.",
    source="Fisher, Statistical Methods for Research Workers, 1925 (joining p-values)",
    score=score,
    fit=fit,
    parts=robust_error.parts,
    order=40,
)
