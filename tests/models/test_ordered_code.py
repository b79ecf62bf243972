"""Ordered codes: which numbers the decoder gets in training, what that costs, and PCA's axes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from keras import ops

from aecore import Experiment, Result, train
from aecore.errors import ExperimentError
from aecore.models.building import build
from aecore.models.ordered_code import WHOLE, cut, mean_of, reach

NUMBERS = 8
LARGEST_ANGLE, LARGEST_EXCESS = 10.0, 1.02
# Plain linear layers, long enough for directions of like variance to be told apart.
LINEAR = {
    "data.validation_fraction": 0.0,
    "data.test_fraction": 0.0,
    "model.encoding_dim": NUMBERS,
    "model.backbone.units": [],
    "model.backbone.activation": "linear",
    "model.output_activation": "linear",
    "model.penalties.ordered": True,
    "training.loss": "mse",
    "training.epochs": 400,
    "training.batch_size": 64,
    "training.learning_rate": 0.02,
    "training.schedule": "cosine",
}


def model_of(changes: dict[str, Any], shape: tuple[int, ...] = (8, 8, 1)) -> Any:
    """An untrained autoencoder for digits with an ordered code of five."""
    ordered = {"model.encoding_dim": 5, "model.penalties.ordered": True, **changes}
    return build(Experiment(data={"source": "digits"}).replace(ordered).design, shape)


def samples(rows: int) -> Any:
    """Values in [0, 1] in the shape of digits."""
    return ops.array(np.random.default_rng(0).uniform(size=(rows, 8, 8, 1)).astype(np.float32))


@pytest.mark.parametrize("encoding_dim", [1, 2, 5, 32, 4096])
def test_the_first_number_is_always_kept_and_the_last_by_those_that_are_whole(
    encoding_dim: int,
) -> None:
    """Each further number reaches fewer samples, and a third or more keep all."""
    shares = reach(encoding_dim)
    assert shares[0] == pytest.approx(1.0)
    assert (np.diff(shares) < 0).all()
    assert shares[-1] >= WHOLE - 1e-12


@pytest.mark.parametrize(("rows", "step"), [(64, 0), (64, 7), (3, 12345), (1, 5)])
def test_each_code_loses_its_last_numbers(rows: int, step: int) -> None:
    """A cut code is the beginning of the whole one, in the shares that are wanted."""
    code = np.random.default_rng(0).uniform(1, 2, (rows, 6)).astype(np.float32)
    shortened, is_whole = (np.asarray(found) for found in cut(ops.array(code), step))
    lengths = np.count_nonzero(shortened, axis=1)
    for before, after, length in zip(code, shortened, lengths, strict=True):
        assert length > 0
        assert np.array_equal(after, np.where(np.arange(6) < length, before, 0))
    assert np.array_equal(is_whole, lengths == 6)
    assert np.abs((shortened != 0).sum(axis=0) - rows * reach(6)).max() <= 1


def test_small_batches_come_to_have_all_lengths() -> None:
    """Over many steps each length has its share, also where a batch has fewer rows than lengths."""
    code = ops.ones((2, 6))
    kept = np.mean([np.asarray(cut(code, step)[0]) for step in range(400)], axis=(0, 1))
    assert kept == pytest.approx(reach(6), abs=0.01)


def test_training_is_told_cut_codes_and_evaluation_whole_ones() -> None:
    """The reconstruction's term, worked out once more from the decoder's answers."""
    model, x = model_of({}), samples(40)
    code = model.encoder(x)
    for training, told in ((True, cut(code, 0)[0]), (False, code)):
        p = np.asarray(model.decoder(told), np.float64)
        clean = np.asarray(x, np.float64)
        expected = -(clean * np.log(p) + (1 - clean) * np.log1p(-p)).mean()
        found = float(model.loss_terms(x, x, training)["reconstruction"])
        assert found == pytest.approx(expected, rel=1e-4)


def test_a_number_costs_divergence_as_often_as_it_is_kept() -> None:
    """KL(N(1, 1) ‖ N(0, 1)) is ½ nat for each of five units: whole where it is measured."""
    model, x = model_of({"model.bottleneck.kind": "variational"}), samples(12)
    for layer, bias in (("code", 1.0), ("log_variance", 0.0)):
        head = model.trunk.get_layer(layer)
        head.kernel.assign(np.zeros(head.kernel.shape))
        head.bias.assign(np.full(head.bias.shape, bias))
    assert float(model.encode(x, True)[1]["beta_kl"]) == pytest.approx(0.5 * reach(5).sum())
    assert float(model.encode(x, False)[1]["beta_kl"]) == pytest.approx(2.5)


def test_whole_and_cut_codes_have_a_variance_of_their_own() -> None:
    """A learned σ² that is used later is that of whole codes."""
    variational = {"model.bottleneck.kind": "variational", "training.loss": "mse"}
    model, x = model_of(variational), samples(48)
    model.loss_terms(x, x, True)
    # The chance of the codes is drawn anew; zeros are decoded alike.
    for layer in ("code", "log_variance"):
        head = model.trunk.get_layer(layer)
        head.kernel.assign(np.zeros(head.kernel.shape))
        head.bias.assign(np.full(head.bias.shape, -10.0 if layer == "log_variance" else 0.0))
    term = float(model.loss_terms(x, x, True)["reconstruction"])
    _, is_whole = cut(model.encoder(x), 0)
    losses = ops.square(x - model.decoder(model.encoder(x)))
    losses = ops.reshape(losses, (48, -1))
    whole, rest = (float(mean_of(losses, w)) for w in (is_whole, 1.0 - is_whole))
    assert float(ops.exp(model.log_sigma2)) == pytest.approx(whole, rel=0.01)
    share = float(ops.mean(is_whole))
    nats = [0.5 * 64 * (1 + np.log(2 * np.pi * v)) for v in (whole, rest)]
    assert term == pytest.approx(share * nats[0] + (1 - share) * nats[1], rel=0.01)


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"model.bottleneck.kind": "adversarial"}, "compares whole codes with its prior"),
        ({"model.bottleneck.kind": "wasserstein"}, "compares whole codes with its prior"),
        ({"model.bottleneck.kind": "vector-quantized"}, "entries of a codebook"),
        ({"model.penalties.k_sparse": 2}, "its largest numbers"),
        ({"model.penalties.kl_sparsity": 0.1}, "used equally often"),
        ({"model.penalties.batch_normalization": True}, "one mean and spread"),
    ],
    ids=str,
)
def test_what_contradicts_an_order_is_refused(changes: dict[str, Any], cause: str) -> None:
    """With the reason, under the option itself."""
    with pytest.raises(ExperimentError, match=cause) as told:
        Experiment().replace({"model.penalties.ordered": True, **changes})
    assert [problem.path for problem in told.value.problems] == ["model.penalties.ordered"]


def covariance_file(folder: Path) -> str:
    """Normal rows of twelve columns that are all correlated, of known spreads along their axes."""
    random = np.random.default_rng(3)
    axes = np.linalg.qr(random.normal(size=(12, 12)))[0]
    rows = random.normal(size=(2000, 12)) * 1.25 ** -np.arange(12) @ axes.T + 0.5
    np.save(folder / "normal.npy", rows.astype(np.float32))
    return str(folder / "normal.npy")


def principal(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The first principal axes (NUMBERS, features), and PCA's mean squared error with 1, 2, …"""
    flat = x.reshape(len(x), -1).astype(np.float64)
    _, size, axes = np.linalg.svd(flat - flat.mean(axis=0), full_matrices=False)
    left = (size**2).sum() - np.cumsum(size**2)
    return axes[:NUMBERS], left[:NUMBERS] / flat.size


