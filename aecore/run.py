"""The one module that sees every stage: from an experiment to a trained, measured autoencoder."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import keras

from aecore import data, environment
from aecore.data.prepare.preparing import Prepared, prepare
from aecore.data.prepare.streamed import StreamedPrepared
from aecore.data.profile.telling import data_told
from aecore.data.scalings import in_unit_interval
from aecore.errors import DataError, LabError, TrainingError
from aecore.evaluation.measuring import (
    given_to_model,
    measured,
    scorer_of,
    seen_by_encoder,
    training_errors,
)
from aecore.evaluation.observing import TrainingObserver
from aecore.experiment import Experiment
from aecore.experiment.compiling import xla_from
from aecore.experiment.tree import ExperimentTree
from aecore.models import archives
from aecore.models.autoencoder import Autoencoder
from aecore.models.building import build
from aecore.models.seeding import drawing_alone
from aecore.runs.in_memory import InMemory
from aecore.runs.loading import KeptContents
from aecore.runs.result import Result
from aecore.training import events
from aecore.training.batches import batch_count
from aecore.training.blocks import Streamed
from aecore.training.compiled_models import CompiledModelCache, copy_state
from aecore.training.files import write_events, write_history
from aecore.training.loop import Compiled, Loop, Outcome
from aecore.training.optimizers import OPTIMIZERS
from aecore.training.schedules import SCHEDULES
from aecore.training.stops import STOPS, KeepsWeights
from aecore.training.watching import Watched

__all__ = ["Result", "save", "train"]


def train(
    experiment: Experiment,
    on_event: events.Emit | None = None,
    should_stop: events.ShouldStop | None = None,
    callbacks: Sequence[keras.callbacks.Callback] = (),
    model_cache: CompiledModelCache | None = None,
) -> Result:
    """Train and measure an experiment.

    Args:
        on_event: called with each event; the last is `finished`, `stopped` or `failed`.
        should_stop: asked several times a second; True ends training and keeps what was learned.
        callbacks: Keras callbacks, called as `model.fit` would.
        model_cache: makes further runs of the same kind start at once.

    Raises:
        DataError: the data set cannot be read or does not suit the experiment.
        TrainingError: the loss became infinite or no number, or Keras runs on another backend.
    """
    environment.refuse_other_backend()
    kept: list[events.Event] = []

    def emit(event: events.Event) -> None:
        if event["event"] != "progress":
            kept.append(event)
        if on_event is not None:
            on_event(event)

    try:
        return _train(experiment, emit, should_stop or _never, callbacks, kept, model_cache)
    except LabError as error:
        emit(events.ended("failed", cause=error.cause, remedy=error.remedy))
        raise


def save(result: Result, folder: Path | str) -> None:
    """Write a result's files: experiment, preparation, history, metrics, models, samples, events.

    `aecore.models.archives` says what the files of models hold.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    contents = result.contents
    if isinstance(contents, KeptContents):
        shutil.copytree(contents.folder, folder, dirs_exist_ok=True)
        return
    assert isinstance(contents, InMemory)
    (folder / "experiment.json").write_text(result.experiment.to_json() + "\n", "utf-8")
    result.preparation.save(folder)
    (folder / "metrics.json").write_text(json.dumps(result.metrics, indent=2) + "\n", "utf-8")
    write_history(result.history, folder / "history.csv")
    archives.write(result.autoencoder, folder)
    result.samples.save(folder / "samples.npz")
    contents.snapshots.save(folder / "snapshots.npz")
    contents.scorer.save(folder)
    if contents.first_numbers is not None:
        contents.first_numbers.save(folder)
    write_events(result.events, folder / "events.jsonl")


def _train(
    experiment: Experiment,
    emit: events.Emit,
    should_stop: events.ShouldStop,
    callbacks: Sequence[keras.callbacks.Callback],
    kept: list[events.Event],
    model_cache: CompiledModelCache | None,
) -> Result:
    source, reading = experiment.data.source, experiment.data.reading
    raw, sheet = data.checked(source, reading)
    options = experiment.preparation_options
    prepared = prepare(options, raw, should_stop, columns=sheet.columns)
    # Files may change or go away while they train.
    digest = data.digest(source, reading)
    _refuse_values_beyond_sigmoid(experiment, prepared)
    model = _compiled(experiment, prepared)
    emit(events.started(experiment.to_dict(), prepared.rows, _parameters(model)))
    taken = sum(prepared.total(part) for part in ("training", "validation", "calibration", "test"))
    emit(events.data_read(**data_told(sheet, experiment.preparation_options, taken)))

    keeper, slower = _watching(experiment, prepared)
    watcher = TrainingObserver(experiment, prepared, emit)
    compiled = (
        Compiled(model)
        if model_cache is None
        else model_cache.borrow(model, lambda: _compiled(experiment, prepared))
    )
    outcome = _loop(experiment, prepared, compiled).run(
        experiment.training.epochs,
        emit=emit,
        should_stop=should_stop,
        callbacks=[*callbacks, *([keeper] if keeper else []), *slower, watcher],
    )
    if model_cache is not None:
        copy_state(compiled.model, model)
    _refuse_diverged(outcome)
    metrics, samples = measured(experiment, prepared, model, watcher.baselines)
    metrics |= {"data_digest": digest, **_epochs_told(outcome, keeper)}
    scorer = scorer_of(experiment, prepared, model)
    first_numbers = watcher.first_numbers(model)
    emit(events.ended("stopped" if outcome.stopped else "finished", metrics=metrics))
    return Result(
        experiment=experiment,
        history=outcome.history | (dict(keeper.followed) if keeper else {}),
        metrics=metrics,
        contents=InMemory(
            prepared.preparation, model, samples, watcher.snapshots, scorer, kept, first_numbers
        ),
    )


