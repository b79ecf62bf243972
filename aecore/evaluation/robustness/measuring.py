"""`MeasuredRobustness`: what a run loses as its input is disturbed, beside PCA."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from aecore import plain_files
from aecore.data.prepare.prepared_data import Prepared
from aecore.errors import DataError
from aecore.evaluation.applied_rows import Model, given_to
from aecore.evaluation.baselines import fit_baselines
from aecore.evaluation.features.figures import Draws
from aecore.evaluation.robustness.disturbances import DisturbanceSpec, Ground, of_kind
from aecore.evaluation.robustness.levels import Level, Probes, Sides
from aecore.evaluation.robustness.tried_rows import TriedRows, own_rows, probes_for
from aecore.experiment.tree import ExperimentTree


@dataclass(frozen=True)
class MeasuredRobustness:
    """Figures by disturbance and strength.

    Attributes:
        rows: how many were disturbed.
        measured_on: `test`, `validation`, or the title of other data.
        numbers: of a code, and of PCA.
        target: what a probe told; empty where it told nothing.
        kind: of the target, `classes` or `numbers`.
        curves: disturbance -> clean rows first, then each strength.
        notes: sentences on what was left out.
    """

    rows: int
    measured_on: str
    numbers: int
    target: str = ""
    kind: str = "classes"
    curves: Mapping[str, tuple[Level, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def save(self, path: Path) -> None:
        """Write everything as JSON."""
        plain_files.write(path, self)

    @classmethod
    def load(cls, path: Path) -> MeasuredRobustness:
        """Read what `save` wrote.

        Raises:
            DataError: the file is missing or damaged.
        """
        return plain_files.read(path, cls, "What was measured of robustness")


def measure_robustness(
    experiment: ExperimentTree,
    prepared: Prepared,
    model: Model,
    given: TriedRows | None = None,
    on_doing: Callable[[str, float], None] = lambda doing, share: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Iterator[MeasuredRobustness]:
    """What is known after each disturbance; a stop leaves out the rest.

    PCA has as many numbers as the code, and is fitted on clean training rows, as probes are.

    Args:
        given: other rows than those held out.
        on_doing: told in words what is begun, and the share that is done.

    Raises:
        DataError: nothing can be disturbed in such data, or too few rows are there.
    """
    kinds = of_kind(prepared.dataset.kind)
    if not kinds:
        raise DataError(
            "Texts have no disturbance that could be measured.",
            "Choose a run of pictures, tables or series.",
        )
    on_doing("Coding rows", 0.0)
    found, trial = _begun(experiment, prepared, model, given or own_rows(prepared))
    clean = trial.level()
    for done, spec in enumerate(kinds):
        on_doing(spec.title, done / len(kinds))
        levels = [clean]
        for strength in spec.strengths:
            if should_stop():
                return
            levels.append(trial.level(spec, strength))
        found = replace(found, curves={**found.curves, spec.name: tuple(levels)})
        yield found


@dataclass(frozen=True)
class _Trial:
    """All that stays the same from one strength to the next."""

    x: np.ndarray
    sides: Sides
    probes: Probes | None
    ground: Ground
    draws: Draws
    seed: int

    def level(self, spec: DisturbanceSpec | None = None, strength: float = 0.0) -> Level:
        """What comes of disturbed rows; without a disturbance, of clean ones."""
        if spec is None:
            return self.sides.level(0.0, self.x, self.x, self.draws, self.probes)
        seen = spec.disturb(self.x, strength, self.ground, self.seed)
        wanted = spec.wanted(self.x, seen)
        return self.sides.level(strength, seen, wanted, self.draws, self.probes)


def _begun(
    experiment: ExperimentTree, prepared: Prepared, model: Model, given: TriedRows
) -> tuple[MeasuredRobustness, _Trial]:
    """What is known before anything is disturbed, and what is needed to do so."""
    seed = experiment.seed
    tried = given.chosen(seed)
    _refuse_unknown(model, tried)
    one = given_to(model, prepared.train[:1], prepared.labels(prepared.split.train[:1]))
    numbers = model.codes(one).shape[1]
    sides = Sides(model, fit_baselines(prepared.train, numbers), tried.labels)
    target, probes, why = probes_for(experiment, prepared, model, sides.baselines, tried)
    notes = tuple(note for note in (*tried.notes, why) if note)
    kind = probes.kind if probes else "classes"
    found = MeasuredRobustness(len(tried.x), tried.measured_on, numbers, target, kind, notes=notes)
    draws = Draws.of(len(tried.x), seed)
    return found, _Trial(tried.x, sides, probes, Ground.of(prepared.train), draws, seed)


def _refuse_unknown(model: Model, tried: TriedRows) -> None:
    """A model that is told the class takes no row without one."""
    if model.labels and (tried.labels is None or (tried.labels < 0).any()):
        raise DataError(
            "The run is conditional on the class, and some of these rows have none that it knows.",
            "Choose rows whose classes are those of the run.",
        )
