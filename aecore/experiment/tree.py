"""The options of a run as one tree, and what follows from them; whether they fit comes later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Self

from pydantic import Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from aecore.data import Facts, facts
from aecore.data.options import DataSettings, PreparationOptions, Preprocessing
from aecore.data.scalings import SCALINGS, ScalingSpec
from aecore.errors import DataError
from aecore.experiment.defaults import with_suited_defaults
from aecore.experiment.migration import FIRST, KEY, VERSION
from aecore.models.activations import OUTPUT_ACTIVATIONS, resolved_output
from aecore.models.assembly import ModelDesign
from aecore.models.backbones import BACKBONES, BackboneSpec
from aecore.models.bottlenecks import BOTTLENECKS, BottleneckSpec
from aecore.models.corruptions import CORRUPTIONS, CorruptionSpec
from aecore.models.losses import LOSSES, LossSpec
from aecore.models.options import ModelSettings
from aecore.settings import Settings, setting
from aecore.training.batches import LEAST_FOR_STATISTICS
from aecore.training.options import TrainingSettings


class ExperimentTree(Settings):
    """Every option of a run, each valid by itself; `Experiment` checks that they go together."""

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

    @classmethod
    def completed(cls, given: Mapping[str, Any]) -> Self:
        """The tree of plain data of today's shape; what it leaves open suits its data set.

        Nobody knows what suits a file that is gone: then it is the default.

        Raises:
            pydantic.ValidationError: an option refuses its value.
        """
        try:
            return cls.model_validate(with_suited_defaults(given))
        except DataError:
            return cls.model_validate(given)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, every field present, with the version of its shape."""
        return {KEY: VERSION, **self.model_dump(mode="json")}

    def to_json(self) -> str:
        """The same as indented JSON text."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        described = handler.resolve_ref_schema(handler(schema))
        version = {
            "title": "Version",
            "description": "The number of this shape; without one, it is taken for that of 0.4 "
            "or before.",
            "type": "integer",
            "minimum": FIRST,
            "maximum": VERSION,
        }
        described["properties"] = {KEY: version, **described["properties"]}
        return described

    @cached_property
    def facts(self) -> Facts:
        """What is known of the samples before they are loaded; worked out once.

        A form asks for it with every option that it offers.
        """
        return facts(self.data.source, self.data, self.preprocessing)

    @property
    def output_activation(self) -> str:
        """The output activation with `auto` resolved: `sigmoid` or `linear`."""
        in_unit_interval = self.scaling.unit_interval or self.loss.unit_interval
        return resolved_output(self.model.output_activation, unit_interval=in_unit_interval)

    @property
    def squeezes_output(self) -> bool:
        """Whether reconstructions lie in [0, 1], whatever the data."""
        return bool(OUTPUT_ACTIVATIONS[self.output_activation].unit_interval)

    @property
    def scaling(self) -> ScalingSpec:
        """The spec of the chosen scaling."""
        return SCALINGS[self.preprocessing.scaling]

    @property
    def loss(self) -> LossSpec:
        """The spec of the chosen loss."""
        return LOSSES[self.training.loss]

    @property
    def backbone(self) -> BackboneSpec:
        """The spec of the chosen backbone."""
        return BACKBONES[self.model.backbone.kind]

    @property
    def bottleneck(self) -> BottleneckSpec:
        """The spec of the chosen bottleneck."""
        return BOTTLENECKS[self.model.bottleneck.kind]

    @property
    def entry_size(self) -> int:
        """How many numbers of a code are an entry of a codebook; 0 where codes are continuous."""
        return self.bottleneck.entry_size(self.model.bottleneck)

    @property
    def corruption(self) -> CorruptionSpec:
        """The spec of the chosen corruption."""
        return CORRUPTIONS[self.model.corruption.kind]

    @property
    def gains_from_xla(self) -> bool:
        """Whether XLA speeds training up on a processor: dense layers, if no noise is drawn.

        Its random numbers are several times slower than TensorFlow's own.
        """
        return self.backbone.xla and not self.corruption.draws_noise

    @property
    def least_rows(self) -> int:
        """The fewest rows that a step of training may see, where there are as many."""
        model = self.model
        of_batches = self.bottleneck.takes_batch_statistics(model.bottleneck, self.training.loss)
        if of_batches or model.penalties.takes_batch_statistics:
            return LEAST_FOR_STATISTICS
        return 1

    @property
    def preparation_options(self) -> PreparationOptions:
        """What preparation needs of the experiment."""
        return PreparationOptions(self.data, self.preprocessing, self.seed)

    @property
    def design(self) -> ModelDesign:
        """What a model is built from."""
        return ModelDesign(
            self.model,
            loss=self.training.loss,
            output_activation=self.output_activation,
            classes=len(self.facts.class_names) if self.model.conditional else 0,
        )
