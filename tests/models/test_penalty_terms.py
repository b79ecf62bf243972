"""Penalties against closed forms: weights, sparse codes, Jacobians, the k largest."""

import random

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import ops

from aecore import Experiment
from aecore.models.building import build
from aecore.models.layers import KeepLargest
from aecore.models.penalties import sparsity_divergence
from aecore.models.penalty_terms import EXACT_JACOBIAN_UNITS, squared_jacobian


def built(penalties, **changes):
    """A plain autoencoder for digits with some penalties, its biases other than 0."""
    changes = {"model.encoding_dim": 5, **{k.replace("__", "."): v for k, v in changes.items()}}
    experiment = Experiment(data={"source": "digits"}).replace(
        {**changes, **{f"model.penalties.{name}": value for name, value in penalties.items()}}
    )
    random.seed(0)
    model = build(experiment.design, (8, 8, 1))
    for variable in model.trainable_variables:
        if variable.name == "bias":
            variable.assign(0.3 + 0.1 * np.arange(variable.shape[0]))
    return model


def digits_like(rows=20):
    """Values in [0, 1] in the shape of digits."""
    return np.random.default_rng(0).uniform(size=(rows, 8, 8, 1)).astype(np.float32)


def terms_of(model, x):
    """The parts of the loss of samples, as floats."""
    found = model.loss_terms(ops.array(x), ops.array(x), training=True)
    return {name: float(value) for name, value in found.items()}


def dense_kernels(*parts):
    """The weights of all dense layers, without biases."""
    layers = [layer for part in parts for layer in part.layers]
    return [layer.get_weights()[0] for layer in layers if isinstance(layer, keras.layers.Dense)]


@pytest.mark.parametrize(
    ("target", "mean", "expected"), [(0.05, 0.2, 0.093943), (0.1, 0.5, 0.368064), (0.2, 0.2, 0.0)]
)
def test_sparsity_divergence_of_known_means(target, mean, expected):
    """KL between coins in nats, summed over the units, in numpy and in Keras."""
    means = np.full(3, mean)
    assert sparsity_divergence(means, target, np) == pytest.approx(3 * expected, abs=3e-6)
    assert float(sparsity_divergence(ops.array(means), target, ops)) == pytest.approx(
        3 * expected, abs=1e-5
    )


def test_sparsity_divergence_stays_finite():
    """Units that are always off or always on cost much, not infinitely much."""
    found = sparsity_divergence(np.array([0.0, 1.0]), 0.05, np)
    assert np.isfinite(found)
    assert found > 10


def test_kl_sparsity_is_of_the_batch_mean():
    """ρ̂ is each unit's mean over the batch of a code between 0 and 1, not a sample's value."""
    model, x = built({"kl_sparsity": 0.3, "sparsity_target": 0.1}), digits_like()
    code = np.asarray(model.encoder(x), np.float64)
    assert 0 < code.min() < code.max() < 1
    means = code.mean(axis=0)
    expected = 0.1 * np.log(0.1 / means) + 0.9 * np.log(0.9 / (1 - means))
    assert terms_of(model, x)["kl_sparsity"] == pytest.approx(0.3 * expected.sum(), rel=1e-4)


def test_activity_is_summed_over_units_and_averaged_over_the_batch():
    """λ Σ_j |h_j|, whatever the batch's size."""
    model, x = built({"activity_l1": 0.01}), digits_like()
    expected = 0.01 * np.abs(np.asarray(model.encoder(x), np.float64)).sum(axis=1).mean()
    assert terms_of(model, x)["activity_l1"] == pytest.approx(expected, rel=1e-4)
    twice = np.concatenate([x, x])
    assert terms_of(model, twice)["activity_l1"] == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize(("name", "power"), [("l1", 1), ("l2", 2)])
