"""Is a conditional autoencoder told the label, and does it use it?"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from aecore import Experiment, train
from aecore.data import load
from aecore.errors import ExperimentError
from aecore.models import archives
from aecore.models.autoencoder import with_labels
from aecore.models.backbones import BACKBONES
from aecore.models.bottlenecks import BOTTLENECKS

CLASSES = 10
TOLD = [name for name, spec in BOTTLENECKS.items() if spec.takes_labels]


def conditional(bottleneck: str, backbone: str = "dense", **more: object) -> Experiment:
    """Small digits, told their class."""
    changes = {
        "data.source": "digits",
        "model.conditional": True,
        "model.encoding_dim": 4,
        "model.bottleneck.kind": bottleneck,
        "model.backbone.kind": backbone,
        "training.epochs": 2,
    }
    return Experiment().replace({**changes, **more})


@pytest.mark.parametrize(
    ("backbone", "bottleneck"),
    [
        pytest.param(
            backbone,
            bottleneck,
            # Each backbone and each bottleneck stands once among the quick ones.
            marks=() if i % len(TOLD) == TOLD.index(bottleneck) else pytest.mark.slow,
        )
        for i, backbone in enumerate(BACKBONES)
        for bottleneck in TOLD
    ],
)
def test_it_trains_adds_up_saves_and_loads(backbone: str, bottleneck: str, tmp_path: Path) -> None:
    """With every backbone; the loaded models take [samples, labels] and [codes, labels]."""
    experiment = conditional(bottleneck, backbone, **{"model.corruption.kind": "masking"})
    result = train(experiment)
    model, history = result.autoencoder, result.history
    parts = np.sum([history[f"val_{name}"] for name in model.term_names()], axis=0)
    assert history["val_loss"] == pytest.approx(parts, rel=1e-4)
    trained = sum(math.prod(variable.shape) for variable in model.trainable_variables)
    assert trained == sum(layer.parameters for layer in experiment.layers())

    x, label = result.samples.original[:5], np.eye(CLASSES, dtype=np.float32)[:5]
    archives.write(model, tmp_path)
    encoder = archives.with_code_alone(archives.read(tmp_path / "encoder.keras"))
    decoder = archives.read(tmp_path / "decoder.keras")
    code, ours = np.asarray(encoder([x, label])), np.asarray(model([x, label]))
    for whole in (archives.read(tmp_path / "autoencoder.keras"), archives.read_training(tmp_path)):
        np.testing.assert_allclose(np.asarray(whole([x, label])), ours, atol=1e-6)
    np.testing.assert_allclose(np.asarray(decoder([code, label])), ours, atol=1e-6)


def test_the_class_decides_what_is_generated() -> None:
    """Of codes from the prior, most samples of a class lie nearest to that class's mean."""
    longer = {"training.epochs": 40, "model.encoding_dim": 2}
    result = train(conditional("variational", **longer))
    dataset = load("digits")
    means = np.stack([dataset.x[dataset.y == c].mean(axis=0).ravel() / 16 for c in range(CLASSES)])
    code = np.random.default_rng(0).standard_normal((200, 2)).astype(np.float32)
    wanted = np.repeat(np.arange(CLASSES), 20)
    made = np.asarray(result.decoder([code, np.eye(CLASSES, dtype=np.float32)[wanted]]))
    distances = ((made.reshape(200, 1, -1) - means) ** 2).sum(axis=-1)
    assert np.mean(distances.argmin(axis=1) == wanted) > 0.9


@pytest.mark.slow
def test_the_code_says_less_of_the_class_than_without() -> None:
    """What the decoder is told, the code need not carry: the KL term falls."""
    longer = {"training.epochs": 30}
    told = train(conditional("variational", **longer)).metrics["kl"]
    untold = train(conditional("variational", **{**longer, "model.conditional": False}))
    assert told < untold.metrics["kl"]


def test_rows_hold_samples_and_labels() -> None:
    """The label stands one-hot behind the sample's values."""
    rows = with_labels(np.zeros((2, 2, 2), np.float32), np.array([1, 0]), 3)
    np.testing.assert_array_equal(rows[:, 4:], [[0, 1, 0], [1, 0, 0]])


@pytest.mark.parametrize("bottleneck", sorted(set(BOTTLENECKS) - set(TOLD)))
def test_the_others_are_not_told(bottleneck: str) -> None:
    """Where the label has no place it is refused, with the way out."""
    with pytest.raises(ExperimentError, match="variational and adversarial"):
        conditional(bottleneck)
