"""`MeasuredDimensions`: what a run tells of the dimensions of its data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from aecore import plain_files
from aecore.data.prepare.preparing import Prepared
from aecore.errors import DataError
from aecore.evaluation.applied_rows import Model
from aecore.evaluation.dimensions.curves import Curves, measure_curves
from aecore.evaluation.dimensions.intrinsic import IntrinsicDimension, intrinsic_dimension
from aecore.evaluation.dimensions.probes import ProbeCurve, measure_probes
from aecore.experiment.tree import ExperimentTree


@dataclass(frozen=True)
class MeasuredDimensions:
    """Error and accuracy against the encoding dimension, and the data's own dimension.

    Attributes:
        curves: errors on held-out rows.
        intrinsic: of the training rows; None where it cannot be estimated.
        probes: of labelled data; None where there is nothing to tell.
        notes: why what is None is, in sentences.
    """

    curves: Curves
    intrinsic: IntrinsicDimension | None = None
    probes: ProbeCurve | None = None
    notes: tuple[str, ...] = ()

    def save(self, path: Path) -> None:
        """Write everything as JSON."""
        plain_files.write(path, self)

    @classmethod
    def load(cls, path: Path) -> MeasuredDimensions:
        """Read what `save` wrote.

        Raises:
            DataError: the file is missing or damaged.
        """
        return plain_files.read(path, cls, "What was measured of dimensions")


def measure_dimensions(
    experiment: ExperimentTree,
    prepared: Prepared,
    model: Model | None,
    on_doing: Callable[[str], None] = lambda doing: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Iterator[MeasuredDimensions]:
    """What is known after each step, the last time all; a stop leaves out the rest.

    Args:
        model: the trained autoencoder; its code is looked at in parts only if it is ordered.
    """
    if not experiment.model.penalties.ordered:
        model = None
    on_doing(STEPS[0])
    found = MeasuredDimensions(measure_curves(experiment, prepared, model, should_stop))
    yield found
    for step, measure in ((STEPS[1], _with_intrinsic), (STEPS[2], _with_probes)):
        if should_stop():
            return
        on_doing(step)
        try:
            found = measure(found, experiment, prepared, model, should_stop)
        except DataError as error:
            found = replace(found, notes=(*found.notes, str(error)))
        yield found


def _with_intrinsic(
    found: MeasuredDimensions,
    experiment: ExperimentTree,
    prepared: Prepared,
    model: Model | None,
    should_stop: Callable[[], bool],
) -> MeasuredDimensions:
    return replace(found, intrinsic=intrinsic_dimension(prepared.train, experiment.seed))


def _with_probes(
    found: MeasuredDimensions,
    experiment: ExperimentTree,
    prepared: Prepared,
    model: Model | None,
    should_stop: Callable[[], bool],
) -> MeasuredDimensions:
    return replace(found, probes=measure_probes(experiment, prepared, model, should_stop))


# In words, one after another.
STEPS = ("Measuring errors", "Estimating the dimension of the data", "Probing for classes")
