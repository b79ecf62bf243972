"""Presets: named starting points that fill the form for whatever data set is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from aecore.errors import ExperimentError
from aecore.experiment.experiment import Experiment


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
            "denoising",
            "Denoising",
            "The encoder sees noisy samples and must give back clean ones.",
            {
                "model": {
                    "corruption": {"kind": "gaussian", "stddev": 0.4},
                },
            },
        ),
        Preset(
            "sparse",
            "Sparse",
            "A wide code of which each sample uses only a few units.",
            {
                "model": {"encoding_dim": 64, "penalties": {"activity_l1": 0.0003}},
            },
        ),
        Preset(
            "contractive",
            "Contractive",
            "The code hardly moves when the sample changes a little.",
            {
                "model": {"penalties": {"contractive": 0.001}},
                "training": {"epochs": 30},
            },
        ),
        Preset(
            "convolutional",
            "Convolutional",
            "Small filters slide over the picture: sharper with far fewer weights.",
            {
                "model": {"backbone": {"kind": "convolutional", "filters": [16, 32]}},
                "training": {"epochs": 15, "batch_size": 64, "learning_rate": 0.003},
            },
        ),
        Preset(
            "vae",
            "VAE",
            "Codes become normal distributions near N(0, 1), so that new samples can be drawn.",
            {"model": {"bottleneck": {"kind": "variational"}}},
        ),
        Preset(
            "beta-vae",
            "β-VAE",
            "The same with four times the weight on the prior: fewer, more independent units.",
            {"model": {"bottleneck": {"kind": "variational", "beta": 4.0}}},
        ),
        Preset(
            "conditional-vae",
            "Conditional VAE",
            "Encoder and decoder are told the class: the code says the rest, such as the slant.",
            {
                "model": {
                    "encoding_dim": 8,
                    "bottleneck": {"kind": "variational"},
                    "conditional": True,
                }
            },
        ),
        Preset(
            "adversarial",
            "Adversarial",
            "A second network judges the codes until they look like draws from a normal.",
            {"model": {"encoding_dim": 8, "bottleneck": {"kind": "adversarial"}}},
        ),
        Preset(
            "wasserstein",
            "Wasserstein",
            "All codes together, not each alone, are shaped like a normal distribution.",
            {"model": {"encoding_dim": 8, "bottleneck": {"kind": "wasserstein"}}},
        ),
        Preset(
            "vq-vae",
            "VQ-VAE",
            "The code is spelled with the entries of a learned codebook.",
            {"model": {"bottleneck": {"kind": "vector-quantized"}}},
        ),
        Preset(
            "lstm",
            "LSTM",
            "Reads a picture row by row, as a series, and writes it down again.",
            {
                "model": {"backbone": {"kind": "recurrent", "cell": "lstm", "units": [64]}},
                "training": {"epochs": 15, "batch_size": 64, "learning_rate": 0.003},
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


@lru_cache(maxsize=64)
def suiting(source: str) -> tuple[str, ...]:
    """The names of the presets that can be trained on a data set."""
    return tuple(name for name, preset in PRESETS.items() if _suits(preset, source))


def _suits(preset: Preset, source: str) -> bool:
    try:
        preset.experiment(source)
    except ExperimentError:
        return False
    return True
