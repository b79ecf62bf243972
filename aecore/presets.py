"""Presets: named starting points that fill the form for whatever data set is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aecore.experiment import Experiment


@dataclass(frozen=True)
class Preset:
    """A starting point: what it changes, as in `Experiment`, over what suits the data set."""

    name: str
    title: str
    summary: str
    changes: Mapping[str, Any] = field(default_factory=dict)

    def experiment(self, source: str) -> Experiment:
        """The preset for a data set.

        Raises:
            ExperimentError: there is no such data set, or it does not suit the preset.
        """
        data = {"source": source, **self.changes.get("data", {})}
        return Experiment.from_dict({**self.changes, "data": data})


PRESETS = {
    preset.name: preset
    for preset in (
        Preset(
            "suggested",
            "Suggested for this data",
            "Two hidden layers where there is much to learn, one where there is little.",
        ),
        Preset(
            "article",
            "The article's autoencoder",
            "One layer in, one layer out: 784-32-784 on MNIST, Adam, binary cross-entropy.",
            {
                "preprocessing": {"scaling": "min-max"},
                "model": {"encoding_dim": 32, "backbone": {"kind": "dense", "units": []}},
                "training": {
                    "loss": "binary_crossentropy",
                    "optimizer": "adam",
                    "learning_rate": 0.001,
                    "epochs": 50,
                    "batch_size": 256,
                },
            },
        ),
        Preset(
            "deep",
            "Deep",
            "Three hidden layers on each side: finer detail from a code of the same size.",
            {"model": {"backbone": {"kind": "dense", "units": [512, 256, 128]}}},
        ),
        Preset(
            "two-numbers",
            "Two numbers only",
            "A code of two numbers, so the map of the latent space shows all there is.",
            {
                "model": {
                    "encoding_dim": 2,
                    "backbone": {"kind": "dense", "units": [256, 128, 64]},
                },
                "training": {"epochs": 60, "batch_size": 128},
            },
        ),
        Preset(
            "linear-pca",
            "Linear = PCA",
            "No bends and squared error: the best it can do is what PCA does, and it gets there.",
            {
                "data": {"validation_fraction": 0.0},
                "model": {
                    "backbone": {"kind": "dense", "units": [], "activation": "linear"},
                    "output_activation": "linear",
                },
                "training": {
                    "loss": "mse",
                    "learning_rate": 0.003,
                    "epochs": 300,
                    "batch_size": 64,
                },
            },
        ),
    )
}
