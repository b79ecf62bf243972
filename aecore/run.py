"""The one module that sees every stage: from an experiment to a trained, measured autoencoder."""

from __future__ import annotations

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
    seen_by_encoder,
    training_errors,
)
from aecore.evaluation.observing import TrainingObserver
from aecore.experiment import Experiment
from aecore.experiment.compiling import xla_from
from aecore.experiment.tree import ExperimentTree
from aecore.models.autoencoder import Autoencoder
from aecore.models.building import build
from aecore.models.seeding import drawing_alone
from aecore.runs.in_memory import InMemory
from aecore.runs.loading import KeptContents
from aecore.runs.result import Result
from aecore.trained import OnTrained, Trained, save_measured, save_trained
from aecore.training import events
from aecore.training.batches import batch_count
from aecore.training.blocks import Streamed
from aecore.training.compiled_models import CompiledModelCache, copy_state
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
    on_trained: OnTrained = lambda trained, snapshots: None,
) -> Result:
    """Train and measure an experiment.

    Args:
        on_event: called with each event; the last is `finished`, `stopped` or `failed`.
        should_stop: asked several times a second; True ends training and keeps what was learned.
        callbacks: Keras callbacks, called as `model.fit` would.
        model_cache: makes further runs of the same kind start at once.
        on_trained: called with the trained model and its snapshots before it is measured.

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
        stop = should_stop or _never
        return _train(experiment, emit, stop, callbacks, kept, model_cache, on_trained)
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
    save_trained(
        folder,
        result.experiment,
        contents.preparation,
        contents.autoencoder,
        result.history,
        contents.snapshots,
        contents.first_numbers,
    )
    save_measured(folder, result.metrics, contents.samples, contents.scorer, contents.events)


def _train(
    experiment: Experiment,
    emit: events.Emit,
    should_stop: events.ShouldStop,
    callbacks: Sequence[keras.callbacks.Callback],
    kept: list[events.Event],
    model_cache: CompiledModelCache | None,
    on_trained: OnTrained,
) -> Result:
    trained, watcher = _trained(experiment, emit, should_stop, callbacks, model_cache)
    on_trained(trained, watcher.snapshots)
    figures = trained.measure(watcher.baselines)
    emit(figures.ending)
    contents = InMemory(
        trained.prepared.preparation,
        trained.model,
        figures.samples,
        watcher.snapshots,
        figures.scorer,
        events=kept,
        first_numbers=trained.first_numbers,
    )
    return Result(experiment, trained.history, figures.metrics, contents)


def _trained(
    experiment: Experiment,
    emit: events.Emit,
    should_stop: events.ShouldStop,
    callbacks: Sequence[keras.callbacks.Callback],
    model_cache: CompiledModelCache | None,
) -> tuple[Trained, TrainingObserver]:
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
    trained = Trained(
        experiment,
        prepared,
        model,
        history=outcome.history | (dict(keeper.followed) if keeper else {}),
        told={"data_digest": digest, **_epochs_told(outcome, keeper)},
        stopped=outcome.stopped,
        first_numbers=watcher.first_numbers(model),
    )
    return trained, watcher


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
    callbacks = [*([keeper] if keeper else []), *slower]
    loop, epochs = _loop(other, prepared, Compiled(model)), other.training.epochs
    outcome = loop.run(
        epochs, emit=lambda event: None, should_stop=should_stop, callbacks=callbacks
    )
    _refuse_diverged(outcome)
    return model


def _refuse_diverged(outcome: Outcome) -> None:
    if outcome.diverged_at is not None:
        cause = f"{events.DIVERGED} at epoch {outcome.diverged_at}."
        raise TrainingError(cause, "Try a smaller learning rate.")


def _compiled(experiment: Experiment, prepared: Prepared) -> Autoencoder:
    """The experiment's model with its optimizer, weights drawn by its seed."""
    training, rows = experiment.training, prepared.rows["train"]
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
