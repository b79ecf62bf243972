"""Convolutions along time are built as the diagram says, for sequences of any length."""

import keras
import numpy as np
import pytest

from aecore.models.backbones.convolutional_1d import SPEC, Convolutional1DBackbone

# Plain rows, several channels, and pictures, whose rows are the steps.
SHAPES = [(9,), (16, 1), (37, 3), (8, 8, 1), (28, 28, 1), (37, 53, 3), (5, 1, 1)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("reduction", ["strided", "pooled"])
@pytest.mark.parametrize("kernel", [2, 5])
def test_any_sequence_comes_back_in_its_shape(autoencoder, shape, reduction, kernel):
    """Odd and even lengths of any channels give a code and values of exactly the sample's shape."""
    settings = Convolutional1DBackbone(filters=(3, 4), reduction=reduction, kernel=kernel)
    encoder, decoder = autoencoder(SPEC, settings, shape, 6)
    assert encoder.output_shape == (None, 6)
    assert decoder.output_shape == (None, *shape)


def test_each_stage_halves_the_steps_rounded_up():
    """Shapes of the stages and of their mirror, worked out by hand."""
    settings = Convolutional1DBackbone(filters=(4, 8))
    assert [block.shape for block in SPEC.encoder(settings, (37, 3))] == [(19, 4), (10, 8)]
    mirrored = [block.shape for block in SPEC.decoder(settings, (37, 3), 6)]
    assert mirrored == [(10, 8), (19, 8), (37, 4), (37, 3)]


def test_rows_of_a_picture_are_the_steps(chained):
    """A filter of one step sees whole rows: what it gives for a row depends on no other row."""
    settings = Convolutional1DBackbone(filters=(3,), kernel=1, reduction="pooled")
    encoder = chained(SPEC.encoder(settings, (4, 5, 2)), (4, 5, 2))
    assert encoder.get_layer("hidden_1").kernel.shape == (1, 10, 3)
    encoder.set_weights([np.ones((1, 10, 3)), np.zeros(3)])
    x = np.random.default_rng(0).uniform(size=(1, 4, 5, 2)).astype("float32")
    changed = x.copy()
    changed[:, 2:] += 1
    first, second = encoder.predict_on_batch(x), encoder.predict_on_batch(changed)
    assert first[:, 0] == pytest.approx(second[:, 0], rel=1e-5, abs=1e-6)
    assert first[:, 1] != pytest.approx(second[:, 1], rel=1e-5, abs=1e-6)


def test_kernel_changes_the_parameters():
    """A filter over five steps has five weights for each channel, and one bias."""
    for kernel in (3, 5):
        first = SPEC.encoder(Convolutional1DBackbone(filters=(4,), kernel=kernel), (9, 2))[0]
        assert first.parameters == (kernel * 2 + 1) * 4


def test_pooling_and_strides_halve_in_their_own_way(chained):
    """Pooled stages have a pooling layer, strided ones take steps of two."""
    strided = Convolutional1DBackbone(filters=(3,))
    pooled = Convolutional1DBackbone(filters=(3,), reduction="pooled")
    assert chained(SPEC.encoder(strided, (8,)), (8,)).get_layer("hidden_1").strides == (2,)
    layers = chained(SPEC.encoder(pooled, (8,)), (8,)).layers
    assert [type(layer) for layer in layers].count(keras.layers.MaxPooling1D) == 1
    assert SPEC.encoder(pooled, (8,))[0].title == "Convolution 5, pooled"


def test_too_many_stages_are_said():
    """More stages than a sequence has halvings in it are a problem; as many are none."""
    settings = Convolutional1DBackbone(filters=(2,) * 4)
    assert SPEC.problem(settings, (16,), 4) == ""
    assert SPEC.problem(settings, (8, 8, 1), 4) == (
        "A sample of 8 is down to a single place after 3 of the 4 stages, and the rest have "
        "nothing to halve. Shorten the list under Filters to 3."
    )
