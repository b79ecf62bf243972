"""The one description of a run: the form edits it, a link carries it, a run keeps it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union

from pydantic import Field, ValidationError, model_validator

from aecore.compatibility import misfits
from aecore.data import DATASETS, Facts, facts
from aecore.data.scaling import SCALINGS
from aecore.defaults import with_suited_defaults
from aecore.errors import DataError, ExperimentError, Problem
from aecore.models.activations import OUTPUT_ACTIVATIONS
from aecore.models.assembly import Layer, layers
from aecore.models.backbones import BACKBONES, BackboneSpec
from aecore.models.backbones.dense import DenseBackbone
from aecore.models.bottlenecks import BOTTLENECKS, BottleneckSpec
from aecore.models.bottlenecks.plain import PlainBottleneck
from aecore.models.corruptions import CORRUPTIONS
from aecore.models.corruptions.none import NoCorruption
from aecore.models.losses import LOSSES
from aecore.models.penalties import Penalties
from aecore.refusals import problem_of
from aecore.settings import MembersOf, OneOf, Settings, optional_setting, setting, with_values
from aecore.training.optimizers import OPTIMIZERS


def _settings_of(family: Mapping[str, Any]) -> Any:
    """The settings of a family's members, told apart by their `kind`."""
    members = tuple(spec.settings for spec in family.values())
    return Annotated[Union[members], Field(discriminator="kind"), MembersOf(family)]  # noqa: UP007


if TYPE_CHECKING:
    Backbone = DenseBackbone
    Bottleneck = PlainBottleneck
    Corruption = NoCorruption
else:
    Backbone = _settings_of(BACKBONES)
    Bottleneck = _settings_of(BOTTLENECKS)
    Corruption = _settings_of(CORRUPTIONS)


class DataSettings(Settings):
    """Which samples, and how many are held out."""

    source: Annotated[str, OneOf(DATASETS, or_path=True)] = setting(
        "mnist-5k", "Data set", "What the autoencoder learns to reconstruct."
    )
    validation_fraction: float = setting(
        0.2,
        "Validation share",
        "Rows kept out of training to see whether it learned more than these rows.",
        ge=0.0,
        le=0.5,
        step=0.05,
    )
    test_fraction: float = setting(
        0.0,
        "Test share",
        "Rows touched only once, after training, for the final figures.",
        ge=0.0,
        le=0.5,
        step=0.05,
        advanced=True,
    )
    split: Literal["random", "ordered"] = setting(
        "random",
        "Rows held out",
        "Random keeps the mix of classes; ordered holds out the last rows of the file.",
        advanced=True,
    )


class Preprocessing(Settings):
    """What is done to the values before training."""

    scaling: Annotated[str, OneOf(SCALINGS)] = setting(
        "min-max", "Scaling", "Brings values to a common range, learned from training rows alone."
    )


class ModelSettings(Settings):
    """The autoencoder: encoder, latent code, decoder."""

    encoding_dim: int = setting(
        32,
        "Encoding dimension",
        "How many numbers describe one sample; fewer force the model to find structure.",
        ge=1,
        le=4096,
    )
    backbone: Backbone = Field(default_factory=DenseBackbone)
    bottleneck: Bottleneck = Field(default_factory=PlainBottleneck)
    corruption: Corruption = Field(default_factory=NoCorruption)
    penalties: Penalties = Field(default_factory=Penalties)
    output_activation: Annotated[str, OneOf(OUTPUT_ACTIVATIONS)] = setting(
        "auto", "Output activation", "The range that reconstructions can take.", advanced=True
    )


class EarlyStopping(Settings):
    """End training when validation loss no longer improves, and keep the best weights."""

    patience: int = setting(
        10, "Patience", "Epochs without improvement before training ends.", ge=1, le=200
    )


