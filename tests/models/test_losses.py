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


@pytest.mark.parametrize("name", LOSSES)
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
