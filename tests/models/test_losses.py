"""Losses against closed forms."""

import keras
import numpy as np
import pytest
from keras import ops

from aecore.models.losses import LOSSES, entropy_floor, mean_loss


def test_entropy_of_a_fifth():
    """H(.2) = 0.500402 nats."""
    assert entropy_floor(np.array([[0.2, 0.2]])) == pytest.approx(0.500402, abs=1e-6)


def test_floor_is_zero_for_black_and_white():
    """Values of 0 and 1 can be reconstructed without loss."""
    assert entropy_floor(np.array([[0.0, 1.0]])) == 0


def test_cross_entropy_is_least_at_the_value_itself():
    """Reconstructing x exactly costs its entropy."""
    x = np.random.default_rng(0).uniform(0.01, 0.99, (5, 7))
    assert mean_loss("binary_crossentropy", x, x) == pytest.approx(entropy_floor(x), abs=1e-6)


def test_logits_and_probabilities_agree():
    """The stable form equals the plain one."""
    logits = np.linspace(-8, 8, 33)
    x = np.full(33, 0.3)
    spec = LOSSES["binary_crossentropy"]
    plain = spec.elementwise(x, 1 / (1 + np.exp(-logits)), np)
    assert np.allclose(spec.on_logits(x, logits, np), plain, atol=1e-5)


@pytest.mark.parametrize("name", LOSSES.keys() - {"ssim"})
def test_agrees_with_keras(name):
    """The mean over elements is what Keras's loss of the same name gives."""
    rng = np.random.default_rng(1)
    x, x_hat = rng.uniform(0, 1, (6, 9)), rng.uniform(0.05, 0.95, (6, 9))
    theirs = {"mse": "MeanSquaredError", "mae": "MeanAbsoluteError", "huber": "Huber"}
    loss = getattr(keras.losses, theirs.get(name, "BinaryCrossentropy"))()
    assert mean_loss(name, x, x_hat) == pytest.approx(float(loss(x, x_hat)), rel=1e-4)
    inside = float(ops.mean(LOSSES[name].elementwise(ops.array(x), ops.array(x_hat), ops)))
    assert inside == pytest.approx(mean_loss(name, x, x_hat), rel=1e-4)


def test_huber_is_straight_beyond_one():
    """½e² inside, e − ½ outside."""
    x, x_hat = np.array([0.0, 0.0]), np.array([0.5, 3.0])
    assert LOSSES["huber"].elementwise(x, x_hat, np).tolist() == [0.125, 2.5]


@pytest.mark.parametrize("shape", [(28, 28, 1), (20, 31, 3), (8, 8, 1)])
def test_ssim_agrees_with_its_definition(shape):
    """Windows of 11 × 11, or the largest odd one that fits, with Gaussian weights, σ = 1.5."""
    rng = np.random.default_rng(2)
    x = rng.uniform(0, 1, (2, *shape)).astype(np.float32)
    x_hat = np.clip(x + 0.2 * rng.standard_normal(x.shape), 0, 1).astype(np.float32)
    side = min(11, *(n if n % 2 else n - 1 for n in shape[:2]))
    ours = LOSSES["ssim"].penalties(x, x_hat, np)
    for sample in range(2):
        channels = [_ssim(x[sample, ..., c], x_hat[sample, ..., c], side) for c in range(shape[2])]
        assert ours[sample] == pytest.approx(1 - np.mean(channels), rel=1e-3)
    inside = ops.convert_to_numpy(LOSSES["ssim"].penalties(ops.array(x), ops.array(x_hat), ops))
    assert inside == pytest.approx(ours, rel=1e-3)


def test_ssim_of_equals_is_one():
    """An image is as similar to itself as can be."""
    x = np.random.default_rng(3).uniform(0, 1, (3, 16, 16, 1)).astype(np.float32)
    assert mean_loss("ssim", x, x) == pytest.approx(0, abs=1e-6)


def _ssim(a, b, side):
    """SSIM window by window, as Wang et al. 2004 write it."""
    offsets = np.arange(side) - side // 2
    weights = np.exp(-(offsets[:, None] ** 2 + offsets[None, :] ** 2) / (2 * 1.5**2))
    weights /= weights.sum()
    a, b = a.astype(np.float64), b.astype(np.float64)
    found = []
    for i in range(a.shape[0] - side + 1):
        for j in range(a.shape[1] - side + 1):
            p, q = a[i : i + side, j : j + side], b[i : i + side, j : j + side]
            mean_p, mean_q = (weights * p).sum(), (weights * q).sum()
            var_p, var_q = (weights * p**2).sum() - mean_p**2, (weights * q**2).sum() - mean_q**2
            cov = (weights * p * q).sum() - mean_p * mean_q
            top = (2 * mean_p * mean_q + 1e-4) * (2 * cov + 9e-4)
            found.append(top / ((mean_p**2 + mean_q**2 + 1e-4) * (var_p + var_q + 9e-4)))
    return np.mean(found)
