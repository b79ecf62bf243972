"""Each class held out in turn: how well runs that have not seen a class find its rows odd."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from aecore.errors import DataError
from aecore.evaluation.anomalies.by_class import ClassDetection, by_class
from aecore.experiment import Experiment
from aecore.run import train
from aecore.runs.scoring import score_held_out
from aecore.runs.training_data import training_data
from aecore.training.compiled_models import CompiledModelCache

MOST_CLASSES = 50


def classes_of(experiment: Experiment) -> tuple[str, ...]:
    """The classes that can be held out, one after another.

    Raises:
        DataError: there are fewer than two, or too many to train a run for each.
    """
    names = experiment.data.classes or experiment.facts.class_names
    if not 2 <= len(names) <= MOST_CLASSES:
        raise DataError(
            f"Each class can be held out of data with 2 to {MOST_CLASSES} classes, and this has "
            f"{len(names)}.",
            "Choose another data set, or name the column of its labels.",
        )
    return tuple(names)


def hold_each_out(
    experiment: Experiment,
    on_class: Callable[[str], None] = lambda name: None,
    should_stop: Callable[[], bool] = lambda: False,
    model_cache: CompiledModelCache | None = None,
) -> Iterator[ClassDetection]:
    """Train once for each class, on all others, and score held-out rows by the run's first score.

    A stop ends it after the class before.

    Args:
        on_class: told which class is held out before its run begins.

    Raises:
        DataError, TrainingError: as `train`.
    """
    names = classes_of(experiment)
    for name in names:
        on_class(name)
        others = [each for each in names if each != name]
        changed = experiment.replace(
            {"data.classes": others, "data.contamination": None, "data.forced_rows": ""}
        )
        result = train(changed, should_stop=should_stop, model_cache=model_cache)
        if should_stop():
            return
        prepared, raw = training_data(result)
        scored, _ = score_held_out(result, prepared, raw)
        normal = [scored.class_names.index(each) for each in others]
        assert scored.label is not None
        scores = scored.scores[result.scorer.default]
        (found,) = by_class(scores, scored.label, scored.class_names, normal)
        yield found
