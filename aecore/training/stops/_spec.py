"""What every stop declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from aecore.settings import Settings

if TYPE_CHECKING:
    import keras

    from aecore.training.watching import Watched

    # What gives the errors (n,) of a fixed part of the training rows, of a model as it is now.
    ErrorsOf = Callable[[keras.Model], np.ndarray]


class KeepsWeights(Protocol):
    """A Keras callback that brings the weights of one epoch back when training has ended."""

    @property
    def kept_epoch(self) -> int | None:
        """The epoch (from 1) whose weights are kept; None before the first has ended."""
        ...

    @property
    def followed(self) -> Mapping[str, list[float]]:
        """Name -> what was worked out after each epoch to decide by, beside the losses."""
        ...


@dataclass(frozen=True)
class StopSpec:
    """One way to end training.

    Attributes:
        settings: its options.
        keeper: (settings, what is watched of the validation loss, errors of training rows) -> what
            chooses the epoch; None keeps the last. Imports Keras.
        watches_validation: whether it goes by the validation loss, so that rows must be held out.
        source: where it comes from.
    """

    name: str
    title: str
    summary: str
    settings: type[Settings]
    keeper: Callable[[Any, Watched, ErrorsOf], Any] = lambda settings, watched, errors_of: None
    watches_validation: bool = False
    source: str = ""
    order: int = 100
