"""Convolutions of pictures are built as the diagram says, for pictures of any size."""

import keras
import numpy as np
import pytest
from pydantic import ValidationError

from aecore.models.backbones import BuildContext
from aecore.models.backbones.convolutional import SPEC, ConvolutionalBackbone

SIZES = [(8, 8, 1), (28, 28, 1), (37, 53, 3), (1, 5, 1)]


@pytest.mark.parametrize("shape", SIZES)
@pytest.mark.parametrize("reduction", ["strided", "pooled"])
@pytest.mark.parametrize("kernel", [2, 3])
def test_any_picture_comes_back_in_its_size(autoencoder, shape, reduction, kernel):
    """Odd and even sizes, grey and colour, give a code and values of exactly the picture's size."""
    settings = ConvolutionalBackbone(filters=(3, 4), reduction=reduction, kernel=kernel)
    encoder, decoder = autoencoder(SPEC, settings, shape, 6)
    assert encoder.output_shape == (None, 6)
    assert decoder.output_shape == (None, *shape)


@pytest.mark.parametrize("shape", SIZES)
def test_a_map_comes_back_in_the_size_of_the_picture(autoencoder, shape):
    """A code that is a small picture fits the last stage's size and leads back to the picture."""
    settings = ConvolutionalBackbone(filters=(3, 4), layout="map")
    height, width, _ = SPEC.encoder(settings, shape)[-1].shape
    encoder, decoder = autoencoder(SPEC, settings, shape, 2 * height * width)
    assert encoder.output_shape == (None, 2 * height * width)
    assert decoder.output_shape == (None, *shape)


def test_each_stage_halves_the_size_rounded_up():
    """Shapes of the stages and of their mirror, worked out by hand."""
    settings = ConvolutionalBackbone(filters=(4, 8, 16))
    hidden = [block.shape for block in SPEC.encoder(settings, (37, 53, 3))]
    assert hidden == [(19, 27, 4), (10, 14, 8), (5, 7, 16)]
    mirrored = [block.shape for block in SPEC.decoder(settings, (37, 53, 3), 10)]
    assert mirrored == [(5, 7, 16), (10, 14, 16), (19, 27, 8), (37, 53, 4), (37, 53, 3)]


def test_titles_tell_what_a_layer_does():
    """The diagram reads in words: kernel, reduction, mirror."""
    shape = (8, 8, 1)
    settings = ConvolutionalBackbone(filters=(2,))
    assert [block.title for block in SPEC.encoder(settings, shape)] == ["Convolution 3 × 3, halved"]
    assert [block.title for block in SPEC.decoder(settings, shape, 4)] == [
        "Dense",
        "Transposed convolution 3 × 3",
        "Convolution 3 × 3",
    ]
    pooled = ConvolutionalBackbone(filters=(2,), reduction="pooled", kernel=5)
    assert SPEC.encoder(pooled, shape)[0].title == "Convolution 5 × 5, pooled"
    code_map = ConvolutionalBackbone(filters=(2,), layout="map")
    assert SPEC.head(code_map, shape, 16, "code").title == "Convolution 1 × 1"


def test_pooling_and_strides_halve_in_their_own_way(chained):
    """Pooled stages have a pooling layer and other values; parameters are as many."""
    x = np.random.default_rng(0).uniform(size=(2, 8, 8, 1)).astype("float32")
    made = {}
    for reduction in ("strided", "pooled"):
        settings = ConvolutionalBackbone(filters=(3,), reduction=reduction)
        made[reduction] = chained(SPEC.encoder(settings, (8, 8, 1)), (8, 8, 1))
        made[reduction].set_weights([np.ones((3, 3, 1, 3)), np.zeros(3)])
    pooling = [type(layer) is keras.layers.MaxPooling2D for layer in made["pooled"].layers]
    assert sum(pooling) == 1
    assert made["strided"].get_layer("hidden_1").strides == (2, 2)
    assert not np.allclose(made["strided"].predict_on_batch(x), made["pooled"].predict_on_batch(x))


def test_kernel_changes_the_parameters():
    """A 5 × 5 filter has 25 weights for each channel, and one bias."""
    shape = (8, 8, 3)
    for kernel in (2, 3, 5, 7):
        first = SPEC.encoder(ConvolutionalBackbone(filters=(4,), kernel=kernel), shape)[0]
        assert first.parameters == (kernel * kernel * 3 + 1) * 4


def test_activation_is_in_hidden_blocks_and_not_in_the_values(chained):
    """Hidden convolutions carry the activation; the last is linear."""
    settings = ConvolutionalBackbone(filters=(2,))
    decoder = chained(SPEC.decoder(settings, (5, 4, 1), 3), (3,))
    bent = {
        layer.name: keras.activations.serialize(layer.activation)
        for layer in decoder.layers
        if hasattr(layer, "activation")
    }
    assert bent == {"hidden_1": "relu", "hidden_2": "relu", "values": "linear"}
    assert not SPEC.decoder(settings, (5, 4, 1), 3)[-1].hidden


