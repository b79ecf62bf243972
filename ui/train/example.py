"""The example run that is kept with the project: its view, and one sample on its way through it.

Written by `python -m tools.example_run`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from aecore.runs.run_view import RunView
from aecore.training.events import unpack

FILE = Path(__file__).with_name("example.json")
# In place of a run's own name, where the panel asks for it.
RUN = "example"


@dataclass(frozen=True)
class OnItsWay:
    """A sample before, in and after an autoencoder.

    Attributes:
        original: (height, width, 1), from 0 to 1.
        code: (k,), its latent code.
        reconstruction: as `original`.
    """

    original: np.ndarray
    code: np.ndarray
    reconstruction: np.ndarray


@lru_cache(maxsize=1)
def view() -> RunView:
    """The example run, finished."""
    return RunView.of(_kept()["events"])


@lru_cache(maxsize=1)
def sample() -> OnItsWay:
    """A sample that it was not trained on."""
    kept = _kept()["sample"]
    return OnItsWay(
        unpack(kept["original"]), np.asarray(kept["code"]), unpack(kept["reconstruction"])
    )


@lru_cache(maxsize=1)
def _kept() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found
