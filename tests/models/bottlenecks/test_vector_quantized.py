"""The codebook: nearest entries, straight-through gradients, its terms and its moving averages."""

import random

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import ops

from aecore import Experiment
from aecore.models.bottlenecks._vector_quantized import Codebook
from aecore.models.bottlenecks.vector_quantized import SPEC, perplexity
from aecore.models.building import build

CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)


def built(shape=(8, 8, 1), source="digits", **changes):
    """A compiled VQ autoencoder; by default 6 vectors of 2 for digits, from 16 entries."""
    options = {"encoding_dim": 12, "units": [10], "codebook_size": 16, "vector_size": 2, **changes}
    experiment = Experiment(data={"source": source}).replace(
        {
            "model.encoding_dim": options.pop("encoding_dim"),
            "model.backbone.units": options.pop("units"),
            "model.bottleneck.kind": "vector-quantized",
            **{f"model.bottleneck.{name}": value for name, value in options.items()},
        }
    )
    random.seed(0)
    model = build(experiment.design, shape)
    model.compile(optimizer="adam")
    model.build_optimizers()
    return model


def untouched(**changes):
    """An autoencoder of pairs of numbers: they are looked up, as they are, among the corners."""
    model = built((2,), "breast-cancer", encoding_dim=2, units=[], codebook_size=4, **changes)
    for part, layer in ((model.trunk, "code"), (model.decoder, "values")):
        part.get_layer(layer).set_weights([np.eye(2), np.zeros(2)])
    model.codebook.entries.assign(CORNERS)
    return model


def codebook(entries, ema=False):
    """A codebook of the given entries."""
    layer = Codebook(*np.shape(entries), ema)
    layer.build((None, np.shape(entries)[1]))
    layer.entries.assign(entries)
    if ema:
        layer.sums.assign(entries)
    return layer


def normals(*shape, seed=0):
    """Standard normal numbers as float32."""
    return np.random.default_rng(seed).standard_normal(shape).astype(np.float32)


def digits_like(rows=40):
    """Values in [0, 1] in the shape of digits."""
    return np.random.default_rng(0).uniform(size=(rows, 8, 8, 1)).astype(np.float32)


