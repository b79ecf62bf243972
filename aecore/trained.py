"""`Trained`: a model that has been trained and is not measured yet; it is kept before that.

To measure takes memory and time, and what ends the process meanwhile must not cost the training.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aecore import data
from aecore.data.prepare.fitted_preparation import FittedPreparation
from aecore.data.prepare.preparing import Prepared, prepare
from aecore.errors import DataError
from aecore.evaluation.anomalies.scorer import Scorer
from aecore.evaluation.baselines import Baselines, fit_baselines
from aecore.evaluation.measuring import measured, scorer_of
from aecore.evaluation.samples import Samples
from aecore.experiment import Experiment
from aecore.experiment.tree import ExperimentTree
from aecore.models import archives, blueprint
from aecore.models.autoencoder import Autoencoder
from aecore.runs.artifacts import UNMEASURED
from aecore.training.events import Event, ended
from aecore.training.files import read_history, write_events, write_history
from aecore.training.first_numbers import FirstNumbers
from aecore.training.snapshot_recorder import SnapshotRecorder


@dataclass(frozen=True)
class Trained:
    """A model that has been trained.

    Attributes:
        experiment: what was asked for.
        prepared: the rows that it was trained on and is measured on.
        model: the model, with the weights that are kept.
        history: one list an entry of the logs, an item an epoch.
        told: what is known before it is measured, as in the figures: `data_digest`, `epochs` and
            `best_epoch`.
        stopped: whether somebody stopped it.
        first_numbers: samples by the first numbers of an ordered code; None of another.
    """

    experiment: Experiment
    prepared: Prepared
    model: Autoencoder
    history: dict[str, list[float]]
    told: dict[str, Any]
    stopped: bool
    first_numbers: FirstNumbers | None = None

    def measure(self, baselines: Baselines | None = None) -> Figures:
        """What the model is worth, and what is kept of that.

        Args:
            baselines: those of the training rows, where somebody has them already.
        """
        if baselines is None:
            model, loss = self.experiment.model, self.experiment.training.loss
            baselines = fit_baselines(self.prepared.train, model.encoding_dim, loss)
        metrics, samples = measured(self.experiment, self.prepared, self.model, baselines)
        scorer = scorer_of(self.experiment, self.prepared, self.model)
        return Figures(metrics | self.told, samples, scorer, self.stopped)

    def save(self, folder: Path, snapshots: SnapshotRecorder) -> None:
        """Write what there is before it is measured, and a file that says so."""
        save_trained(
            folder,
            self.experiment,
            self.prepared.preparation,
            self.model,
            self.history,
            snapshots,
            self.first_numbers,
        )
        told = {"told": self.told, "stopped": self.stopped}
        (folder / UNMEASURED).write_text(json.dumps(told), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> Trained:
        """What `save` wrote, its rows prepared again.

        Raises:
            DataError: a file is missing or damaged, or the data set has changed since.
        """
        try:
            known = json.loads((folder / UNMEASURED).read_text("utf-8"))
            told, stopped = dict(known["told"]), bool(known["stopped"])
            experiment = Experiment.from_json((folder / "experiment.json").read_bytes())
            history = read_history(folder / "history.csv")
            model = archives.read_training(folder)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise DataError(
                f"What was kept of this run cannot be read ({type(error).__name__}).",
                "Train it again.",
            ) from error
        prepared = _prepared(experiment, told)
        return cls(experiment, prepared, model, history, told, stopped)


# Hears of a model once it has trained, with its snapshots.
OnTrained = Callable[[Trained, SnapshotRecorder], None]


@dataclass(frozen=True)
class Figures:
    """What was measured of a trained model.

    Attributes:
        metrics: the figures, as in the last event.
        samples: rows with their reconstructions and codes.
        scorer: tells how odd a row is.
        stopped: whether somebody stopped the training.
    """

    metrics: dict[str, Any]
    samples: Samples
    scorer: Scorer
    stopped: bool

    @property
    def ending(self) -> Event:
        """The last event of the run."""
        return ended("stopped" if self.stopped else "finished", metrics=self.metrics)

    def save(self, folder: Path, events: Iterable[Event]) -> None:
        """Write what `Trained.save` could not yet; the last of the events is `ending`."""
        save_measured(folder, self.metrics, self.samples, self.scorer, events)


def save_trained(
    folder: Path,
    experiment: ExperimentTree,
    preparation: FittedPreparation,
    model: Autoencoder,
    history: Mapping[str, Sequence[float]],
    snapshots: SnapshotRecorder,
    first_numbers: FirstNumbers | None,
) -> None:
    """Write what there is once a run has trained: settings, preparation, models, curve, film."""
    (folder / "experiment.json").write_text(experiment.to_json() + "\n", "utf-8")
    preparation.save(folder)
    write_history(history, folder / "history.csv")
    archives.write(model, folder)
    blueprint.write(folder, model, experiment.output_activation)
    snapshots.save(folder / "snapshots.npz")
    if first_numbers is not None:
        first_numbers.save(folder)


def save_measured(
    folder: Path,
    metrics: Mapping[str, Any],
    samples: Samples,
    scorer: Scorer,
    events: Iterable[Event],
) -> None:
    """Write what there is once it has been measured: figures, samples, scorer, all events."""
    (folder / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n", "utf-8")
    samples.save(folder / "samples.npz")
    scorer.save(folder)
    write_events(events, folder / "events.jsonl")


def _prepared(experiment: Experiment, told: Mapping[str, Any]) -> Prepared:
    source, reading = experiment.data.source, experiment.data.reading
    raw, sheet = data.checked(source, reading)
    if data.digest(source, reading) != told.get("data_digest"):
        raise DataError(
            "The data set has changed since this run was trained, and it was not measured yet.",
            "Train it again.",
        )
    return prepare(experiment.preparation_options, raw, columns=sheet.columns)