def angles(result: Result, axes: np.ndarray) -> np.ndarray:
    """(NUMBERS,) degrees between what each number adds to a reconstruction and its axis."""
    added = result.decoder.get_layer("values").get_weights()[0].astype(np.float64)
    along = np.abs((added * axes).sum(axis=1)) / np.linalg.norm(added, axis=1)
    return np.asarray(np.degrees(np.arccos(along.clip(0, 1))))


@pytest.mark.parametrize("data", ["digits", "covariance"])
def test_linear_layers_find_the_principal_axes_one_by_one(data: str, tmp_path: Path) -> None:
    """Each within 10°, and the error with the first k numbers within 2 % of PCA's at every k."""
    own = {"data.source": "digits"}
    if data == "covariance":
        own = {"data.source": covariance_file(tmp_path), "preprocessing.scaling": "none"}
    result = train(Experiment.from_dict({}).replace({**own, **LINEAR}))
    kept = result.samples
    axes, errors = principal(kept.original)
    assert angles(result, axes).max() < LARGEST_ANGLE
    for k, by_pca in enumerate(errors, start=1):
        code = np.where(np.arange(NUMBERS) < k, kept.code, 0)
        made = result.autoencoder.reconstructions(kept.original, code)
        assert np.square(made - kept.original).mean() < LARGEST_EXCESS * by_pca
