"""`MeasuredFeatures`: what the codes of a run are good for, as its probes tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from aecore import plain_files
from aecore.data.prepare.prepared_data import Prepared
from aecore.evaluation.applied_rows import Model
from aecore.evaluation.features.scores import LabelCurve, SideScore, label_curve, probe_scores
from aecore.evaluation.features.sides import probed_rows
from aecore.evaluation.features.targets import target_of
from aecore.evaluation.probing import NEIGHBOURS
from aecore.experiment.tree import ExperimentTree

FEW_LABELS = "Learning from few labels"
# Two probes on each of four sides, what they are fitted to before, and few labels after.
STEPS = 10


@dataclass(frozen=True)
class MeasuredFeatures:
    """What probes make of the codes of a run, and of what stands beside these.

    Attributes:
        target: what was to be told.
        kind: `classes` or `numbers`.
        numbers, values: of a code, and of a sample.
        train, held_out: rows that probes learned from and were tried on.
        measured_on: `test` or `validation`.
        scores: of each probe on each side, and of chance.
        labels: how it goes with few labels; None where that was not measured.
        notes: sentences on what was left out.
    """

    target: str
    kind: str
    numbers: int
    values: int
    train: int
    held_out: int
    measured_on: str
    scores: tuple[SideScore, ...] = ()
    labels: LabelCurve | None = None
    notes: tuple[str, ...] = ()

    def score(self, probe: str, side: str) -> SideScore | None:
        """How well a probe does by a side; None where that was not measured."""
        found = (each for each in self.scores if (each.probe, each.side) == (probe, side))
        return next(found, None)

    def save(self, path: Path) -> None:
        """Write everything as JSON."""
        plain_files.write(path, self)

    @classmethod
    def load(cls, path: Path) -> MeasuredFeatures:
        """Read what `save` wrote.

        Raises:
            DataError: the file is missing or damaged.
        """
        return plain_files.read(path, cls, "What was measured of features")


def measure_features(
    experiment: ExperimentTree,
    prepared: Prepared,
    model: Model,
    target: str = "",
    on_doing: Callable[[str, int], None] = lambda doing, done: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Iterator[MeasuredFeatures]:
    """What is known after the probes, and after few labels; a stop leaves out the rest.

    Args:
        target: as in `target_of`.
        on_doing: told in words what is begun, and how many steps of `STEPS` are done.

    Raises:
        DataError: there is nothing that a probe could tell; why is said in a sentence.
    """
    on_doing("Coding rows", 0)
    wanted = target_of(prepared, target)
    rows = probed_rows(experiment, prepared, model, wanted)
    found = MeasuredFeatures(
        wanted.name,
        wanted.kind,
        rows.sides[0].train.shape[1],
        prepared.train[0].size,
        len(rows.train),
        len(rows.held_out),
        rows.measured_on,
        notes=_notes(len(rows.train), rows.sides[0].train.shape[1], prepared.train[0].size),
    )
    for done, (doing, scores) in enumerate(probe_scores(rows, wanted.kind, experiment.seed), 1):
        if should_stop():
            return
        found = replace(found, scores=tuple(scores))
        if doing:
            on_doing(doing, done)
    yield found
    on_doing(FEW_LABELS, STEPS - 1)
    curve = label_curve(rows, wanted.kind, experiment.seed, should_stop)
    yield replace(found, labels=curve)


def _notes(train: int, numbers: int, values: int) -> tuple[str, ...]:
    notes = []
    if train < NEIGHBOURS:
        notes.append(
            f"Nearest neighbours were left out: {NEIGHBOURS} are asked, and there are only {train} "
            "training rows."
        )
    if numbers > values:
        notes.append(
            f"The code has {numbers} numbers and a sample only {values} values: PCA has no more "
            f"than {values} components, and holds all that a sample does."
        )
    return tuple(notes)
