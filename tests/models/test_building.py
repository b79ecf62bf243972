"""Every control of the model reaches the Keras model that is built."""

import keras
import numpy as np
import pytest

from aecore.experiment import Experiment
from aecore.models.activations import HIDDEN_ACTIVATIONS
from aecore.models.building import build


def built(**changes):
    """Experiment on small digits with changes, and its model."""
    experiment = Experiment(data={"source": "digits"}).replace(
        {path.replace("__", "."): value for path, value in changes.items()}
    )
    return experiment, build(experiment.design, experiment.facts.sample_shape)


@pytest.mark.parametrize("units", [[], [12], [30, 20, 10]])
def test_hidden_layers_are_built_and_mirrored(units):
    """Encoder and decoder have the layers asked for, and the diagram tells the same."""
    experiment, model = built(model__backbone__units=units, model__encoding_dim=5)
    dense = [layer.units for layer in model.encoder.layers if isinstance(layer, keras.layers.Dense)]
    mirror = [
        layer.units for layer in model.decoder.layers if isinstance(layer, keras.layers.Dense)
    ]
    assert dense == [*units, 5]
    assert mirror == [*reversed(units), 64]
    assert model.count_params() == sum(layer.parameters for layer in experiment.layers())


@pytest.mark.parametrize("activation", HIDDEN_ACTIVATIONS)
def test_activation_reaches_the_hidden_layers(activation):
    """The hidden layers carry the activation by its Keras name."""
    _, model = built(model__backbone__activation=activation, model__backbone__units=[9])
    assert model.encoder.get_layer("hidden_1").activation is keras.activations.get(activation)
    assert model.decoder.get_layer("hidden_1").activation is keras.activations.get(activation)


@pytest.mark.parametrize(
    ("scaling", "loss", "chosen", "expected"),
    [
        ("min-max", "binary_crossentropy", "auto", "sigmoid"),
        ("min-max", "mse", "auto", "sigmoid"),
        ("standardize", "mse", "auto", "linear"),
        ("none", "mse", "auto", "linear"),
        ("min-max", "mse", "linear", "linear"),
    ],
)
def test_output_activation_suits_or_obeys(scaling, loss, chosen, expected):
    """Automatic follows scaling and loss; a choice is obeyed."""
    _, model = built(
        preprocessing__scaling=scaling, training__loss=loss, model__output_activation=chosen
    )
    assert model.decoder.layers[-1].activation is keras.activations.get(expected)


def test_saved_model_loads_safely_and_gives_equal_outputs(tmp_path):
    """A .keras file restores in safe mode, encoder and decoder within."""
    _, model = built()
    model.compile(optimizer="adam")
    x = np.random.default_rng(0).uniform(size=(7, 8, 8, 1)).astype("float32")
    model.fit(x, verbose=0)
    model.save(tmp_path / "m.keras")
    loaded = keras.saving.load_model(tmp_path / "m.keras", safe_mode=True)
    expected = model.predict(x, verbose=0)
    assert loaded.predict(x, verbose=0) == pytest.approx(expected, rel=1e-5, abs=1e-6)
    assert loaded.evaluate(x, verbose=0) == pytest.approx(model.evaluate(x, verbose=0))


def test_sigmoid_models_agree_with_their_own_loss():
    """The loss worked out on logits is that of the reconstruction put out."""
    from aecore.models.losses import mean_loss

    _, model = built()
    x = np.random.default_rng(0).uniform(size=(50, 8, 8, 1)).astype("float32")
    reported = float(model.compute_loss(x=x, training=False))
    x_hat = np.asarray(model(x, training=False))
    assert reported == pytest.approx(mean_loss("binary_crossentropy", x, x_hat), rel=1e-5)
