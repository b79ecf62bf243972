"""Does every control reach the engine? Each is changed alone, and must change the run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pytest

from aecore import Experiment, train
from aecore.models.backbones import BACKBONES
from aecore.models.bottlenecks import BOTTLENECKS
from aecore.models.corruptions import CORRUPTIONS
from aecore.settings import Control, value_at
from aecore.training.compiled_models import CompiledModelCache
from aecore.training.stops import STOPS
from docs.reference import every_control
from tests.training.tables import animals

# SGD and few layers: most of the time goes into tracing, not into training.
BASE = {
    "data.source": "digits",
    "training.loss": "mae",
    "training.epochs": 2,
    "training.optimizer": "sgd",
    "training.learning_rate": 0.02,
    "training.batch_size": 256,
}
SMALL = {
    "dense": {"model.backbone.units": [16]},
    "convolutional": {"model.backbone.filters": [4]},
    "convolutional-1d": {"model.backbone.filters": [4]},
    "recurrent": {"model.backbone.units": [4]},
}
# A validation loss that goes up and down.
JUMPY = {"training.epochs": 20, "training.optimizer": "adam", "training.learning_rate": 0.2}
STREAM = {"data.source": "sensor-stream", "data.rows": 2000, "training.loss": "mse"}
STREAM |= {"preprocessing.scaling": "standardize"}
ANIMALS = {"data.source": animals(), "training.loss": "mse"}
ANIMALS |= {"preprocessing.scaling": "standardize"}
TEXTS = {"data.source": animals("remark"), "training.loss": "mse"}
TEXTS |= {"preprocessing.scaling": "none", "preprocessing.max_terms": 6}
# What must be chosen for an option to matter.
NEEDS = {
    "data.roles": ANIMALS,
    "data.contamination": {"data.classes": ["3", "8"]},
    "preprocessing.missing": ANIMALS,
    "preprocessing.max_categories": ANIMALS,
    "preprocessing.max_terms": TEXTS,
    "preprocessing.colour": {"data.source": animals("picture")},
    "preprocessing.window_length": STREAM,
    "preprocessing.window_stride": STREAM,
    "model.bottleneck.decoder_variance": {"training.loss": "mse"},
    "model.bottleneck.variance": {
        "training.loss": "mse",
        "model.bottleneck.decoder_variance": "fixed",
    },
    "model.conditional": {"model.bottleneck.kind": "variational"},
    "model.penalties.sparsity_target": {"model.penalties.kl_sparsity": 1.0},
    "training.stop.patience": {**JUMPY, "training.stop.patience": 1},
    "training.stop.kind": JUMPY,
    # Still moving when it no longer gets better.
    "training.schedule": {**JUMPY, "model.backbone.activation": "tanh"},
}
OTHERS: dict[str, Any] = {
    "data.source": "breast-cancer",
    "data.roles": {"height": "ignore"},
    "data.classes": ["3", "8"],
    "data.rows": 500,
    "data.left_out_rows": "3, 10-400",
    "data.forced_rows": "3, 10-400",
    "data.contamination": 0.2,
    "data.validation_fraction": 0.4,
    "preprocessing.max_categories": 3,
    "preprocessing.max_terms": 4,
    "data.test_fraction": 0.1,
    "data.calibration_fraction": 0.1,
    "training.learning_rate": 0.005,
    "training.clip_norm": 0.001,
    "model.output_activation": "linear",
    "model.bottleneck.vector_size": 2,
    "model.bottleneck.warm_up_epochs": 5,
    "model.bottleneck.free_bits": 1.0,
    "model.bottleneck.variance": 2.0,
    "model.bottleneck.discriminator_learning_rate": 0.01,
    "model.backbone.kernel": 2,
}
# Choices that are Keras's own, or that other tests train, as they do every kind of part.
ONE_WILL_DO = ("data.source", "model.backbone.activation")


def others(control: Control, value: Any) -> list[Any]:
    """Values that the option does not have: of a choice all, where no other test tries them."""
    if control.path in OTHERS:
        return [OTHERS[control.path]]
    if control.start is not None and value is None:
        return [control.start]
    if control.kind == "choice":
        found = [choice.value for choice in control.choices if choice.value != value]
        return found[:1] if control.members or control.path in ONE_WILL_DO else found
    if control.kind == "boolean":
        return [not value]
    if control.kind == "integers":
        return [[value[0] + 1, *value[1:]]]
    return [value + 1 if control.kind == "integer" else value + 0.3]


def kinds_with(path: str) -> list[str]:
    """The kinds of a part that have this option of their own; an empty text where it has none."""
    part, _, name = path.rpartition(".")
    if name == "kind":
        return [""]
    members = FAMILIES.get(part, {}).values()
    return [spec.name for spec in members if name in spec.settings.model_fields] or [""]


FAMILIES: dict[str, Mapping[str, Any]] = {
    "model.backbone": BACKBONES,
    "model.bottleneck": BOTTLENECKS,
    "model.corruption": CORRUPTIONS,
    "training.stop": STOPS,
}
# How a file is read has files of its own in which each option matters: see
# tests/data/test_reading_controls.py.
CONTROLS = {
    control.path: control
    for control in every_control()
    if not control.path.startswith("data.reading.")
}
# Kinds may share an option's name, and each of them must hear of it.
CASES = [
    pytest.param(control, kind, id=f"{path}-{kind}" if kind else path)
    for path, control in CONTROLS.items()
    for kind in kinds_with(path)
]
# As in the app's worker: what only another control changed must not come back from it.
BENCH = CompiledModelCache()


def base_for(control: Control, kind: str) -> Experiment:
    """A quick experiment in which the control matters."""
    part = control.path.rpartition(".")[0]
    of_the_kind = {f"{part}.kind": kind} if kind else {}
    chosen = Experiment().replace({**BASE, **of_the_kind, **NEEDS.get(control.path, {})})
    return chosen.replace(SMALL[chosen.model.backbone.kind])


@lru_cache(maxsize=64)
def outcome(experiment_json: str) -> tuple[Any, ...]:
    """What came of an experiment: its losses and what they were measured on."""
    result = train(Experiment.from_json(experiment_json), model_cache=BENCH)
    # Not all curves: a penalty that is always zero would still be one more.
    losses = json.dumps([result.history["loss"], result.history["val_loss"]])
    return losses, result.metrics["rows"], result.metrics["measured_on"]


@pytest.mark.parametrize(("control", "kind"), CASES)
def test_every_control_changes_the_run(control: Control, kind: str) -> None:
    """No control is a dummy: each value changes the curves or what is measured, on each kind."""
    base = base_for(control, kind)
    values = others(control, value_at(base, control.path))
    own_samples = [base, *(base.replace({control.path: value}) for value in values)]
    assert len({outcome(experiment.to_json()) for experiment in own_samples}) == len(own_samples)
