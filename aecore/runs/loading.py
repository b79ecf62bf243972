"""`load`: a run's folder as the `Result` that left it, in any process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aecore.data.prepare import fitted_preparation
from aecore.data.prepare.fitted_preparation import FittedPreparation
from aecore.errors import DataError, LabError
from aecore.evaluation.anomalies.scorer import Scorer
from aecore.evaluation.samples import Samples
from aecore.experiment.stored import StoredExperiment
from aecore.runs.kept_events import kept_events
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
    stored = StoredExperiment.from_dict(_read_json(folder, "experiment.json"))
    metrics = _read_json(folder, "metrics.json")
    try:
        history = read_history(folder / "history.csv")
    except (OSError, ValueError, KeyError) as error:
        raise _unreadable("history.csv", error) from None
    return Result(stored.tree, history, metrics, KeptContents(folder, stored, metrics))


class KeptContents:
    """A run's files, each read when it is first asked for.

    Attributes:
        folder: where they lie.
    """

    def __init__(self, folder: Path, stored: StoredExperiment, metrics: dict[str, Any]) -> None:
        self.folder = folder
        self._stored, self._metrics = stored, metrics

    @property
    def preparation(self) -> FittedPreparation | None:
        """As it was kept or, in older runs, fitted again; None where that cannot be."""
        return self._preparation[0]

    @property
    def notes(self) -> tuple[str, ...]:
        """What of the settings cannot be read, and where the preparation comes from if not kept."""
        return (*self._stored.notes, *self._preparation[1])

    @cached_property
    def _preparation(self) -> tuple[FittedPreparation | None, tuple[str, ...]]:
        if fitted_preparation.is_kept(self.folder):
            return FittedPreparation.load(self.folder), ()
        try:
            digest = str(self._metrics.get("data_digest", ""))
            return refitted(self._stored.tree, digest, self.samples), (REFITTED,)
        except LabError as error:
            return None, (
                "This run kept no preparation, as runs of version 0.4 and before, and it cannot be "
                f"fitted again. {error.cause} Only samples that are scaled already can be coded.",
            )

    @cached_property
    def autoencoder(self) -> Autoencoder:
        """The whole model, compiled as it was."""
        from aecore.models import archives

        with _told("model"):
            return archives.read_training(self.folder)

    @cached_property
    def encoder(self) -> keras.Model:
        """Sample -> code."""
        from aecore.models import archives

        with _told("encoder"):
            return archives.with_code_alone(archives.read(self.folder / "encoder.keras"))

    @cached_property
    def decoder(self) -> keras.Model:
        """Code -> sample."""
        from aecore.models import archives

        with _told("decoder"):
            return archives.read(self.folder / "decoder.keras")

    @cached_property
    def samples(self) -> Samples:
        """As `Samples.load` reads them."""
        return Samples.load(self.folder / "samples.npz")

    @cached_property
    def snapshots(self) -> SnapshotHistory:
        """As `SnapshotHistory.load` reads them."""
        return SnapshotHistory.load(self.folder / "snapshots.npz")

    @cached_property
    def scorer(self) -> Scorer:
        """As `Scorer.load` reads it."""
        return Scorer.load(self.folder)

    @cached_property
    def events(self) -> list[Event]:
        """As they were written; what was written half is left out."""
        return list(kept_events(self.folder / "events.jsonl"))


@contextmanager
def _told(part: str) -> Iterator[None]:
    """Turns what Keras raises on a file that is missing or damaged into a sentence."""
    try:
        yield
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise _unreadable(f"The {part}", error) from None


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