def untrained(experiment: ExperimentTree, prepared: Prepared) -> Autoencoder:
    """The experiment's model as it is before training: its weights are drawn by its seed."""
    with drawing_alone(experiment.seed):
        return build(
            experiment.design,
            prepared.train.shape[1:],
            value_range=prepared.value_range,
            steps_an_epoch=1,
        )


def trained_again(
    experiment: Experiment, prepared: Prepared, seed: int, should_stop: events.ShouldStop
) -> Autoencoder:
    """The experiment's model trained on the same rows, its weights and batches by another seed.

    Raises:
        TrainingError: the loss became infinite or no number.
    """
    other = experiment.replace({"seed": seed})
    model = _compiled(other, prepared)
    keeper, slower = _watching(other, prepared)
    outcome = _loop(other, prepared, Compiled(model)).run(
        other.training.epochs,
        emit=lambda event: None,
        should_stop=should_stop,
        callbacks=[*([keeper] if keeper else []), *slower],
    )
    _refuse_diverged(outcome)
    return model


def _refuse_diverged(outcome: Outcome) -> None:
    if outcome.diverged_at is not None:
        cause = f"The loss diverged at epoch {outcome.diverged_at}."
        raise TrainingError(cause, "Try a smaller learning rate.")


def _compiled(experiment: Experiment, prepared: Prepared) -> Autoencoder:
    """The experiment's model with its optimizer, weights drawn by its seed."""
    training = experiment.training
    rows = prepared.rows["train"]
    steps_an_epoch = batch_count(rows, training.batch_size, experiment.least_rows)
    with drawing_alone(experiment.seed):
        model = build(
            experiment.design,
            prepared.train.shape[1:],
            value_range=prepared.value_range,
            steps_an_epoch=steps_an_epoch,
        )
    steps = training.epochs * steps_an_epoch
    rate = SCHEDULES[training.schedule].rate(training.learning_rate, steps)
    model.compile(optimizer=OPTIMIZERS[training.optimizer].build(rate, training.clip_norm))
    return model


def _parameters(model: keras.Model) -> int:
    """The number of trained numbers."""
    return sum(math.prod(variable.shape) for variable in model.trainable_variables)


def _loop(experiment: Experiment, prepared: Prepared, compiled: Compiled) -> Loop:
    training, clean, split = experiment.training, prepared.validation, prepared.split
    seen = seen_by_encoder(experiment, prepared, clean)
    train = (
        Streamed(prepared.stream, training.batch_size, experiment.seed, experiment.least_rows)
        if isinstance(prepared, StreamedPrepared)
        else given_to_model(experiment, prepared, prepared.train, split.train)
    )
    return Loop(
        compiled,
        train,
        (given_to_model(experiment, prepared, seen, split.validation), clean),
        batch_size=training.batch_size,
        seed=experiment.seed,
        xla_from=xla_from(experiment, prepared.rows["train"]),
        least_rows=experiment.least_rows,
    )


def _watching(
    experiment: Experiment, prepared: Prepared
) -> tuple[KeepsWeights | None, list[keras.callbacks.Callback]]:
    """What watches how epochs go: one that may end training, and one that slows it down."""
    training, bottleneck = experiment.training, experiment.bottleneck
    watched = Watched(bottleneck.not_compared, bottleneck.warm_up(experiment.model.bottleneck))
    stop = STOPS[training.stop.kind]
    keeper = stop.keeper(training.stop, watched, partial(training_errors, experiment, prepared))
    schedule = SCHEDULES[training.schedule]
    for each in (stop, schedule):
        if each.watches_validation and not len(prepared.validation):
            raise DataError(
                f"{each.title} watches the validation loss, and no sample is left to work it out "
                "on.",
                "Raise the validation share, take shorter windows, or choose another.",
            )
    return keeper, schedule.callbacks(watched)


def _epochs_told(outcome: Outcome, keeper: KeepsWeights | None) -> dict[str, int]:
    """Epochs trained, and the one (from 1) whose weights were kept."""
    epochs = len(outcome.history.get("loss", []))
    kept = keeper.kept_epoch if keeper else None
    return {"epochs": epochs, "best_epoch": epochs if kept is None else kept}


def _refuse_values_beyond_sigmoid(experiment: Experiment, prepared: Prepared) -> None:
    """Unscaled values of a file are known only once it is read."""
    if not experiment.squeezes_output or experiment.scaling.unit_interval:
        return
    low, high = prepared.value_range
    if in_unit_interval((low, high)):
        return
    what = experiment.loss.title if experiment.loss.unit_interval else "A sigmoid output"
    raise DataError(
        f"{what} needs values from 0 to 1, and this data set's run from {low:g} to {high:g}.",
        "Choose min-max scaling.",
    )


def _never() -> bool:
    return False
