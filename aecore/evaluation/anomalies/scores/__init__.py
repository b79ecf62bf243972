"""Scores: how odd a sample is to an autoencoder, one a module ending in a `SPEC`."""

from aecore.evaluation.anomalies.scores._robust import counted, floored
from aecore.evaluation.anomalies.scores._spec import Evidence, Fitted, ScoreSpec
from aecore.specs import collect

SCORES: dict[str, ScoreSpec] = collect(__name__, __path__)

__all__ = ["SCORES", "Evidence", "Fitted", "ScoreSpec", "counted", "floored"]
