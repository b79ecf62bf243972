"""The options of a run as one tree, and what follows from them; whether they fit comes later."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from pydantic import Field

from aecore.data import Facts, facts
from aecore.data.options import DataSettings, PreparationOptions, Preprocessing
from aecore.models.assembly import ModelDesign
from aecore.models.backbones import BACKBONES, BackboneSpec
from aecore.models.bottlenecks import BOTTLENECKS, BottleneckSpec
from aecore.models.corruptions import CORRUPTIONS
from aecore.models.losses import LOSSES
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

    @cached_property
    def facts(self) -> Facts:
        """What is known of the samples before they are loaded; worked out once.

        A form asks for it with every option that it offers.
        """
        return facts(self.data.source, self.data, self.preprocessing)

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

    @property
    def gains_from_xla(self) -> bool:
        """Whether XLA speeds training up on a processor: dense layers, if no noise is drawn.

        Its random numbers are several times slower than TensorFlow's own.
        """
        return self.backbone.xla and CORRUPTIONS[self.model.corruption.kind].noise == "none"

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

    def to_dict(self) -> dict[str, Any]:
        """Plain data, every field present; `from_dict` gives an equal experiment back."""
        return self.model_dump(mode="json")

    def to_json(self) -> str:
        """The same as indented JSON text."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)