@pytest.mark.parametrize("units", [[], [9, 7]], ids=str)
def test_weights_are_counted_without_biases(name, power, units):
    """λ Σ|w| or λ Σw² over the kernels of encoder and decoder."""
    model = built({name: 0.01}, model__backbone__units=units)
    kernels = dense_kernels(model.encoder, model.decoder)
    assert len(kernels) == 2 * (len(units) + 1)
    expected = 0.01 * sum((np.abs(kernel.astype(np.float64)) ** power).sum() for kernel in kernels)
    assert terms_of(model, digits_like())[name] == pytest.approx(expected, rel=1e-4)


def test_tied_weights_are_counted_once():
    """The decoder's kernels are the encoder's."""
    model = built({"l2": 0.01}, model__backbone__tied=True, model__backbone__units=[9])
    kernels = dense_kernels(model.encoder)
    assert len(kernels) == 2
    expected = 0.01 * sum(np.square(kernel.astype(np.float64)).sum() for kernel in kernels)
    assert terms_of(model, digits_like())["l2"] == pytest.approx(expected, rel=1e-4)


def test_normalisation_is_not_counted():
    """Scales of batch normalisation are no weights that should be small."""
    model = built({"l1": 0.01, "batch_normalization": True}, model__backbone__units=[9])
    kernels = dense_kernels(model.encoder, model.decoder)
    expected = 0.01 * sum(np.abs(kernel.astype(np.float64)).sum() for kernel in kernels)
    assert terms_of(model, digits_like())["l1"] == pytest.approx(expected, rel=1e-4)


def closed_form(model, x):
    """(n,) Σ_j (h_j(1−h_j))² Σ_i W_ij² of one sigmoid layer (Rifai et al. 2011)."""
    code = np.asarray(model.encoder(x), np.float64)
    kernel = model.encoder.get_layer("code").get_weights()[0].astype(np.float64)
    return (np.square(code * (1 - code)) * np.square(kernel).sum(axis=0)).sum(axis=1)


def one_sigmoid_layer(units, **penalties):
    """An encoder of one sigmoid layer."""
    return built(
        penalties,
        model__encoding_dim=units,
        model__backbone__units=[],
        model__backbone__activation="sigmoid",
    )


@pytest.mark.parametrize("units", [1, 5, EXACT_JACOBIAN_UNITS])
def test_jacobian_of_one_sigmoid_layer(units):
    """Few units: each sample's Jacobian is the closed form, and their mean the penalty."""
    model, x = one_sigmoid_layer(units, contractive=0.2), digits_like()
    expected = closed_form(model, x)
    found = np.asarray(squared_jacobian(model.encoder, ops.array(x), units, model.random))
    np.testing.assert_allclose(found, expected, rtol=1e-4)
    assert terms_of(model, x)["contractive"] == pytest.approx(0.2 * expected.mean(), rel=1e-4)


def test_jacobian_of_many_units_is_estimated_without_bias():
    """Hutchinson's estimates scatter around the closed form: rows of one sample draw apart."""
    units = EXACT_JACOBIAN_UNITS + 4
    model = one_sigmoid_layer(units)
    for sample in digits_like(3):
        x = np.repeat(sample[None], 4000, axis=0)
        found = np.asarray(squared_jacobian(model.encoder, ops.array(x), units, model.random))
        assert found.std() > 0.01 * found.mean(), "an estimate, not the exact branch"
        expected = closed_form(model, x[:1])[0]
        assert abs(found.mean() - expected) < 4 * found.std() / 4000**0.5
        assert found.mean() == pytest.approx(expected, rel=0.03)


@pytest.mark.parametrize("activation", ["tanh", "gelu"])
def test_jacobian_of_a_deep_encoder(activation):
    """‖∂code/∂x‖²_F through all layers, as TensorFlow works out whole Jacobians."""
    model = built({}, model__backbone__units=[12, 8], model__backbone__activation=activation)
    x = ops.array(digits_like())
    with tf.GradientTape() as tape:
        tape.watch(x)
        code = model.encoder(x)
    jacobian = np.asarray(tape.batch_jacobian(code, x), np.float64)
    found = np.asarray(squared_jacobian(model.encoder, x, 5, model.random))
    np.testing.assert_allclose(found, np.square(jacobian).reshape(20, -1).sum(axis=1), rtol=1e-4)


