"""Does every autoencoder that an Experiment admits build, learn, add up, save and load?"""

from __future__ import annotations

import itertools
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aecore import Experiment, train
from aecore.models import archives
from aecore.models.autoencoder import Autoencoder
from aecore.models.backbones import BACKBONES
from aecore.models.bottlenecks import BOTTLENECKS
from aecore.models.corruptions import CORRUPTIONS
from aecore.models.penalties import Penalties

# Each backbone stands with each bottleneck, and each corruption with several of both.
PAIRWISE = [
    (backbone, bottleneck, list(CORRUPTIONS)[(i + j) % len(CORRUPTIONS)])
    for i, backbone in enumerate(BACKBONES)
    for j, bottleneck in enumerate(BOTTLENECKS)
]
REST = [
    combination
    for combination in itertools.product(BACKBONES, BOTTLENECKS, CORRUPTIONS)
    if combination not in PAIRWISE
]
PENALTIES = [
    {"l1": 1e-5},
    {"l2": 1e-4},
    {"dropout": 0.2},
    {"batch_normalization": True},
    {"activity_l1": 1e-3},
    {"kl_sparsity": 0.1},
    {"k_sparse": 3},
    {"contractive": 1e-3},
    {"ordered": True},
    {"l1": 1e-6, "l2": 1e-5, "dropout": 0.1, "batch_normalization": True, "contractive": 1e-4},
]


def small(backbone: str, bottleneck: str, corruption: str, **more: Any) -> Experiment:
    """Two epochs on small digits."""
    changes = {
        "data.source": "digits",
        "model.backbone.kind": backbone,
        "model.bottleneck.kind": bottleneck,
        "model.corruption.kind": corruption,
        "training.epochs": 2,
        "training.batch_size": 128,
        "training.learning_rate": 0.003,
    }
    smaller = {
        "convolutional": {"model.backbone.filters": [8, 8]},
        "convolutional-1d": {"model.backbone.filters": [8]},
        "recurrent": {"model.backbone.units": [12]},
    }
    return Experiment().replace({**changes, **smaller.get(backbone, {}), **more})


def check(experiment: Experiment, folder: Path) -> Autoencoder:
    """It learns, its loss is the sum of its parts, and what is saved is what was trained."""
    result = train(experiment)
    history, model = result.history, result.autoencoder
    assert all(math.isfinite(value) for values in history.values() for value in values)
    assert history["reconstruction"][1] < history["reconstruction"][0]
    for prefix in ("", "val_"):
        parts = np.sum([history[prefix + name] for name in model.term_names()], axis=0)
        assert history[f"{prefix}loss"] == pytest.approx(parts, rel=1e-4)
    trained = sum(math.prod(variable.shape) for variable in model.trainable_variables)
    assert trained == sum(layer.parameters for layer in experiment.layers())

    x = result.samples.original[:9]
    archives.write(model, folder)
    ours = np.asarray(model(x, training=False))
    for loaded in (archives.read(folder / "autoencoder.keras"), archives.read_training(folder)):
        np.testing.assert_allclose(np.asarray(loaded(x, training=False)), ours, atol=1e-6)
    return model


@pytest.mark.parametrize(("backbone", "bottleneck", "corruption"), PAIRWISE)
def test_every_pair_of_parts(
    backbone: str, bottleneck: str, corruption: str, tmp_path: Path
) -> None:
    """Every backbone with every bottleneck, and every corruption with some of them."""
    check(small(backbone, bottleneck, corruption), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(("backbone", "bottleneck", "corruption"), REST)
def test_every_other_combination(
    backbone: str, bottleneck: str, corruption: str, tmp_path: Path
) -> None:
    """And so do all three."""
    check(small(backbone, bottleneck, corruption), tmp_path)


def test_penalties_go_together_beside_convolutions(tmp_path: Path) -> None:
    """Layers of penalties stand between convolutions as they do between dense layers."""
    changes = {f"model.penalties.{name}": value for name, value in PENALTIES[-1].items()}
    check(small("convolutional", "plain", "none", **changes), tmp_path)


@pytest.mark.parametrize("penalties", PENALTIES, ids=str)
@pytest.mark.parametrize(
    "backbone", ["dense", pytest.param("convolutional", marks=pytest.mark.slow)]
)
def test_every_penalty(backbone: str, penalties: dict[str, Any], tmp_path: Path) -> None:
    """Each penalty is a part of the loss, or a layer, and is saved with the model."""
    changes = {f"model.penalties.{name}": value for name, value in penalties.items()}
    check(small(backbone, "plain", "none", **changes), tmp_path)


def test_every_penalty_is_in_the_list_above() -> None:
    """A new penalty must be tried as well."""
    own_samples = {name for penalties in PENALTIES for name in penalties}
    assert own_samples | {"sparsity_target"} == set(Penalties.model_fields)


@pytest.mark.parametrize(
    "bottleneck",
    [
        pytest.param(name, marks=() if name in ("plain", "variational") else pytest.mark.slow)
        for name in BOTTLENECKS
    ],
)
def test_tied_weights(bottleneck: str, tmp_path: Path) -> None:
    """The decoder trains the encoder's own kernels, turned around."""
    tied = small("dense", bottleneck, "none", **{"model.backbone.tied": True})
    model = check(tied, tmp_path)
    assert model.decoder.get_layer("values").kernel is model.trunk.get_layer("hidden_1").kernel


@pytest.mark.parametrize("variance", ["learned", "fixed"])
def test_a_normal_decoder(variance: str, tmp_path: Path) -> None:
    """With squared error the decoder has a variance; a learned one is one more parameter."""
    chosen = {"training.loss": "mse", "model.bottleneck.decoder_variance": variance}
    check(small("dense", "variational", "none", **chosen), tmp_path)