class TrainingSettings(Settings):
    """What to minimise, how, and for how long."""

    loss: Annotated[str, OneOf(LOSSES)] = setting(
        "mse", "Loss", "How a reconstruction's error is counted."
    )
    optimizer: Annotated[str, OneOf(OPTIMIZERS)] = setting(
        "adam", "Optimizer", "How each training step is taken."
    )
    learning_rate: float = setting(
        0.001,
        "Learning rate",
        "Size of a step: too small is slow, too large diverges.",
        ge=1e-6,
        le=10.0,
        log=True,
    )
    epochs: int = setting(20, "Epochs", "Passes over the training rows.", ge=1, le=2000)
    batch_size: int = setting(
        256, "Batch size", "Rows seen before each step of the weights.", ge=1, le=8192
    )
    schedule: Literal["constant", "cosine", "plateau"] = setting(
        "constant",
        "Learning rate over time",
        "Cosine sinks to zero by the last epoch; plateau halves the rate when validation loss "
        "stops improving.",
        advanced=True,
    )
    clip_norm: float | None = optional_setting(
        1.0,
        "Gradient clipping",
        "Steps whose gradient is longer than this are shortened to it.",
        ge=1e-4,
        le=1e4,
    )
    early_stopping: EarlyStopping | None = setting(
        None,
        "Early stopping",
        "End when validation loss no longer improves, and keep the best weights.",
        advanced=True,
    )


class Experiment(Settings):
    """A run from data to trained autoencoder; immutable, and valid once it exists.

    Every field has a default that suits the data set, so `Experiment(data={"source": "digits"})`
    is complete. Use `from_dict` or `from_json` for input from people: they raise
    `ExperimentError` with sentences; the constructor raises pydantic's `ValidationError` for a
    single field and `ExperimentError` for parts that do not go together.
    """

    data: DataSettings = Field(default_factory=DataSettings)
    preprocessing: Preprocessing = Field(default_factory=Preprocessing)
    model: ModelSettings = Field(default_factory=ModelSettings)
    training: TrainingSettings = Field(default_factory=TrainingSettings)
    seed: int = setting(
        0,
        "Seed",
        "The same seed on the same machine gives the same run.",
        ge=0,
        le=2**31 - 1,
        advanced=True,
    )

    @model_validator(mode="before")
    @classmethod
    def _fill_in_what_suits_the_data(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        return with_suited_defaults(given)

    @model_validator(mode="after")
    def _check_that_the_parts_fit(self) -> Experiment:
        problems = list(misfits(self))
        if problems:
            raise ExperimentError(problems)
        return self

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> Experiment:
        """An experiment from plain data, as JSON holds it.

        Raises:
            ExperimentError: with one sentence for each problem, and its field's path.
        """
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise ExperimentError([problem_of(details) for details in error.errors()]) from None
        except DataError as error:
            raise ExperimentError([Problem("data.source", str(error))]) from None

    @classmethod
    def from_json(cls, text: str | bytes) -> Experiment:
        """An experiment from JSON text.

        Raises:
            ExperimentError: it is no JSON object, or as `from_dict`.
        """
        try:
            given = json.loads(text)
        except (ValueError, RecursionError) as error:
            message = f"This is not valid JSON ({error}). Check it with a JSON editor."
            raise ExperimentError([Problem("", message)]) from None
        if not isinstance(given, dict):
            message = 'An experiment must be a JSON object, such as {"data": {…}}.'
            raise ExperimentError([Problem("", message)])
        return cls.from_dict(given)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, every field present; `from_dict` gives an equal experiment back."""
        return self.model_dump(mode="json")

    def to_json(self) -> str:
        """The same as indented JSON text."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)

    def replace(self, changes: Mapping[str, Any]) -> Experiment:
        """The same experiment with some fields changed, given as dotted path -> value.

        Raises:
            ExperimentError: the changed experiment is not valid.
        """
        return Experiment.from_dict(with_values(self.to_dict(), changes))

    @property
    def facts(self) -> Facts:
        """What is known of the data set before it is loaded."""
        return facts(self.data.source)

    @property
    def output_activation(self) -> str:
        """The output activation with `auto` resolved: `sigmoid` or `linear`."""
        chosen = self.model.output_activation
        if chosen != "auto":
            return chosen
        in_unit_interval = self.preprocessing.scaling == "min-max"
        return (
            "sigmoid" if in_unit_interval or LOSSES[self.training.loss].unit_interval else "linear"
        )

    @property
    def backbone(self) -> BackboneSpec:
        """The spec of the chosen backbone."""
        return BACKBONES[self.model.backbone.kind]

    @property
    def bottleneck(self) -> BottleneckSpec:
        """The spec of the chosen bottleneck."""
        return BOTTLENECKS[self.model.bottleneck.kind]

    def layers(self) -> list[Layer]:
        """The model's layers with shapes and parameter counts, without importing Keras.

        Raises:
            ExperimentError: the model cannot be built for this data.
        """
        problems = [problem for problem in misfits(self) if problem.path.startswith("model.")]
        if problems:
            raise ExperimentError(problems)
        return layers(self)