def test_contraction_is_of_the_encoder_without_dropout():
    """In training too the penalty is that of the encoder as it is used afterwards."""
    penalties = {"contractive": 1.0, "dropout": 0.5, "batch_normalization": True}
    model, x = built(penalties, model__backbone__units=[12]), digits_like()
    term = terms_of(model, x)["contractive"]

    def settled(samples):
        return model.encoder(samples, training=False)

    expected = np.asarray(squared_jacobian(settled, ops.array(x), 5, model.random)).mean()
    assert term == pytest.approx(expected, rel=1e-4)


def test_contraction_trains_the_encoder():
    """The penalty's gradient is that of its closed form, by finite differences."""
    model, x = one_sigmoid_layer(3, contractive=1.0), digits_like()
    kernel = model.encoder.get_layer("code").kernel
    with tf.GradientTape() as tape:
        term = model.loss_terms(ops.array(x), ops.array(x), training=True)["contractive"]
    gradient = np.asarray(tape.gradient(term, kernel.value))
    start = np.asarray(kernel)
    direction = np.random.default_rng(0).standard_normal(start.shape)
    ends = []
    for step in (1e-2, -1e-2):
        kernel.assign(start + step * direction)
        ends.append(closed_form(model, x).mean())
    slope = (ends[0] - ends[1]) / 2e-2
    assert (gradient * direction).sum() == pytest.approx(slope, rel=1e-2)


@pytest.mark.parametrize("count", [1, 3, 6, 9])
def test_the_largest_are_kept_and_the_others_silenced(count):
    """Exactly k values stay as they are, by size and not by magnitude; also among equals."""
    code = np.random.default_rng(0).standard_normal((30, 6)).astype(np.float32)
    code[0] = 1.0
    kept = np.asarray(KeepLargest(count)(ops.array(code)))
    assert (np.count_nonzero(kept, axis=1) == min(count, 6)).all()
    for before, after in zip(code, kept, strict=True):
        assert np.array_equal(np.sort(after[after != 0]), np.sort(before)[-count:])
        assert np.array_equal(after[after != 0], before[after != 0])


def test_gradients_pass_through_the_largest_alone():
    """What is kept hands its gradient on unchanged, what is silenced gets none."""
    code = ops.array(np.random.default_rng(0).standard_normal((30, 6)).astype(np.float32))
    arriving = np.random.default_rng(1).standard_normal((30, 6)).astype(np.float32)
    with tf.GradientTape() as tape:
        tape.watch(code)
        kept = KeepLargest(2)(code)
        value = ops.sum(kept * arriving)
    expected = np.where(np.asarray(kept) != 0, arriving, 0.0)
    np.testing.assert_array_equal(np.asarray(tape.gradient(value, code)), expected)


def test_k_sparse_codes_are_sparse_in_training_and_after():
    """The encoder itself gives k numbers other than 0, and the decoder is trained on those."""
    model, x = built({"k_sparse": 2}), digits_like()
    for code in (model.encoder(x), model.encode(ops.array(x), training=True)[0], model.codes(x)):
        assert (np.count_nonzero(np.asarray(code), axis=1) == 2).all()


def test_penalties_add_to_the_loss_and_zero_turns_them_off():
    """The loss is the sum of what is on; a weight of 0 leaves no term behind."""
    model, x = (
        built({"l1": 0.001, "activity_l1": 0.01, "contractive": 0.1, "l2": 0.0}),
        digits_like(),
    )
    terms = terms_of(model, x)
    assert set(terms) == {"reconstruction", "l1", "activity_l1", "contractive"}
    assert float(model.compute_loss(x=ops.array(x))) == pytest.approx(sum(terms.values()), rel=1e-5)
