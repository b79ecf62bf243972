"""Which encoding dimension: one training of all, estimates, and separate trainings, in one go."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from aecore import data
from aecore.data.prepare.preparing import Prepared, prepare
from aecore.errors import ExperimentError
from aecore.evaluation.dimensions.advice import Advice, Evidence, advise
from aecore.evaluation.dimensions.measuring import MeasuredDimensions, measure_dimensions
from aecore.experiment import Experiment
from aecore.progress import Emit, ShouldStop
from aecore.run import train
from aecore.runs.result import Result
from aecore.search.encoding_dimensions import ladder, longest, ordered, separate
from aecore.training.compiled_models import CompiledModelCache


@dataclass(frozen=True)
class Explored:
    """What was found of an experiment's encoding dimension.

    Attributes:
        measured: curves, estimates and probes.
        separate: held-out errors of separate trainings, one a seed, by encoding dimension.
    """

    measured: MeasuredDimensions
    separate: dict[int, list[float]] = field(default_factory=dict)

    @property
    def advice(self) -> Advice:
        """Which to take, and why."""
        return advise(Evidence(self.measured.curves, self.separate, self.measured.intrinsic))


def explore_dimensions(
    experiment: Experiment,
    dimensions: Sequence[int] = (),
    seeds: int = 0,
    emit: Emit = lambda event: None,
    should_stop: ShouldStop = lambda: False,
) -> Explored:
    """Train the experiment with an ordered code, and separately at some encoding dimensions.

    A stop ends it after the training under way, which ends at once.

    Args:
        dimensions: for separate trainings; powers of two where none are named.
        seeds: how many separate trainings of each dimension; 0 is none.
        emit: told `progress`, what each part found, and each training's error.

    Raises:
        ExperimentError: the code cannot be ordered and no separate trainings are asked for, or one
            of the dimensions does not go together with the rest.
        DataError, TrainingError: as `train`, or there are too many trainings.
    """
    top = max(dimensions, default=longest(experiment))
    asked = list(separate(experiment, dimensions or ladder(top), seeds)) if seeds else []
    cache = CompiledModelCache()
    try:
        longer = ordered(experiment, top)
    except ExperimentError as error:
        if not asked:
            raise
        emit({"event": "not_ordered", "cause": error.cause})
        longer, model = asked[-1], None
    else:
        emit({"event": "progress", "doing": f"Training an ordered code of {top}"})
        model = _timed(longer, emit, should_stop, cache).autoencoder
    prepared = _prepared(longer)
    # Advice needs all of it, and it takes seconds: a stop does not break it off.
    *_, told = measure_dimensions(longer, prepared, model)
    emit({"event": "measured", **asdict(told)})
    found: dict[int, list[float]] = {}
    for each in asked:
        if should_stop():
            break
        result = _timed(each, emit, should_stop, cache)
        if not should_stop():
            found.setdefault(each.model.encoding_dim, []).append(float(result.metrics["mse"]))
    return Explored(told, found)


def _timed(
    experiment: Experiment, emit: Emit, should_stop: ShouldStop, cache: CompiledModelCache
) -> Result:
    """A training, told with its error and how long it took."""
    began = time.perf_counter()
    result = train(experiment, should_stop=should_stop, model_cache=cache)
    emit(
        {
            "event": "trained",
            "encoding_dim": experiment.model.encoding_dim,
            "ordered": experiment.model.penalties.ordered,
            "seed": experiment.seed,
            "mse": result.metrics["mse"],
            "seconds": round(time.perf_counter() - began, 2),
        }
    )
    return result


def _prepared(experiment: Experiment) -> Prepared:
    raw, sheet = data.checked(experiment.data.source, experiment.data.reading)
    return prepare(experiment.preparation_options, raw, lambda: False, columns=sheet.columns)
