"""Corruptions do what they say, anew each time in training and the same for the same seed."""

import random

import keras
import numpy as np
import pytest
from keras import ops

from aecore import Experiment
from aecore.models.building import build
from aecore.models.corruptions import CORRUPTIONS, corrupt_in_training, corrupted
from aecore.models.corruptions.blur import BlurCorruption
from aecore.models.corruptions.cut_paste import CutPasteCorruption
from aecore.models.corruptions.gaussian import GaussianCorruption
from aecore.models.corruptions.masking import MaskingCorruption
from aecore.models.corruptions.none import NoCorruption
from aecore.models.corruptions.salt_and_pepper import SaltAndPepperCorruption
from aecore.models.corruptions.scratches import ScratchCorruption
from aecore.models.corruptions.squares import SquareCorruption

WIDE, UNIT = (-2.0, 3.0), (0.0, 1.0)
NOISY = [
    GaussianCorruption(stddev=0.3),
    MaskingCorruption(share=0.3),
    SaltAndPepperCorruption(share=0.3),
    SquareCorruption(),
    ScratchCorruption(),
    CutPasteCorruption(),
    BlurCorruption(),
]


def grey(rows=100, side=8):
    """(rows, side, side, 1) values strictly between 0 and 1."""
    drawn = np.random.default_rng(0).uniform(0.2, 0.8, (rows, side, side, 1))
    return drawn.astype(np.float32)


def in_numpy(settings, x, value_range, seed=0):
    """As figures are measured."""
    return corrupted(settings, x, value_range, seed)


def in_keras(settings, x, value_range, seed=0):
    """As in training."""
    generator = keras.random.SeedGenerator(seed)
    return np.asarray(corrupt_in_training(settings, ops.array(x), value_range, generator))


BOTH = pytest.mark.parametrize("corrupt", [in_numpy, in_keras])


def within(share, expected, draws):
    """Whether a share lies within 4 standard errors of its expectation."""
    return abs(share - expected) < 4 * (expected * (1 - expected) / draws) ** 0.5


@BOTH
@pytest.mark.parametrize("stddev", [0.1, 0.5, 2.0])
def test_gaussian_noise_has_its_standard_deviation(corrupt, stddev):
    """What is added has mean 0 and the deviation asked for, and is normal."""
    x = grey()
    noise = (corrupt(GaussianCorruption(stddev=stddev), x, WIDE) - x).ravel() / stddev
    assert abs(noise.mean()) < 4 / noise.size**0.5
    assert noise.std() == pytest.approx(1.0, abs=4 / (2 * noise.size) ** 0.5)
    assert within((np.abs(noise) < 1).mean(), 0.682689, noise.size)


@BOTH
@pytest.mark.parametrize(
    ("value_range", "clipped"),
    [(UNIT, True), ((0.0, 0.9), True), (WIDE, False), ((-0.1, 1.0), False), ((0.0, 1.5), False)],
)
def test_gaussian_noise_is_clipped_in_the_unit_interval_alone(corrupt, value_range, clipped):
    """Pixels stay pixels; standardised values may become anything."""
    noisy = corrupt(GaussianCorruption(stddev=1.0), grey(), value_range)
    assert bool(noisy.min() >= 0 and noisy.max() <= 1) is clipped
    if clipped:
        assert (noisy == 0).mean() > 0.1
        assert (noisy == 1).mean() > 0.1


@BOTH
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("value_range", [UNIT, WIDE])
def test_masking_sets_a_share_to_zero(corrupt, share, value_range):
    """0 whatever the range; all else stays as it is."""
    x = grey()
    noisy = corrupt(MaskingCorruption(share=share), x, value_range)
    hidden = noisy == 0
    assert within(hidden.mean(), share, hidden.size)
    assert np.array_equal(noisy[~hidden], x[~hidden])


@BOTH
@pytest.mark.parametrize("share", [0.1, 0.6])
@pytest.mark.parametrize("value_range", [UNIT, WIDE])
def test_salt_and_pepper_are_the_ends_of_the_range(corrupt, share, value_range):
    """Half the share is the least value there is, half the greatest; all else stays as it is."""
    x = grey()
    noisy = corrupt(SaltAndPepperCorruption(share=share), x, value_range)
    low, high = (noisy == end for end in value_range)
    assert within(low.mean(), share / 2, low.size)
    assert within(high.mean(), share / 2, high.size)
    untouched = ~(low | high)
    assert np.array_equal(noisy[untouched], x[untouched])


