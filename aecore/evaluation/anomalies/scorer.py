"""`Scorer`: all that a run keeps to tell how odd a row is, by every score that suits it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from aecore.data.dataset import Kind
from aecore.errors import DataError
from aecore.evaluation.anomalies.scores import SCORES, Evidence, Fitted
from aecore.evaluation.anomalies.where import learn_usual

FILE = "anomalies.npz"
# Training rows that scores learn from, and values of them at most.
MOST_ROWS = 5_000
MOST_VALUES = 8_000_000
LEAST_ROWS = 200
USUAL, CALIBRATION, LABELS = "usual", "calibration", "labels"


@dataclass(frozen=True)
class Scorer:
    """What scores have learned of training rows, and what they say of rows held out to calibrate.

    Attributes:
        fitted: name of a score -> what it has learned.
        usual: middle and spread of each feature's residual, as `where.learn_usual` gives them.
        calibration: name of a score -> (m,) scores of the rows that calibrate; m may be 0.
        labels: (m,) class indices of these rows, or None without labels.
    """

    fitted: Mapping[str, Fitted]
    usual: Fitted
    calibration: Mapping[str, np.ndarray] = field(default_factory=dict)
    labels: np.ndarray | None = None

    @property
    def default(self) -> str:
        """The score to begin with: the first of the family."""
        return next(name for name in SCORES if name in self.fitted)

    def scores(self, evidence: Evidence, only: str = "") -> dict[str, np.ndarray]:
        """Name of each score, or of one alone -> (n,), higher is odder."""
        names = [only] if only else list(self.fitted)
        if not len(evidence.x):
            return {name: np.empty(0) for name in names}
        return {name: SCORES[name].score(evidence, self.fitted[name]) for name in names}

    def save(self, folder: Path) -> None:
        """Write it to one compressed `.npz`."""
        arrays: dict[str, Any] = {f"{USUAL}/{key}": values for key, values in self.usual.items()}
        for name, fitted in self.fitted.items():
            # A score that has learned nothing is known by its name alone.
            arrays[f"fitted/{name}"] = np.empty(0)
            arrays |= {f"fitted/{name}/{key}": values for key, values in fitted.items()}
        arrays |= {f"{CALIBRATION}/{name}": values for name, values in self.calibration.items()}
        if self.labels is not None:
            arrays[LABELS] = self.labels
        np.savez_compressed(folder / FILE, **arrays)

    @classmethod
    def load(cls, folder: Path) -> Scorer:
        """Read what `save` wrote.

        Raises:
            DataError: the run kept none, or the file is damaged.
        """
        path = folder / FILE
        if not path.is_file():
            raise DataError(
                "This run cannot score rows: it kept nothing to tell by how odd a row is, as runs "
                "of version 0.4 and before.",
                "Train it again.",
            )
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
                return _of_arrays({name: archive[name] for name in archive.files})
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise DataError(
                f"What this run kept to score rows cannot be read ({type(error).__name__}).",
                "Train it again.",
            ) from None


def rows_to_learn_from(features: int) -> int:
    """How many training rows scores learn from, so that wide samples do not fill the memory."""
    return max(LEAST_ROWS, min(MOST_ROWS, MOST_VALUES // max(1, features)))


def fit_scorer(
    kind: Kind, training: Evidence, calibration: Evidence, labels: np.ndarray | None
) -> Scorer:
    """Every score that suits the kind of data, fitted to training rows.

    Args:
        training: of training rows, `rows_to_learn_from` of them at most.
        calibration: of rows that nothing was learned from; may be none.
        labels: class indices of the latter.
    """
    has_elbo = training.negative_elbo is not None
    suited = {name: spec for name, spec in SCORES.items() if spec.suits(kind, has_elbo)}
    fitted = {name: spec.fit(training) for name, spec in suited.items()}
    scorer = Scorer(fitted, learn_usual(training))
    return Scorer(fitted, scorer.usual, scorer.scores(calibration), labels)


def _of_arrays(arrays: Mapping[str, np.ndarray]) -> Scorer:
    fitted: dict[str, dict[str, np.ndarray]] = {}
    groups: dict[str, dict[str, np.ndarray]] = {USUAL: {}, CALIBRATION: {}}
    for path, values in arrays.items():
        group, _, rest = path.partition("/")
        if group in groups:
            groups[group][rest] = values
        elif group == "fitted":
            name, _, key = rest.partition("/")
            own = fitted.setdefault(name, {})
            if key:
                own[key] = values
    known = {name: own for name, own in fitted.items() if name in SCORES}
    if not known:
        raise ValueError("no score")
    return Scorer(known, groups[USUAL], groups[CALIBRATION], arrays.get(LABELS))
