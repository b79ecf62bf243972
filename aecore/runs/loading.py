"""`load`: a run's folder as the `Result` that left it, in any process."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aecore.data.prepare import fitted_preparation
from aecore.data.prepare.fitted_preparation import FittedPreparation
from aecore.errors import DataError, LabError
from aecore.evaluation.samples import Samples
from aecore.experiment.tree import ExperimentTree
from aecore.runs.reading import read_events
from aecore.runs.refitting import refitted
from aecore.runs.result import Result
from aecore.training.events import Event
from aecore.training.files import read_history
from aecore.training.snapshot_history import SnapshotHistory

if TYPE_CHECKING:
    import keras

    from aecore.models.autoencoder import Autoencoder

REFITTED = (
    "This run kept no preparation, as runs of version 0.4 and before; it was fitted again from "
    "the data set, which has not changed since."
)
AGAIN = "Train it again, or choose another run."


def load(folder: Path | str) -> Result:
    """What `save` wrote: experiment, preparation, models, history, metrics, samples.

    Models, samples and the rest that is large are read when they are first asked for; Keras is not
    imported before.

    Raises:
        DataError: there is no run in the folder, or what says which run it is cannot be read.
    """
    folder = Path(folder)
    experiment = ExperimentTree.model_validate(_read_json(folder, "experiment.json"))
    metrics = _read_json(folder, "metrics.json")
    try:
        history = read_history(folder / "history.csv")
    except (OSError, ValueError, KeyError) as error:
        raise _unreadable("history.csv", error) from None
    return Result(experiment, history, metrics, KeptContents(folder, experiment, metrics))


class KeptContents:
    """A run's files, each read when it is first asked for.

    Attributes:
        folder: where they lie.
    """

    def __init__(self, folder: Path, experiment: ExperimentTree, metrics: dict[str, Any]) -> None:
        self.folder = folder
        self._experiment, self._metrics = experiment, metrics

    @property
    def preparation(self) -> FittedPreparation | None:
        """As it was kept or, in older runs, fitted again; None where that cannot be."""
        return self._preparation[0]

    @property
    def notes(self) -> tuple[str, ...]:
        """How the preparation was come by, where it was not kept."""
        return self._preparation[1]

    @cached_property
    def _preparation(self) -> tuple[FittedPreparation | None, tuple[str, ...]]:
        if fitted_preparation.is_kept(self.folder):
            return FittedPreparation.load(self.folder), ()
        try:
            digest = str(self._metrics.get("data_digest", ""))
            return refitted(self._experiment, digest, self.samples), (REFITTED,)
        except LabError as error:
            return None, (
                "This run kept no preparation, as runs of version 0.4 and before, and it cannot be "
                f"fitted again. {error.cause} Only samples that are scaled already can be coded.",
            )

    @cached_property
    def autoencoder(self) -> Autoencoder:
        """The whole model."""
        found: Autoencoder = self._model("autoencoder")
        return found

    @cached_property
    def encoder(self) -> keras.Model:
        """Sample -> code."""
        return self._model("encoder")

    @cached_property
    def decoder(self) -> keras.Model:
        """Code -> sample."""
        return self._model("decoder")

    @cached_property
    def samples(self) -> Samples:
        """As `Samples.load` reads them."""
        return Samples.load(self.folder / "samples.npz")

    @cached_property
    def snapshots(self) -> SnapshotHistory:
        """As `SnapshotHistory.load` reads them."""
        return SnapshotHistory.load(self.folder / "snapshots.npz")

    @cached_property
    def events(self) -> list[Event]:
        """As they were written; what was written half is left out."""
        path = self.folder / "events.jsonl"
        return list(read_events(path)) if path.is_file() else []

    def _model(self, name: str) -> Any:
        import keras

        from aecore.models.bottlenecks import BOTTLENECKS
        from aecore.models.seeding import drawing_alone

        for bottleneck in BOTTLENECKS.values():
            # Registers the layers that a saved model may hold.
            bottleneck.autoencoder()
        try:
            with drawing_alone():
                return keras.saving.load_model(self.folder / f"{name}.keras", safe_mode=True)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise _unreadable(f"{name}.keras", error) from None


def _read_json(folder: Path, name: str) -> dict[str, Any]:
    try:
        found = json.loads((folder / name).read_text("utf-8"))
    except FileNotFoundError:
        raise DataError(
            f"{folder} holds no run: there is no {name}.", "Give the folder that save(…) wrote."
        ) from None
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from None
    if not isinstance(found, dict):
        raise _unreadable(name, TypeError())
    return found


def _unreadable(name: str, error: Exception) -> DataError:
    return DataError(f"{name} of this run cannot be read ({type(error).__name__}).", AGAIN)
