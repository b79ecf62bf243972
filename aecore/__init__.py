"""The engine of Autoencoder Lab: data → models → training → evaluation → latent → runs.

`Experiment` describes a run, `train` runs it, `save` keeps it and `load` gives it back. Importing
this package imports neither Keras nor TensorFlow; `train` and a result's models do, when they are
first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from aecore import environment
from aecore.errors import DataError, ExperimentError, LabError, TrainingError
from aecore.experiment import Experiment

if TYPE_CHECKING:
    from aecore.detector import AutoencoderDetector
    from aecore.run import save, train
    from aecore.runs.loading import load
    from aecore.runs.result import Result
    from aecore.transformer import AutoencoderTransformer

__all__ = [
    "AutoencoderDetector",
    "AutoencoderTransformer",
    "DataError",
    "Experiment",
    "ExperimentError",
    "LabError",
    "Result",
    "TrainingError",
    "load",
    "save",
    "train",
]

# Keras reads it when it is imported.
environment.choose_backend()

_TRAINS = "aecore.run"
# What is imported when it is first used, with all that it needs.
_LAZY = {
    "AutoencoderDetector": "aecore.detector",
    "AutoencoderTransformer": "aecore.transformer",
    "Result": "aecore.runs.result",
    "load": "aecore.runs.loading",
    "save": _TRAINS,
    "train": _TRAINS,
}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if _LAZY[name] == _TRAINS:
        environment.refuse_other_backend()
    return getattr(importlib.import_module(_LAZY[name]), name)
