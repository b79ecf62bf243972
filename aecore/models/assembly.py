"""From blocks to a Keras encoder and decoder, and to the layers that a diagram shows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aecore.models.activations import HIDDEN_ACTIVATIONS, OUTPUT_ACTIVATIONS
from aecore.models.backbones import BACKBONES, BackboneSpec, Block, BuildContext
from aecore.models.bottlenecks import BOTTLENECKS

if TYPE_CHECKING:
    import keras

    from aecore.models.options import ModelSettings

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Layer:
    """One layer as the diagram shows it, computed without Keras.

    Attributes:
        part: `input`, `encoder`, `code`, `decoder` or `output`.
        title: such as "Dense, ReLU".
        shape: shape of its output for one sample.
        parameters: number of trained numbers in it.
        places: how many times a sample uses them.
    """

    part: str
    title: str
    shape: Shape
    parameters: int
    places: int = 1


@dataclass(frozen=True)
class ModelDesign:
    """What a model is built from.

    Attributes:
        settings: the options of the model.
        loss: name of the reconstruction loss, for which a bottleneck may need trained numbers.
        output_activation: `sigmoid` or `linear`.
        classes: number of classes that encoder and decoder are conditioned on, or 0.
    """

    settings: ModelSettings
    loss: str
    output_activation: str
    classes: int = 0


@dataclass(frozen=True)
class Plan:
    """The blocks of a model, and what is put between and behind them.

    `labels` is the number of classes that encoder and decoder are told of, or 0, and `seen_shape`
    that of a sample together with its label.
    """

    labels: int
    seen_shape: Shape
    encoder: list[Block]
    heads: list[Block]
    decoder: list[Block]
    activation: str
    code_activation: str
    output_activation: str
    batch_normalization: bool
    dropout: float


def plan(design: ModelDesign, sample_shape: Shape) -> Plan:
    """What to build for samples of this shape."""
    model = design.settings
    backbone, settings = BACKBONES[model.backbone.kind], model.backbone
    seen_shape = _shape_with_labels(backbone, sample_shape, design.classes)
    encoder = backbone.encoder(settings, seen_shape)
    bottleneck = BOTTLENECKS[model.bottleneck.kind]
    return Plan(
        labels=design.classes,
        seen_shape=seen_shape,
        encoder=encoder,
        heads=[
            backbone.head(settings, seen_shape, model.encoding_dim, name)
            for name in bottleneck.heads
        ],
        decoder=backbone.decoder(settings, sample_shape, model.encoding_dim + design.classes),
        activation=settings.activation,
        code_activation=_code_activation(model, bool(encoder)),
        output_activation=design.output_activation,
        batch_normalization=model.penalties.batch_normalization,
        dropout=model.penalties.dropout or 0.0,
    )


def _shape_with_labels(backbone: BackboneSpec, sample_shape: Shape, labels: int) -> Shape:
    """Shape of a sample with its one-hot label: further values, or further channels everywhere."""
    if not labels:
        return sample_shape
    if backbone.sees_places:
        return (*sample_shape[:-1], sample_shape[-1] + labels)
    return (math.prod(sample_shape) + labels,)


def _code_activation(model: ModelSettings, has_hidden_layers: bool) -> str:
    """Linear after hidden layers, so that a code can take any value; without any the backbone's
    own, as in the article's 784-32-784. KL sparsity needs codes in (0, 1).
    """
    if model.penalties.kl_sparsity is not None:
        return "sigmoid"
    if has_hidden_layers or BOTTLENECKS[model.bottleneck.kind].shapes_code:
        return "linear"
    return model.backbone.activation


def layers(design: ModelDesign, sample_shape: Shape) -> list[Layer]:
    """The layers of encoder, code and decoder with their shapes and parameter counts."""
    planned = plan(design, sample_shape)
    found = [Layer("input", "Input, label" if planned.labels else "Input", sample_shape, 0)]
    found += [_layer("encoder", planned, block) for block in planned.encoder]
    found.append(_code_layer(design, planned))
    found += [_layer("decoder", planned, block) for block in planned.decoder[:-1]]
    last = planned.decoder[-1]
    title = f"{last.title}, {OUTPUT_ACTIVATIONS[planned.output_activation].title}"
    return [*found, Layer("output", title, sample_shape, last.parameters, last.places)]


def _layer(part: str, planned: Plan, block: Block) -> Layer:
    title, parameters = block.title, block.parameters
    if block.activated:
        title += f", {HIDDEN_ACTIVATIONS[planned.activation].title}"
    if block.hidden and planned.batch_normalization:
        title += ", normalised"
        parameters += 2 * block.shape[-1]
    return Layer(part, title, block.shape, parameters, block.places)


def _code_layer(design: ModelDesign, planned: Plan) -> Layer:
    model = design.settings
    bottleneck = BOTTLENECKS[model.bottleneck.kind]
    title = f"{planned.heads[0].title}, {HIDDEN_ACTIVATIONS[planned.code_activation].title}"
    if bottleneck.shapes_code:
        title = f"{planned.heads[0].title}, {bottleneck.title.lower()}"
    extra = bottleneck.parameters(model.bottleneck, model.encoding_dim, design.loss)
    parameters = sum(head.parameters for head in planned.heads) + extra
    return Layer("code", title, (model.encoding_dim,), parameters)


def keras_encoder(planned: Plan, sample_shape: Shape, keep_largest: int | None) -> keras.Model:
    """Sample (*sample_shape) -> one code (encoding_dim,), or a list of what the heads give.

    With labels it takes [sample, one-hot label (labels,)].
    """
    import keras

    from aecore.models.layers import KeepLargest

    sample = keras.Input(sample_shape, name="sample")
    inputs, seen = [sample], sample
    if planned.labels:
        inputs.append(keras.Input((planned.labels,), name="label"))
        seen = _with_label(sample, inputs[1], planned.seen_shape)
    hidden = _applied(planned, planned.encoder, seen, BuildContext())
    outputs = []
    for head in planned.heads:
        context = BuildContext(activation=planned.code_activation)
        outputs.append(_chained(head.make(context), hidden))
    if keep_largest is not None:
        outputs[0] = KeepLargest(keep_largest, name="keep_largest")(outputs[0])
    return keras.Model(_one_or_all(inputs), _one_or_all(outputs), name="encoder")


def keras_decoder(planned: Plan, encoder: keras.Model) -> keras.Model:
    """Code (encoding_dim,) -> reconstruction (*sample_shape); its last layer is the activation.

    With labels it takes [code, one-hot label (labels,)].
    """
    import keras

    code = keras.Input((math.prod(planned.heads[0].shape),), name="code")
    inputs, told = [code], code
    if planned.labels:
        inputs.append(keras.Input((planned.labels,), name="label"))
        told = keras.layers.Concatenate(name="code_and_label")(inputs)
    values = _applied(planned, planned.decoder, told, BuildContext(encoder=encoder))
    outputs = keras.layers.Activation(planned.output_activation, name="reconstruction")(values)
    return keras.Model(_one_or_all(inputs), outputs, name="decoder")


def _with_label(sample: Any, label: Any, shape: Shape) -> Any:
    """The sample with its label as further values (n,), or as further channels at every place."""
    import keras

    if len(shape) == 1:
        flat = keras.layers.Flatten(name="flat_sample")(sample)
        return keras.layers.Concatenate(name="sample_and_label")([flat, label])
    repeated = keras.layers.RepeatVector(math.prod(shape[:-1]), name="label_everywhere")(label)
    placed = keras.layers.Reshape((*shape[:-1], label.shape[-1]), name="label_channels")(repeated)
    return keras.layers.Concatenate(name="sample_and_label")([sample, placed])


def _one_or_all(tensors: list[Any]) -> Any:
    return tensors[0] if len(tensors) == 1 else tensors


def _applied(planned: Plan, blocks: Sequence[Block], tensor: Any, context: BuildContext) -> Any:
    """The blocks one after another, each with normalisation, activation and dropout behind it."""
    import keras

    for block in blocks:
        normalised = block.hidden and planned.batch_normalization
        activation = planned.activation if block.activated and not normalised else "linear"
        made = block.make(BuildContext(activation=activation, encoder=context.encoder))
        if normalised:
            made.append(keras.layers.BatchNormalization(name=f"{block.name}_normalised"))
            if block.activated:
                made.append(keras.layers.Activation(planned.activation, name=f"{block.name}_bent"))
        if block.hidden and planned.dropout:
            made.append(keras.layers.Dropout(planned.dropout, name=f"{block.name}_dropout"))
        tensor = _chained(made, tensor)
    return tensor


def _chained(made: Sequence[Any], tensor: Any) -> Any:
    for layer in made:
        tensor = layer(tensor)
    return tensor
