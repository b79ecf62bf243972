"""Presets: named starting points that fill the form for whatever data set is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.errors import ExperimentError
from aecore.experiment.experiment import Experiment
from aecore.experiment.tree import ExperimentTree


@dataclass(frozen=True)
class Preset:
    """A starting point: what it changes, as in `Experiment`, over what suits the data set."""

    name: str
    title: str
    summary: str
    changes: Mapping[str, Any] = field(default_factory=dict)

    def experiment(self, source: str, reading: ReadingOptions = AS_FOUND) -> Experiment:
        """The preset for a data set, read in this way.

        Raises:
            ExperimentError: there is no such data set, or it does not suit the preset.
        """
        return Experiment.of(self.tree(source, reading))

    def tree(self, source: str, reading: ReadingOptions = AS_FOUND) -> ExperimentTree:
        """The same without the check that its parts go together."""
        read = reading.model_dump(mode="json", exclude_defaults=True)
        data = {"source": source, "reading": read, **self.changes.get("data", {})}
        return ExperimentTree.completed({**self.changes, "data": data})


PRESETS = {
    preset.name: preset
    for preset in (
        Preset(
            "suggested",
            "Suggested for this data",
            "Layers, code and epochs that suit the size of this data set.",
        ),
        Preset(
            "article",
            "The article's autoencoder",
            (
                "One dense layer each for encoder and decoder: 784-32-784 on MNIST, Adam, binary "
                "cross-entropy."
            ),
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
            "A code of two numbers, so the map shows the whole latent space.",
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
            "The encoder gets noisy samples and the decoder must return clean ones.",
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
            "Small changes of the input hardly change the code.",
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
            (
                "Encoder and decoder get the class as input: the code holds the rest, such as "
                "the slant."
            ),
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
            "A discriminator pushes the codes towards a normal distribution.",
            {"model": {"encoding_dim": 8, "bottleneck": {"kind": "adversarial"}}},
        ),
        Preset(
            "wasserstein",
            "Wasserstein",
            "The distribution of all codes, not each one alone, is shaped like a normal.",
            {"model": {"encoding_dim": 8, "bottleneck": {"kind": "wasserstein"}}},
        ),
        Preset(
            "vq-vae",
            "VQ-VAE",
            "The code is a sequence of codebook entries.",
            {"model": {"bottleneck": {"kind": "vector-quantized"}}},
        ),
        Preset(
            "lstm",
            "LSTM",
            "Reads a picture row by row, as a series, and writes it out again.",
            {
                "model": {"backbone": {"kind": "recurrent", "cell": "lstm", "units": [64]}},
                "training": {"epochs": 15, "batch_size": 64, "learning_rate": 0.003},
            },
        ),
        Preset(
            "linear-pca",
            "Linear = PCA",
            "Linear layers and squared error: the optimum is PCA, and training reaches it.",
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
def suiting(source: str, reading: ReadingOptions = AS_FOUND) -> tuple[str, ...]:
    """The names of the presets that can be trained on a data set."""
    return tuple(name for name, preset in PRESETS.items() if _suits(preset, source, reading))


def _suits(preset: Preset, source: str, reading: ReadingOptions) -> bool:
    try:
        preset.experiment(source, reading)
    except ExperimentError:
        return False
    return True
