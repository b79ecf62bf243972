"""Rules of presets: what one changes by the size of the data, and where it shows nothing good.

`docs/presets.md` has the figures behind them.
"""

from __future__ import annotations

from typing import Any

from aecore.data import Facts
from aecore.experiment.defaults import LEAST_STEPS, MOST_EPOCHS, VERY_MANY_ROWS

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


def narrow(known: Facts) -> int:
    """Numbers of a code that samples are to fill like a normal distribution."""
    return 8 if known.features >= FEW_VALUES else max(1, min(2, known.features - 1))


def where_large(known: Facts, **training: Any) -> dict[str, Any]:
    """Options of training of large data sets."""
    if known.rows < LARGE:
        return {}
    return {f"training.{name}": value for name, value in training.items()}


def recurrent(known: Facts) -> dict[str, Any]:
    """Fewer epochs than other layers take: each step of a sample waits for the one before."""
    if known.rows < MANY_ROWS:
        return {}
    epochs = 15 if known.rows >= VERY_MANY_ROWS else 40
    return {"training.epochs": epochs, "training.batch_size": 64}


def linear(known: Facts) -> dict[str, Any]:
    """Steps enough to reach the optimum while the rate sinks to zero."""
    batch_size = 64
    steps = max(1, known.rows // batch_size)
    epochs = min(MOST_EPOCHS, max(300, LEAST_STEPS // steps))
    return {"training.epochs": epochs, "training.batch_size": batch_size}


def warmed_up(known: Facts) -> dict[str, Any]:
    """A warm-up of the KL where samples have few values, each of which counts little against it."""
    few = known.features < MANY_VALUES
    return {"model.bottleneck.warm_up_epochs": WARM_UP} if few else {}


def vae(known: Facts) -> dict[str, Any]:
    """A KL that grows slowly, and two numbers of a small table."""
    few = known.features < FEW_VALUES
    return {**warmed_up(known), **({"model.encoding_dim": narrow(known)} if few else {})}


def article(known: Facts) -> dict[str, Any]:
    """The article's code, pace and batches on large data; on small samples half of their values."""
    numbers = 32 if known.features >= MANY_VALUES else max(1, known.features // 2)
    return {
        "model.encoding_dim": numbers,
        **where_large(known, epochs=50, batch_size=256),
    }


def beta_vae(known: Facts) -> dict[str, Any]:
    """β by the size of a sample: few values cannot pay a prior that counts four times."""
    beta = 4.0 if known.features >= VERY_MANY_VALUES else 2.0
    return {**warmed_up(known), "model.bottleneck.beta": beta}


def denoising(known: Facts) -> dict[str, Any]:
    """Half as many numbers as values where there are few, and more noise where there are very few.

    A code of a small table loses something of its own; the noise that it takes away must be more.
    """
    if known.features >= MANY_VALUES:
        return {}
    noise = {"model.corruption.stddev": 0.8} if known.features < FEW_VALUES else {}
    return {"model.encoding_dim": max(1, (known.features + 1) // 2), **noise}


def too_few_for_one_layer(known: Facts) -> str:
    """Why units that cut off at 0 may keep nothing of few values; empty where there are more."""
    return _below(FEW_VALUES, known, ": of the few units of a single layer all may fall silent.")


def too_few_to_be_wide(known: Facts) -> str:
    """Why a wide code shows nothing of samples of few values; empty where it does."""
    return _below(FEW_VALUES, known, ": a wide code would copy them, whatever it costs.")


def too_few_for_a_heavy_prior(known: Facts) -> str:
    """Why a larger β leaves nothing of samples of few values; empty where it does."""
    return _below(
        MANY_VALUES,
        known,
        ", which weigh little against a prior that counts several times: nothing would be left in "
        "the code.",
    )


def one_is_too_few(known: Facts) -> str:
    """Why two values cannot be cleaned by a code of one number; empty for more."""
    if known.features > 2:
        return ""
    return "A sample has two values here, and one number of a code loses more than noise takes."


def too_long_to_read(known: Facts) -> str:
    """Why recurrent layers do not come to an end with long samples; empty for short ones."""
    steps = known.sample_shape[0]
    if steps <= LONGEST_READ:
        return ""
    return (
        f"A sample has {steps} steps here: read one by one, they take many times as long to learn."
    )


def quarter_of_the_columns(known: Facts) -> dict[str, Any]:
    """A code that holds what most rows have in common; measured in docs/results.md."""
    if known.kind != "table":
        return {}
    return {"model.encoding_dim": max(1, round(known.features / 4))}


def no_more_than_two(known: Facts) -> str:
    """Why a code of two numbers shows nothing of two values; empty for more."""
    if known.features > 2:
        return ""
    return "A sample has two values itself here, and two numbers would copy them."


def _below(enough: int, known: Facts, consequence: str) -> str:
    """A sentence on samples of fewer values than are enough; empty for others."""
    if known.features >= enough:
        return ""
    return f"A sample has {known.features} values here{consequence}"
