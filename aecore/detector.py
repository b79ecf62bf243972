"""`AutoencoderDetector`: an autoencoder that finds anomalies, for pipelines of scikit-learn."""

from __future__ import annotations

import io
import shutil
import tempfile
import warnings
import weakref
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import BaseEstimator, OutlierMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from aecore.evaluation.anomalies import conformal
from aecore.experiment import Experiment
from aecore.settings import by_path, with_values

if TYPE_CHECKING:
    from aecore.runs.result import Result

# A code of a quarter of the columns left the anomalies of five open sets outside.
COLUMNS_A_NUMBER = 4
CALIBRATION_FRACTION = 0.2
EPOCHS = 100
BLOCK = 256


class AutoencoderDetector(OutlierMixin, BaseEstimator):
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
        from aecore.run import save, train

        x = validate_data(self, X, dtype=np.float64, ensure_min_samples=2)
        if not 0 < self.alarms < 1:
            raise ValueError(f"alarms must lie between 0 and 1. Received: {self.alarms}.")
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "rows.npz")
            np.savez(source, x=x)
            result = train(self._experiment(str(source), x.shape[1]))
            save(result, Path(folder, "run"))
            self._run = _packed(Path(folder, "run"))
        self.result_: Result = result
        calibration = result.scorer.calibration[result.scorer.default]
        self.alarms_ = max(self.alarms, 1.0 / (len(calibration) + 1))
        if self.alarms_ > self.alarms:
            warnings.warn(
                f"{len(calibration)} rows to calibrate with can promise no fewer alarms than "
                f"{self.alarms_:.1%} of normal rows; {self.alarms:.1%} needs "
                f"{conformal.rows_needed(self.alarms)}.",
                stacklevel=2,
            )
        self.offset_ = -conformal.promise(calibration, self.alarms_).threshold
        return self

    def score_samples(self, X: Any) -> np.ndarray:  # noqa: N803
        """(n,) the lower, the odder, as scikit-learn has it."""
        from aecore.runs.scoring import score_in_parts

        check_is_fitted(self, "offset_")
        x = validate_data(self, X, dtype=np.float64, reset=False)
        name = self.result_.scorer.default
        # Blocks are filled up, for the last digit of a row depends on how many there are.
        filled = np.concatenate([x, np.repeat(x[-1:], -len(x) % BLOCK, axis=0)])
        parts = score_in_parts(self.result_, filled, size=BLOCK, only=name)
        return -np.concatenate([part.scores[name] for part, _ in parts])[: len(x)]

    def decision_function(self, X: Any) -> np.ndarray:  # noqa: N803
        """(n,) below 0 where a row raises an alarm."""
        return self.score_samples(X) - self.offset_

    def predict(self, X: Any) -> np.ndarray:  # noqa: N803
        """(n,) −1 where a row raises an alarm, else 1."""
        return np.where(self.decision_function(X) <= 0, -1, 1)

    def __getstate__(self) -> dict[str, Any]:
        """Everything but the models, which are in the files of the run."""
        return {name: value for name, value in self.__dict__.items() if name != "result_"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        from aecore.runs.loading import load

        self.__dict__.update(state)
        if "_run" not in state:
            return
        folder = tempfile.mkdtemp(prefix="aecore-")
        # It goes when the estimator does.
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        with zipfile.ZipFile(io.BytesIO(self._run)) as archive:
            archive.extractall(folder)
        self.result_ = load(folder)

    def _experiment(self, source: str, columns: int) -> Experiment:
        tree = {
            "data": {
                "source": source,
                "validation_fraction": 0.0,
                "calibration_fraction": CALIBRATION_FRACTION,
            },
            "preprocessing": {"scaling": "standardize"},
            "model": {"encoding_dim": max(1, round(columns / COLUMNS_A_NUMBER))},
            "training": {"epochs": EPOCHS},
        }
        return Experiment.from_dict(with_values(tree, by_path(self.experiment or {})))


def _packed(folder: Path) -> bytes:
    """All files of a folder as the bytes of one archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    return packed.getvalue()
