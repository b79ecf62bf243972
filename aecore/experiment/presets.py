"""Presets: named starting points that fill the form for whatever data set is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.experiment.preset import Preset, Task
from aecore.experiment.preset_rules import (
    article,
    beta_vae,
    denoising,
    linear,
    narrow,
    no_more_than_two,
    one_is_too_few,
    quarter_of_the_columns,
    recurrent,
    too_few_for_a_heavy_prior,
    too_few_for_one_layer,
    too_few_to_be_wide,
    too_long_to_read,
    vae,
    warmed_up,
    where_large,
)

PRESETS = {
    preset.name: preset
    for preset in (
        Preset(
            "suggested",
            "Suggested for this data",
            "Layers, code and epochs that suit the size of this data set.",
            task=Task(
                "compress",
                "Compress and see",
                "How few numbers are enough, and what is lost.",
                "reconstructions",
                "See reconstructions",
                "compare",
            ),
            in_sight=True,
        ),
        Preset(
            "article",
            "Classic, one layer each",
            (
                "One dense layer each for encoder and decoder, Adam and binary "
                "cross-entropy: on MNIST "
                "the classic 784-32-784."
            ),
            {
                "preprocessing": {"scaling": "min-max"},
                "model": {"backbone": {"kind": "dense", "units": []}},
                "training": {
                    "loss": "binary_crossentropy",
                    "optimizer": "adam",
                    "learning_rate": 0.001,
                },
            },
            by_size=article,
            unsuited=too_few_for_one_layer,
            in_sight=True,
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
            },
            by_size=lambda known: where_large(known, epochs=60, batch_size=128),
            unsuited=no_more_than_two,
            in_sight=True,
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
            by_size=denoising,
            unsuited=one_is_too_few,
            task=Task(
                "features",
                "Extract features",
                "Codes in place of the values, for a classifier or a table of your own.",
                "features",
                "See the features",
                "science",
            ),
            in_sight=True,
        ),
        Preset(
            "repair",
            "Repair",
            "A square hides a part of each picture, and the decoder must return the whole.",
            {"model": {"corruption": {"kind": "squares"}}},
        ),
        Preset(
            "sparse",
            "Sparse",
            "A wide code of which each sample uses only a few units.",
            {"model": {"penalties": {"activity_l1": 0.0003}}},
            by_size=lambda known: {"model.encoding_dim": max(1, min(64, known.features // 2))},
            unsuited=too_few_to_be_wide,
        ),
        Preset(
            "contractive",
            "Contractive",
            "Small changes of the input hardly change the code.",
            {"model": {"penalties": {"contractive": 0.001}}},
            by_size=lambda known: where_large(known, epochs=30),
        ),
        Preset(
            "convolutional",
            "Convolutional",
            "Small filters slide over the picture: sharper with far fewer weights.",
            {
                "model": {"backbone": {"kind": "convolutional", "filters": [16, 32]}},
                "training": {"learning_rate": 0.003},
            },
            by_size=lambda known: where_large(known, epochs=15, batch_size=64),
            in_sight=True,
        ),
        Preset(
            "vae",
            "VAE",
            "Codes become normal distributions near N(0, 1), so that new samples can be drawn.",
            {"model": {"bottleneck": {"kind": "variational"}}},
            by_size=vae,
            task=Task(
                "generate",
                "Generate",
                "New samples that are like those of the data set.",
                "generate",
                "Generate samples",
                "auto_awesome",
            ),
            in_sight=True,
        ),
        Preset(
            "beta-vae",
            "β-VAE",
            "The same with two to four times the weight on the prior, by the size of a sample: "
            "fewer, more independent units.",
            {"model": {"bottleneck": {"kind": "variational"}}},
            by_size=beta_vae,
            unsuited=too_few_for_a_heavy_prior,
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
                    "bottleneck": {"kind": "variational"},
                    "conditional": True,
                }
            },
            by_size=lambda known: {**warmed_up(known), "model.encoding_dim": narrow(known)},
        ),
        Preset(
            "adversarial",
            "Adversarial",
            "A discriminator pushes the codes towards a normal distribution.",
            {"model": {"bottleneck": {"kind": "adversarial"}}},
            by_size=lambda known: {"model.encoding_dim": narrow(known)},
        ),
        Preset(
            "wasserstein",
            "Wasserstein",
            "The distribution of all codes, not each one alone, is shaped like a normal.",
            {"model": {"bottleneck": {"kind": "wasserstein"}}},
            by_size=lambda known: {"model.encoding_dim": narrow(known)},
        ),
        Preset(
            "vq-vae",
            "VQ-VAE",
            "The code is a sequence of codebook entries.",
            {"model": {"bottleneck": {"kind": "vector-quantized"}}},
        ),
        Preset(
            "anomaly-detection",
            "Anomaly detection",
            "Learns what the bulk of the rows has in common, without labels, and holds rows out "
            "that keep its promise about false alarms.",
            {"data": {"calibration_fraction": 0.2}},
            by_size=quarter_of_the_columns,
            task=Task(
                "anomalies",
                "Find what is odd",
                "Rows that are not like the others, with a promise about false alarms.",
                "anomalies",
                "Find anomalies",
                "troubleshoot",
            ),
        ),
        Preset(
            "lstm",
            "LSTM",
            "Reads a picture row by row, as a series, and writes it out again.",
            {
                "model": {"backbone": {"kind": "recurrent", "cell": "lstm", "units": [64]}},
                "training": {"learning_rate": 0.003},
            },
            by_size=recurrent,
            unsuited=too_long_to_read,
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
                    "learning_rate": 0.01,
                    "schedule": "cosine",
                },
            },
            by_size=linear,
        ),
    )
}


@lru_cache(maxsize=64)
def suiting(source: str, reading: ReadingOptions = AS_FOUND) -> tuple[str, ...]:
    """The names of the presets that are offered for a data set."""
    return tuple(name for name in PRESETS if name not in left_out(source, reading))


# How many are in sight; the others stand under "More".
IN_SIGHT = 6


def tasks() -> dict[str, tuple[Task, str]]:
    """Every task by its name, with the name of the preset that is usual for it."""
    return {
        preset.task.name: (preset.task, name) for name, preset in PRESETS.items() if preset.task
    }


def preset_for(task: str, source: str, reading: ReadingOptions = AS_FOUND) -> str:
    """The preset for a task and a data set: the usual one, or what is suggested."""
    _, usual = tasks()[task]
    return usual if usual in suiting(source, reading) else next(iter(PRESETS))


def in_sight(names: Sequence[str]) -> tuple[str, ...]:
    """Those of these presets that are offered first, filled up with the next ones."""
    first = sorted(names, key=lambda name: not PRESETS[name].in_sight)[:IN_SIGHT]
    return tuple(name for name in names if name in first)


@lru_cache(maxsize=64)
def left_out(source: str, reading: ReadingOptions = AS_FOUND) -> Mapping[str, str]:
    """The names of all others, each with why it would show nothing good of this data set."""
    reasons = {name: preset.reason_against(source, reading) for name, preset in PRESETS.items()}
    return {name: reason for name, reason in reasons.items() if reason}
