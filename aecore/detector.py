"""`AutoencoderDetector`: an autoencoder that finds anomalies, for pipelines of scikit-learn."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
from sklearn.base import OutlierMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from aecore.estimator import BLOCK, RunEstimator, filled_up
from aecore.evaluation.anomalies import conformal

# A code of a quarter of the columns left the anomalies of five open sets outside.
COLUMNS_A_NUMBER = 4
CALIBRATION_FRACTION = 0.2
EPOCHS = 100
# Of a score, in blocks of other sizes.
ROUNDING = 1e-6


class AutoencoderDetector(OutlierMixin, RunEstimator):
    """Scores rows by how badly an autoencoder, trained on rows without labels, rebuilds them.

    Args:
        experiment: options that differ from those below, as an `Experiment` has them: nested, or
            by dotted paths. Rows are standardised, the code has a quarter of the columns, and a
            fifth of the rows calibrates.
        alarms: share of normal rows that may raise an alarm.

    Attributes:
        result_: what training left, as `aecore.train` gives it.
        offset_: `decision_function` is `score_samples` less this.
        alarms_: the share that is promised: `alarms`, or the least that so few rows allow.
        n_features_in_, feature_names_in_: as of any estimator.
    """

    def __init__(self, experiment: Mapping[str, Any] | None = None, alarms: float = 0.01) -> None:
        self.experiment = experiment
        self.alarms = alarms

    def fit(self, X: Any, y: Any = None) -> AutoencoderDetector:  # noqa: N803
        """Train on rows X (n, features); y is ignored.

        Raises:
            ValueError: X holds no numbers, fewer than two rows, or `alarms` is no share.
        """
        x = validate_data(self, X, dtype=np.float64, ensure_min_samples=2)
        if not 0 < self.alarms < 1:
            raise ValueError(f"alarms must lie between 0 and 1. Received: {self.alarms}.")
        own = {
            "data": {"validation_fraction": 0.0, "calibration_fraction": CALIBRATION_FRACTION},
            "preprocessing": {"scaling": "standardize"},
            "model": {"encoding_dim": max(1, round(x.shape[1] / COLUMNS_A_NUMBER))},
            "training": {"epochs": EPOCHS},
        }
        self._train(x, own)
        scorer = self.result_.scorer
        calibration = scorer.calibration[scorer.default]
        self.alarms_ = max(self.alarms, 1.0 / (len(calibration) + 1))
        if self.alarms_ > self.alarms:
            warnings.warn(
                f"{len(calibration)} rows to calibrate with can promise no fewer alarms than "
                f"{self.alarms_:.1%} of normal rows; {self.alarms:.1%} needs "
                f"{conformal.rows_needed(self.alarms)}.",
                stacklevel=2,
            )
        threshold = conformal.promise(calibration, self.alarms_).threshold
        # The row that calibrates there comes again with other last digits.
        self.offset_ = -threshold + ROUNDING * abs(threshold)
        return self

    def score_samples(self, X: Any) -> np.ndarray:  # noqa: N803
        """(n,) the lower, the odder, as scikit-learn has it."""
        from aecore.runs.scoring import score_in_parts

        check_is_fitted(self, "offset_")
        x = validate_data(self, X, dtype=np.float64, reset=False)
        name = self.result_.scorer.default
        parts = score_in_parts(self.result_, filled_up(x), size=BLOCK, only=name)
        return -np.concatenate([part.scores[name] for part, _ in parts])[: len(x)]

    def decision_function(self, X: Any) -> np.ndarray:  # noqa: N803
        """(n,) below 0 where a row raises an alarm."""
        return self.score_samples(X) - self.offset_

    def predict(self, X: Any) -> np.ndarray:  # noqa: N803
        """(n,) −1 where a row raises an alarm, else 1."""
        return np.where(self.decision_function(X) <= 0, -1, 1)
