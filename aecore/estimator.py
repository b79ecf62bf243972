"""`RunEstimator`: an estimator of scikit-learn that trains an experiment and keeps its run."""

from __future__ import annotations

import io
import shutil
import tempfile
import weakref
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import BaseEstimator

from aecore.experiment import Experiment
from aecore.settings import by_path, with_values

if TYPE_CHECKING:
    from aecore.runs.result import Result

# Rows go through a network in blocks that are filled up, for the last digit of a row depends on
# how many there are.
BLOCK = 256


class RunEstimator(BaseEstimator):
    """What estimators that train an autoencoder have in common.

    Attributes:
        experiment: options that a user gave, nested or by dotted paths.
        result_: what training left, as `aecore.train` gives it.
    """

    experiment: Mapping[str, Any] | None
    result_: Result
    _run: bytes

    def _train(self, x: np.ndarray, own: dict[str, Any]) -> None:
        """Train on rows (n, features).

        Args:
            own: options of the estimator, which the user's stand above.
        """
        from aecore.run import save, train

        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "rows.npz")
            np.savez(source, x=x)
            tree = {**own, "data": {**own.get("data", {}), "source": str(source)}}
            given = by_path(self.experiment or {})
            result = train(Experiment.from_dict(with_values(tree, given)))
            save(result, Path(folder, "run"))
            self._run = _packed(Path(folder, "run"))
        self.result_ = result

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


def filled_up(x: np.ndarray) -> np.ndarray:
    """Rows (n, …), n at least 1, with the last one again until they are whole blocks."""
    return np.concatenate([x, np.repeat(x[-1:], -len(x) % BLOCK, axis=0)])


def _packed(folder: Path) -> bytes:
    """All files of a folder as the bytes of one archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    return packed.getvalue()
