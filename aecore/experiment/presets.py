"""Presets: named starting points that fill the form for whatever data set is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from aecore.data import Facts
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.experiment.defaults import LEAST_STEPS, MOST_EPOCHS
from aecore.experiment.preset import Preset

# Fewer values a sample than this: a code of two numbers says what can be said of them.
FEW_VALUES = 16
# So many, and a heavier prior leaves something in the code.
MANY_VALUES = 64
VERY_MANY_VALUES = 256
# A KL that grows over so many epochs does not empty the code of a small sample before it is used.
WARM_UP = 40
# From so many rows on, epochs and batches are a preset's own; smaller data keep what suits them.
LARGE = 5_000
MANY_ROWS = 1_000
# Rows of a picture, or steps of a series, that recurrent layers learn in the time of a run.
LONGEST_READ = 32


def _narrow(known: Facts) -> int:
    """Numbers of a code that samples are to fill like a normal distribution."""
    return 8 if known.features >= FEW_VALUES else max(1, min(2, known.features - 1))


def _where_large(known: Facts, **training: Any) -> dict[str, Any]:
    """Options of training of large data sets."""
    if known.rows < LARGE:
        return {}
    return {f"training.{name}": value for name, value in training.items()}


def _recurrent(known: Facts) -> dict[str, Any]:
    """Fewer epochs than other layers take: each step of a sample waits for the one before."""
    if known.rows < MANY_ROWS:
        return {}
    epochs = 15 if known.rows >= LARGE else 40
    return {"training.epochs": epochs, "training.batch_size": 64}


def _linear(known: Facts) -> dict[str, Any]:
    """Steps enough to reach the optimum while the rate sinks to zero."""
    batch_size = 64
    steps = max(1, known.rows // batch_size)
    epochs = min(MOST_EPOCHS, max(300, LEAST_STEPS // steps))
    return {"training.epochs": epochs, "training.batch_size": batch_size}


def _warmed_up(known: Facts) -> dict[str, Any]:
    """A warm-up of the KL where samples have few values, each of which counts little against it."""
    few = known.features < MANY_VALUES
    return {"model.bottleneck.warm_up_epochs": WARM_UP} if few else {}


def _vae(known: Facts) -> dict[str, Any]:
    few = known.features < FEW_VALUES
    return {**_warmed_up(known), **({"model.encoding_dim": _narrow(known)} if few else {})}


def _article(known: Facts) -> dict[str, Any]:
    half = max(1, known.features // 2)
    numbers = 32 if known.features >= MANY_VALUES else half
    return {
        "model.encoding_dim": numbers,
        **_where_large(known, epochs=50, batch_size=256),
    }


def _beta_vae(known: Facts) -> dict[str, Any]:
    beta = 4.0 if known.features >= VERY_MANY_VALUES else 2.0
    return {**_warmed_up(known), "model.bottleneck.beta": beta}


def _half_as_many(known: Facts) -> dict[str, Any]:
    """Half as many numbers as values, where there are few: fewer would lose more than noise."""
    few = known.features < MANY_VALUES
    return {"model.encoding_dim": max(1, (known.features + 1) // 2)} if few else {}


def _too_few_to_be_wide(known: Facts) -> str:
    if known.features >= FEW_VALUES:
        return ""
    return (
        f"A sample has {known.features} values here: a wide code would copy them, "
        "whatever it costs."
    )


def _too_few_for_a_heavy_prior(known: Facts) -> str:
    if known.features >= MANY_VALUES:
        return ""
    return (
        f"A sample has {known.features} values here, which weigh little against a prior that "
        "counts several times: nothing would be left in the code."
    )


def _one_is_too_few(known: Facts) -> str:
    if known.features > 2:
        return ""
    return "A sample has two values here, and one number of a code loses more than noise takes."


def _too_long_to_read(known: Facts) -> str:
    steps = known.sample_shape[0]
    if steps <= LONGEST_READ:
        return ""
    return (
        f"A sample has {steps} steps here: read one by one, they take many times as long to learn."
    )


def _no_more_than_two(known: Facts) -> str:
    if known.features > 2:
        return ""
    return "A sample has two values itself here, and two numbers would copy them."


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
                "model": {"backbone": {"kind": "dense", "units": []}},
                "training": {
                    "loss": "binary_crossentropy",
                    "optimizer": "adam",
                    "learning_rate": 0.001,
                },
            },
            by_size=_article,
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
            by_size=lambda known: _where_large(known, epochs=60, batch_size=128),
            unsuited=_no_more_than_two,
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
            by_size=_half_as_many,
            unsuited=_one_is_too_few,
        ),
        Preset(
            "sparse",
            "Sparse",
            "A wide code of which each sample uses only a few units.",
            {"model": {"penalties": {"activity_l1": 0.0003}}},
            by_size=lambda known: {"model.encoding_dim": min(64, known.features // 2)},
            unsuited=_too_few_to_be_wide,
        ),
        Preset(
            "contractive",
            "Contractive",
            "Small changes of the input hardly change the code.",
            {"model": {"penalties": {"contractive": 0.001}}},
            by_size=lambda known: _where_large(known, epochs=30),
        ),
        Preset(
            "convolutional",
            "Convolutional",
            "Small filters slide over the picture: sharper with far fewer weights.",
            {
                "model": {"backbone": {"kind": "convolutional", "filters": [16, 32]}},
                "training": {"learning_rate": 0.003},
            },
            by_size=lambda known: _where_large(known, epochs=15, batch_size=64),
        ),
        Preset(
            "vae",
            "VAE",
            "Codes become normal distributions near N(0, 1), so that new samples can be drawn.",
            {"model": {"bottleneck": {"kind": "variational"}}},
            by_size=_vae,
        ),
        Preset(
            "beta-vae",
            "β-VAE",
            "The same with two to four times the weight on the prior, by the size of a sample: "
            "fewer, more independent units.",
            {"model": {"bottleneck": {"kind": "variational"}}},
            by_size=_beta_vae,
            unsuited=_too_few_for_a_heavy_prior,
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
            by_size=lambda known: {**_warmed_up(known), "model.encoding_dim": _narrow(known)},
        ),
        Preset(
            "adversarial",
            "Adversarial",
            "A discriminator pushes the codes towards a normal distribution.",
            {"model": {"bottleneck": {"kind": "adversarial"}}},
            by_size=lambda known: {"model.encoding_dim": _narrow(known)},
        ),
        Preset(
            "wasserstein",
            "Wasserstein",
            "The distribution of all codes, not each one alone, is shaped like a normal.",
            {"model": {"bottleneck": {"kind": "wasserstein"}}},
            by_size=lambda known: {"model.encoding_dim": _narrow(known)},
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
                "training": {"learning_rate": 0.003},
            },
            by_size=_recurrent,
            unsuited=_too_long_to_read,
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
                    "schedule": "cosine",
                },
            },
            by_size=_linear,
        ),
    )
}


@lru_cache(maxsize=64)
def suiting(source: str, reading: ReadingOptions = AS_FOUND) -> tuple[str, ...]:
    """The names of the presets that are offered for a data set."""
    return tuple(name for name in PRESETS if name not in left_out(source, reading))


@lru_cache(maxsize=64)
def left_out(source: str, reading: ReadingOptions = AS_FOUND) -> Mapping[str, str]:
    """The names of all others, each with why it would show nothing good of this data set."""
    reasons = {name: preset.reason_against(source, reading) for name, preset in PRESETS.items()}
    return {name: reason for name, reason in reasons.items() if reason}