def test_a_map_is_laid_out_channels_last(autoencoder):
    """Number (row · width + column) · channels + channel of a code is at that place of the map."""
    settings = ConvolutionalBackbone(filters=(8,), layout="map")
    encoder, decoder = autoencoder(SPEC, settings, (8, 6, 1), 4 * 3 * 2)
    small = keras.Model(encoder.inputs, encoder.get_layer("code").output)
    x = np.random.default_rng(0).uniform(size=(5, 8, 6, 1)).astype("float32")
    code, code_map = encoder.predict_on_batch(x), small.predict_on_batch(x)
    assert code_map.shape == (5, 4, 3, 2)
    assert code[:, (2 * 3 + 1) * 2 + 1] == pytest.approx(code_map[:, 2, 1, 1], rel=1e-5, abs=1e-6)
    assert code == pytest.approx(code_map.reshape(5, -1), rel=1e-5, abs=1e-6)
    assert len(np.unique(code[0])) == code.shape[1]
    read = keras.Model(decoder.inputs, decoder.get_layer("code_map").output)
    assert read.predict_on_batch(code) == pytest.approx(code_map, rel=1e-5, abs=1e-6)


@pytest.mark.parametrize("layout", ["vector", "map"])
def test_two_heads_stand_side_by_side(layout):
    """A bottleneck may ask for two outputs of one encoder; their names do not clash."""
    settings = ConvolutionalBackbone(filters=(3,), layout=layout)
    inputs = keras.Input((4, 4, 3))
    outputs = []
    for name in ("mean", "log_variance"):
        tensor = inputs
        for layer in SPEC.head(settings, (8, 8, 1), 16, name).make(BuildContext()):
            tensor = layer(tensor)
        outputs.append(tensor)
    assert keras.Model(inputs, outputs).output_shape == [(None, 16), (None, 16)]


@pytest.mark.parametrize(
    ("changes", "shape", "size", "words"),
    [
        ({"layout": "map"}, (28, 28, 1), 32, "7 × 7 has a multiple of 49 numbers, and 32 is none"),
        ({"layout": "map"}, (28, 28, 1), 32, "Set the encoding dimension to 49."),
        ({"layout": "map"}, (28, 28, 1), 60, "Set the encoding dimension to 49 or 98."),
        ({"layout": "map"}, (28, 28, 1), 4090, "Set the encoding dimension to 4067."),
        ({"layout": "map", "filters": (2,)}, (200, 200, 3), 32, "100 × 100 has at least 10000"),
        ({"filters": (2,) * 5}, (8, 8, 1), 32, "A sample of 8 × 8 is down to a single place"),
        ({"filters": (2,) * 5}, (8, 8, 1), 32, "Shorten the list under Filters to 3."),
        ({"filters": (2,) * 5, "layout": "map"}, (8, 8, 1), 31, "after 3 of the 5 stages"),
        ({"filters": (2,)}, (1, 1, 3), 32, "Choose dense layers."),
    ],
)
def test_what_does_not_go_together_is_said(changes, shape, size, words):
    """A problem is one sentence of cause and one with the way out."""
    said = SPEC.problem(ConvolutionalBackbone(**changes), shape, size)
    assert words in said
    assert said.count(". ") == 1
    assert said.endswith(".")


@pytest.mark.parametrize(
    ("changes", "shape", "size"),
    [
        ({}, (28, 28, 1), 32),
        ({"layout": "map"}, (28, 28, 1), 49),
        ({"layout": "map"}, (28, 28, 1), 98),
        ({"filters": (2, 2, 2)}, (8, 8, 1), 5),
        ({"filters": (2, 2, 2)}, (1, 5, 1), 5),
        ({"layout": "map", "filters": (2,) * 3}, (8, 8, 1), 31),
    ],
)
def test_what_goes_together_is_no_problem(changes, shape, size):
    """Sizes that fit, and as many stages as halve something, are let through."""
    assert SPEC.problem(ConvolutionalBackbone(**changes), shape, size) == ""


@pytest.mark.parametrize(
    "changes",
    [{"filters": ()}, {"filters": (8,) * 6}, {"filters": (0,)}, {"kernel": 8}, {"layout": "row"}],
)
def test_options_out_of_bounds_are_refused(changes):
    """No stage, a sixth stage, no filter, a wide kernel or an unknown layout is no setting."""
    with pytest.raises(ValidationError):
        ConvolutionalBackbone(**changes)