@pytest.mark.parametrize(("size", "width", "units"), [(16, 2, 6), (5, 3, 3), (50, 1, 4)])
def test_each_vector_becomes_its_nearest_entry(size, width, units):
    """As a search through all entries finds it, place by place."""
    entries, code = normals(size, width, seed=1), normals(30, units)
    vectors = code.reshape(30, units // width, width)
    distances = np.square(vectors[:, :, None] - entries).sum(axis=-1)
    expected = distances.argmin(axis=-1)
    layer = codebook(entries)
    assert np.array_equal(np.asarray(layer.choose(ops.array(code))), expected)
    quantized = entries[expected].reshape(30, units)
    np.testing.assert_allclose(np.asarray(layer(ops.array(code))), quantized, atol=1e-6)


@pytest.mark.parametrize("ema", [True, False])
def test_gradients_pass_straight_through(ema):
    """What arrives at the quantised code arrives at the code, and nothing at the entries."""
    layer, code = codebook(normals(8, 2, seed=1), ema), tf.constant(normals(10, 4))
    arriving = normals(10, 4, seed=2)
    with tf.GradientTape() as tape:
        tape.watch(code)
        tape.watch(layer.entries.value)
        value = ops.sum(ops.square(layer(code)) * arriving)
    to_code, to_entries = tape.gradient(value, [code, layer.entries.value])
    np.testing.assert_allclose(to_code, 2 * np.asarray(layer(code)) * arriving, rtol=1e-5)
    assert to_entries is None


def test_the_decoder_gets_entries_alone():
    """Encoder and training hand on vectors of the codebook, which is not where they came from."""
    model, x = built(), digits_like()
    entries = np.asarray(model.codebook.entries)
    in_training = np.asarray(model.encode(ops.array(x), training=False)[0])
    for code in (np.asarray(model.encoder(x)), in_training, model.codes(x)):
        gaps = np.abs(code.reshape(-1, 1, 2) - entries).max(axis=-1)
        assert gaps.min(axis=1).max() < 1e-6
    assert np.abs(np.asarray(model.trunk(x)) - in_training).max() > 0.01
    chosen = entries[model.choices(x)].reshape(len(x), -1)
    np.testing.assert_allclose(in_training, chosen, atol=1e-6)
    expected = np.asarray(model.decoder(chosen))
    np.testing.assert_allclose(np.asarray(model(x)), expected, atol=1e-5)


@pytest.mark.parametrize("commitment", [0.25, 2.0])
def test_terms_are_the_formulas(commitment):
    """‖sg[z] − e‖² and commitment · ‖z − sg[e]‖², means over the code."""
    model, x = built(ema=False, commitment=commitment), digits_like()
    code = np.asarray(model.trunk(x), np.float64)
    gap = np.square(code - np.asarray(model.encoder(x))).mean()
    terms = model.loss_terms(ops.array(x), ops.array(x), training=True)
    assert set(terms) == {"reconstruction", "codebook", "commitment"}
    assert float(terms["codebook"]) == pytest.approx(gap, rel=1e-4)
    assert float(terms["commitment"]) == pytest.approx(commitment * gap, rel=1e-4)


def test_each_term_moves_one_side():
    """The codebook's term pulls entries to codes, the commitment's codes to entries."""
    model, x = built(ema=False), ops.array(digits_like())
    entries, kernel = model.codebook.entries.value, model.trunk.get_layer("code").kernel.value
    with tf.GradientTape(persistent=True) as tape:
        terms = model.encode(x, training=True)[1]
    assert tape.gradient(terms["codebook"], kernel) is None
    assert tape.gradient(terms["commitment"], entries) is None
    assert np.abs(tape.gradient(terms["commitment"], kernel)).max() > 0
    pull = tf.convert_to_tensor(tape.gradient(terms["codebook"], entries)).numpy()
    chosen, vectors = model.choices(np.asarray(x)).ravel(), np.asarray(model.trunk(x))
    vectors = vectors.reshape(-1, 2)
    expected = np.zeros_like(pull)
    np.add.at(expected, chosen, 2 * (np.asarray(entries)[chosen] - vectors) / vectors.size)
    np.testing.assert_allclose(pull, expected, atol=1e-6)


def test_entries_follow_the_mean_of_what_chose_them():
    """One step with known numbers: N = .99·1 + .01·n, m = .99·e + .01·Σz, e = m/N smoothed."""
    layer = codebook([[0.0, 0.0], [10.0, 10.0], [-10.0, 0.0]], ema=True)
    code = ops.array([[1.0, 0.0], [0.0, 2.0], [9.0, 9.0]])
    choices = layer.choose(code)
    assert np.asarray(choices).ravel().tolist() == [0, 0, 1]
    layer.follow(code, choices)
    uses = np.array([0.99 + 0.02, 0.99 + 0.01, 0.99])
    sums = np.array([[0.01, 0.02], [9.99, 9.99], [-9.9, 0.0]])
    np.testing.assert_allclose(np.asarray(layer.uses), uses, rtol=1e-6)
    np.testing.assert_allclose(np.asarray(layer.sums), sums, rtol=1e-5)
    smoothed = (uses + 1e-5) / (3.0 + 3e-5) * 3.0
    np.testing.assert_allclose(np.asarray(layer.entries), sums / smoothed[:, None], rtol=1e-5)


def test_entries_come_to_the_means_of_their_clusters():
    """Followed for long, as k-means: each entry is the mean of the vectors nearest to it."""
    rng = np.random.default_rng(0)
    centres = np.array([[4.0, 0.0], [-4.0, 3.0], [0.0, -5.0]])
    code = np.concatenate([c + 0.3 * rng.standard_normal((20, 2)) for c in centres])
    layer = codebook([[1.0, 0.0], [-1.0, 1.0], [0.0, -1.0]], ema=True)
    inside = tf.constant(code.astype(np.float32))
    follow = tf.function(lambda: layer.follow(inside, layer.choose(inside)))
    for _ in range(1200):
        follow()
    means = code.reshape(3, 20, 2).mean(axis=1)
    np.testing.assert_allclose(np.asarray(layer.entries), means, atol=0.01)


def test_dead_entries_wake_where_there_are_vectors():
    """An entry of hardly any uses moves to a vector of the batch; the others stay theirs."""
    layer = codebook([[0.0, 0.0], [50.0, 50.0], [60.0, 60.0]], ema=True)
    layer.uses.assign([1.0, 0.02, 0.04])
    code = ops.array([[1.0, 0.0], [0.0, 2.0], [3.0, 3.0]])
    layer.follow(code, layer.choose(code))
    entries, uses = np.asarray(layer.entries), np.asarray(layer.uses)
    assert entries[1].tolist() in np.asarray(code).tolist()
    assert np.asarray(layer.sums)[1].tolist() == entries[1].tolist()
    assert uses == pytest.approx([0.99 + 0.03, 1.0, 0.99 * 0.04])
    assert entries[0].max() < 3
    assert entries[2].min() > 50


def test_only_training_moves_averages():
    """An evaluation leaves the codebook as it is, a training step does not."""
    model, x = built(), ops.array(digits_like())
    before = np.asarray(model.codebook.entries)
    model.test_step((x, x))
    assert np.array_equal(np.asarray(model.codebook.entries), before)
    model.train_step((x,))
    assert not np.allclose(np.asarray(model.codebook.entries), before, atol=1e-6)


def test_trained_entries_move_by_the_optimizer():
    """Without averages the codebook is among the trained weights, with them it is not."""
    for ema in (True, False):
        model = built(ema=ema)
        trained = {id(v) for v in model.trainable_variables}
        assert (id(model.codebook.entries) in trained) is not ema
        assert isinstance(model.codebook.entries, keras.Variable)


@pytest.mark.parametrize("size", [2, 7, 128])
def test_perplexity_of_counts(size):
    """K for uniform use, 1 for a single entry, 2^H in between."""
    assert perplexity(np.full(size, 3)) == pytest.approx(size)
    assert perplexity(np.eye(size)[0]) == pytest.approx(1)
    assert perplexity(np.array([2, 1, 1])) == pytest.approx(2**1.5)


@pytest.mark.parametrize(("used", "expected", "dead"), [(4, 4.0, 0), (2, 2.0, 2), (1, 1.0, 3)])
def test_perplexity_is_logged_and_diagnosed(used, expected, dead):
    """Samples spread over so many corners use so many entries."""
    model = untouched()
    x = np.tile(CORNERS[:used], (8, 1)) + 0.1 * np.random.default_rng(0).random((8 * used, 2))
    x = x.astype(np.float32)
    logged = model.test_step((ops.array(x), ops.array(x)))["perplexity"]
    found = SPEC.diagnose(model, x, x, 0)
    assert float(logged) == pytest.approx(expected, rel=1e-4)
    assert found == {"perplexity": pytest.approx(expected), "dead_codes": dead}


def test_reconstruction_is_measured_on_entries():
    """A point a tenth off its corner comes back as the corner: the error is the distance."""
    model = untouched(commitment=0.5)
    x = ops.array(CORNERS + np.float32(0.1))
    found = model.test_step((x, x))
    assert float(found["reconstruction"]) == pytest.approx(0.01, rel=1e-4)
    assert float(found["commitment"]) == pytest.approx(0.005, rel=1e-4)
