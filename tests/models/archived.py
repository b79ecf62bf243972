"""Cases of what a run keeps as archives, and what the run's own models make of some samples."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import keras
import numpy as np

from aecore import Experiment
from aecore.errors import ExperimentError
from aecore.models import archives
from aecore.models.autoencoder import Autoencoder
from aecore.models.backbones import BACKBONES
from aecore.models.bottlenecks import BOTTLENECKS
from aecore.models.building import build

ROWS, CLASSES, STEPS = 5, 10, 7
SMALLER: dict[str, dict[str, Any]] = {
    "convolutional": {"model.backbone.filters": [4, 4]},
    "convolutional-1d": {"model.backbone.filters": [4]},
    "recurrent": {"model.backbone.units": [6]},
    "dense": {"model.backbone.units": [12, 10]},
}
TIED = {"model.backbone.tied": True}
MAP = {"model.backbone.layout": "map"}
K_SPARSE = {"model.penalties.k_sparse": 3}
NORMALISED = {"model.penalties.batch_normalization": True, "model.penalties.dropout": 0.2}
CONDITIONAL = {"model.conditional": True}
WITHOUT_HIDDEN_LAYERS = {"model.backbone.units": []}
OPTIONS: dict[str, dict[str, Any]] = {
    "": {},
    "conditional": CONDITIONAL,
    "tied": TIED,
    "map": MAP,
    "k-sparse": K_SPARSE,
    "tied k-sparse": {**TIED, **K_SPARSE},
    "map k-sparse": {**MAP, **K_SPARSE},
    "normalised": NORMALISED,
    "normalised conditional": {**NORMALISED, **CONDITIONAL},
    "tied normalised": {**TIED, **NORMALISED},
    "without hidden layers": WITHOUT_HIDDEN_LAYERS,
    "tied without hidden layers": {**TIED, **WITHOUT_HIDDEN_LAYERS},
}


def admitted(backbone: str, bottleneck: str, options: dict[str, Any]) -> Experiment | None:
    """The experiment on small digits, if these parts go together."""
    changes = {
        "data.source": "digits",
        "model.encoding_dim": 8,
        "model.backbone.kind": backbone,
        "model.bottleneck.kind": bottleneck,
        **SMALLER[backbone],
    }
    try:
        return Experiment().replace(changes).replace(options)
    except ExperimentError:
        return None


CASES: dict[str, Experiment] = {
    f"{backbone} {bottleneck} {option}".strip(): experiment
    for backbone, bottleneck, option in itertools.product(BACKBONES, BOTTLENECKS, OPTIONS)
    if (experiment := admitted(backbone, bottleneck, OPTIONS[option])) is not None
}
PAIRS = [f"{b} {k}" for b, k in itertools.product(BACKBONES, BOTTLENECKS)]
# Beside the pairs each option, on a vector and on a grid, with one output of the encoder and two.
QUICK = [
    case
    for case in CASES
    if case in PAIRS or re.match("(dense|convolutional) (plain|variational) ", case)
]
SLOW = [case for case in CASES if case not in QUICK]


def built(experiment: Experiment) -> Autoencoder:
    """Its model with each weight moved at random, as training would move it."""
    model = build(experiment.design, experiment.facts.sample_shape)
    model.compile(optimizer=keras.optimizers.Adam(0.003))
    model.build_optimizers()
    model.optimizer.iterations.assign(STEPS)
    random = np.random.default_rng(0)
    for weight in model.weights:
        moved = np.asarray(weight) + 0.3 * random.standard_normal(weight.shape)
        # A variance is above 0, and any other weight may be.
        weight.assign(np.abs(moved) if "variance" in weight.name else moved)
    return model


def given_to(model: Autoencoder) -> dict[str, np.ndarray]:
    """Random samples, codes and labels for it."""
    random = np.random.default_rng(1)
    sample_shape = model.trunk.inputs[0].shape[1:]
    return {
        "sample": random.uniform(size=(ROWS, *sample_shape)).astype(np.float32),
        "code": random.standard_normal((ROWS, 8)).astype(np.float32),
        "label": np.eye(CLASSES, dtype=np.float32)[:ROWS],
    }


def expected(model: Autoencoder, given: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What the run's own models give, under the names of the archives' outputs."""
    sample, code, label = given["sample"], given["code"], given["label"]
    rows = np.concatenate([sample.reshape(ROWS, -1), label], axis=1) if model.labels else sample
    found = {
        "decoder": model.decoder([code, label] if model.labels else code),
        "autoencoder": model([sample, label] if model.labels else sample),
    }
    codes = model.codes(rows)
    if hasattr(model, "posterior"):
        mean, log_variance = model.posterior(keras.ops.convert_to_tensor(rows))
        np.testing.assert_allclose(np.asarray(mean), codes, atol=1e-6)
        found |= {"encoder.mean": codes, "encoder.log_variance": log_variance}
    elif hasattr(model, "choices"):
        found |= {"encoder.code": codes, "encoder.indices": model.choices(rows)}
    else:
        found |= {"encoder": codes}
    return {name: np.asarray(value) for name, value in found.items()}


def write(experiment: Experiment, folder: Path) -> None:
    """The archives of a model, with what was given to it and what it made of that."""
    folder.mkdir()
    model = built(experiment)
    given = given_to(model)
    archives.write(model, folder)
    np.savez(folder / "given.npz", **given)
    np.savez(folder / "expected.npz", **expected(model, given))