@BOTH
@pytest.mark.parametrize("settings", NOISY, ids=lambda s: s.kind)
def test_a_seed_is_a_noise(corrupt, settings):
    """The same seed gives the same noise, another seed another; type and shape stay."""
    x = grey(5)
    first, again, other = (corrupt(settings, x, UNIT, seed) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert first.dtype == np.float32
    assert first.shape == x.shape


@pytest.mark.parametrize("settings", NOISY, ids=lambda s: s.kind)
def test_noise_is_fresh_in_each_step_of_training(settings):
    """One generator draws anew at each call, and for each sample of a batch."""
    generator = keras.random.SeedGenerator(0)
    x = ops.array(np.repeat(grey(1, side=40), 4, axis=0))
    drawn = [np.asarray(corrupt_in_training(settings, x, UNIT, generator)) for _ in range(3)]
    rows = np.concatenate(drawn).reshape(12, -1)
    assert len(np.unique(rows, axis=0)) == 12


def test_a_model_draws_anew_for_every_batch():
    """The autoencoder's own corruption is fresh at each step, from a seed of its own."""
    model = identity("masking", share=0.5)
    first, second = (np.asarray(model.corrupt(ops.ones((4, 30)))) for _ in range(2))
    assert not np.array_equal(first, second)
    assert set(np.unique(first)) == {0.0, 1.0}


def test_none_changes_nothing():
    """Without corruption the encoder sees the very samples."""
    x = grey(3)
    assert in_numpy(NoCorruption(), x, UNIT) is x
    assert np.array_equal(in_keras(NoCorruption(), x, UNIT), x)


def test_every_corruption_is_tried_above():
    """A new one must be added to the list."""
    assert {settings.kind for settings in NOISY} | {"none"} == set(CORRUPTIONS)


def identity(kind, value_range=WIDE, **options):
    """A compiled linear autoencoder of 30 numbers that gives back just what it sees."""
    experiment = Experiment(data={"source": "breast-cancer"}).replace(
        {
            "model.encoding_dim": 30,
            "model.backbone.units": [],
            "model.backbone.activation": "linear",
            "model.corruption.kind": kind,
            **{f"model.corruption.{name}": value for name, value in options.items()},
        }
    )
    random.seed(0)
    model = build(experiment.design, (30,), value_range=value_range)
    for part, layer in ((model.encoder, "code"), (model.decoder, "values")):
        part.get_layer(layer).set_weights([np.eye(30), np.zeros(30)])
    model.compile(optimizer=keras.optimizers.SGD(1e-9))
    model.build_optimizers()
    return model


@pytest.mark.parametrize(
    ("kind", "options", "expected"),
    [
        ("none", {}, 0.0),
        ("gaussian", {"stddev": 0.5}, 0.25),
        ("masking", {"share": 0.3}, 0.3),
        ("salt-and-pepper", {"share": 0.2}, 0.1 * (3**2 + 2**2)),
    ],
)
def test_training_compares_with_clean_samples(kind, options, expected):
    """A model that copies ones is off by the noise: σ², share · 1², share/2 · (3² + 2²)."""
    model = identity(kind, **options)
    found = model.train_step((ops.ones((2000, 30)),))
    assert float(found["reconstruction"]) == pytest.approx(expected, rel=0.05, abs=1e-12)
    assert float(found["loss"]) == pytest.approx(float(found["reconstruction"]))


def test_evaluation_compares_noisy_with_clean():
    """The loss of what was seen against its clean version, and 0 for clean samples alone."""
    model = identity("gaussian", stddev=0.5)
    clean = np.random.default_rng(0).standard_normal((50, 30)).astype(np.float32)
    noisy = corrupted(GaussianCorruption(stddev=0.5), clean, WIDE, 7)
    expected = np.square(noisy - clean).mean()
    loss = model.compute_loss(x=ops.array(noisy), y=ops.array(clean), training=False)
    assert float(loss) == pytest.approx(expected, rel=1e-5)
    model.reset_metrics()
    measured = model.test_step((ops.array(noisy), ops.array(clean)))
    assert float(measured["loss"]) == pytest.approx(expected, rel=1e-5)
    model.reset_metrics()
    assert float(model.test_step((ops.array(clean),))["loss"]) == pytest.approx(0, abs=1e-12)


def test_denoising_learns_to_shrink():
    """The best linear denoiser of N(0, 1) with noise σ² is x / (1 + σ²): training goes there.

    Source: Bishop, Training with Noise is Equivalent to Tikhonov Regularization, 1995.
    """
    model = identity("gaussian", stddev=1.0)
    model.optimizer.learning_rate = 2.0
    x = ops.array(np.random.default_rng(0).standard_normal((2000, 30)).astype(np.float32))
    for _ in range(40):
        model.train_step((x,))
    gain = np.diag(np.asarray(model(ops.array(np.eye(30, dtype=np.float32)))))
    bias = np.asarray(model(ops.zeros((1, 30))))[0]
    assert (gain - bias).mean() == pytest.approx(0.5, abs=0.05)


def test_rounding_of_the_scaling_does_not_unclip():
    """A table scaled to [0, 1] ends a rounding error above 1, and its noise stays inside."""
    x = np.random.default_rng(0).random((50, 4), dtype=np.float32)
    settings = CORRUPTIONS["gaussian"].settings(stddev=1.0)
    noisy = corrupted(settings, x, (0.0, 1.0000001192092896), 0)
    assert noisy.min() == 0 and noisy.max() == 1
