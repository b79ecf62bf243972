"""Archives: the `.keras` files in which a run keeps its models.

`encoder.keras`, `decoder.keras` and `autoencoder.keras` hold functional models of Keras's own
layers, which load wherever Keras is; `training.keras` holds the `Autoencoder` with its loss and
optimizers, which loads where this package is.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras

from aecore.models.autoencoder import Autoencoder
from aecore.models.bottlenecks import BOTTLENECKS
from aecore.models.layers import Portable
from aecore.models.seeding import drawing_alone

CODE = "code"
# What an encoder's code is called, where it has more to give than that.
CODE_NAMES = (CODE, "mean")
# Runs of 0.4 and before have the `Autoencoder` under the second name.
TRAINING_FILES = ("training.keras", "autoencoder.keras")

for _bottleneck in BOTTLENECKS.values():
    # Registers with Keras all layers and models that an archive may hold.
    _bottleneck.autoencoder()


def write(model: Autoencoder, folder: Path) -> None:
    """Write a trained autoencoder's four archives into a folder."""
    with drawing_alone():
        encoder, decoder = portable_encoder(model), in_keras_layers(model.decoder)
        chained = _chained(encoder, decoder)
    encoder.save(folder / "encoder.keras")
    decoder.save(folder / "decoder.keras")
    chained.save(folder / "autoencoder.keras")
    model.save(folder / TRAINING_FILES[0])


def read(path: Path, *, compiled: bool = False) -> keras.Model:
    """The model in an archive of this version or an earlier one, with Keras's safe mode on.

    Args:
        compiled: whether to restore loss and optimizers as well.

    Raises:
        OSError, ValueError, TypeError, KeyError: the file is not there or is no such archive.
    """
    with drawing_alone():
        return keras.saving.load_model(path, compile=compiled, safe_mode=True)


def read_training(folder: Path) -> Autoencoder:
    """The `Autoencoder` of a run's folder, compiled as it was, so that it can be trained further.

    Raises:
        OSError, ValueError, TypeError, KeyError: there is none, or it cannot be read.
    """
    paths = [folder / name for name in TRAINING_FILES]
    path = next((path for path in paths if path.is_file()), paths[0])
    model = read(path, compiled=True)
    if not isinstance(model, Autoencoder):
        raise ValueError(f"{path.name} holds no autoencoder that can be trained.")
    return model


def with_code_alone(encoder: keras.Model) -> keras.Model:
    """An encoder of an archive that gives one array (n, k); of a variational one the mean."""
    named = encoder.output
    if not isinstance(named, dict):
        return encoder
    code = next(named[name] for name in CODE_NAMES if name in named)
    return keras.Model(encoder.input, code, name=encoder.name)


def portable_encoder(model: Autoencoder) -> keras.Model:
    """Sample, and label if it is told one -> code (n, k), or, of several outputs, each by its name.

    The inputs are named `sample` and `label`, the outputs as by `Autoencoder.named_outputs`.
    """
    trunk = in_keras_layers(model.trunk, _output_named_code(model.trunk))
    named = model.named_outputs(trunk.outputs)
    outputs = named if len(named) > 1 else named[CODE]
    return keras.Model(trunk.input, outputs, name="encoder")


def in_keras_layers(model: keras.Model, names: Mapping[str, str] | None = None) -> keras.Model:
    """A copy of a functional model, weights and all, in which each layer is one of Keras's own.

    Args:
        names: new names of layers; the others keep theirs.
    """

    def called(layer: Any, inputs: Any, **more: Any) -> Any:
        name = (names or {}).get(layer.name, layer.name)
        if isinstance(layer, Portable):
            return layer.in_keras_layers(inputs, name)
        copy = type(layer).from_config({**layer.get_config(), "name": name})
        made = copy(inputs, **more)
        copy.set_weights(layer.get_weights())
        return made

    return keras.models.clone_model(model, clone_function=lambda layer: layer, call_function=called)


def _output_named_code(trunk: keras.Model) -> dict[str, str]:
    """New names of layers, by which the last one is `code` where another one was."""
    last = trunk.layers[-1].name
    if len(trunk.outputs) > 1 or last == CODE:
        return {}
    return {CODE: f"{CODE}_values", last: CODE}


def _chained(encoder: keras.Model, decoder: keras.Model) -> keras.Model:
    """Sample, and label if there is one -> reconstruction, without chance: by the mean code."""
    inputs = [keras.Input(each.shape[1:], name=each.name) for each in encoder.inputs]
    given = inputs if len(inputs) > 1 else inputs[0]
    code = with_code_alone(encoder)(given)
    told = [code, *inputs[1:]] if len(inputs) > 1 else code
    named = keras.layers.Identity(name="reconstruction")
    return keras.Model(given, named(decoder(told)), name="autoencoder")
