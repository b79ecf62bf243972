"""The engine of Autoencoder Lab: data → models → training → evaluation → latent → runs.

`Experiment` describes a run, `train` runs it. Importing this package imports neither Keras nor
TensorFlow; `train` does, when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aecore import environment
from aecore.errors import DataError, ExperimentError, LabError, TrainingError
from aecore.experiment import Experiment

if TYPE_CHECKING:
    from aecore.run import Result, save, train

__all__ = [
    "DataError",
    "Experiment",
    "ExperimentError",
    "LabError",
    "Result",
    "TrainingError",
    "save",
    "train",
]

# Keras reads it when it is imported.
environment.choose_backend()

_NEED_KERAS = {"Result", "save", "train"}


def __getattr__(name: str) -> Any:
    if name not in _NEED_KERAS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    environment.refuse_other_backend()
    from aecore import run

    return getattr(run, name)
