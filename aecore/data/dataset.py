"""What a data set is, and what is known of one before it is loaded."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

Kind = Literal["image", "table"]


@dataclass(frozen=True)
class Facts:
    """What can be said of a data set without reading its values.

    Attributes:
        rows: number of samples.
        sample_shape: shape of one sample: (height, width, channels) or (features,).
        kind: how a sample is to be shown.
        value_range: smallest and largest raw value, where it is known.
        bytes_of_grey: whether values are whole numbers from 0 to 255, as in image files.
    """

    rows: int
    sample_shape: tuple[int, ...]
    kind: Kind
    value_range: tuple[float, float] | None = None
    bytes_of_grey: bool = False

    @property
    def features(self) -> int:
        """Values in one sample."""
        return math.prod(self.sample_shape)


@dataclass(frozen=True)
class Dataset:
    """Samples as they came, before any scaling.

    Attributes:
        x: (n, *sample_shape), numbers.
        y: (n,), class indices into `class_names`, or None where there are no labels.
        kind: how a sample is to be shown.
        class_names: names of the classes, empty without labels.
        feature_names: names of the columns of a table, empty for images.
    """

    x: np.ndarray
    y: np.ndarray | None
    kind: Kind
    class_names: tuple[str, ...] = ()
    feature_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class DatasetSpec:
    """One bundled data set.

    Attributes:
        name: as in `data.source`.
        title: as on screen.
        summary: one sentence on what it holds.
        facts: what is known of it before it is loaded.
        load: reads it.
        source: where it comes from.
        order: place in lists, smallest first.
    """

    name: str
    title: str
    summary: str
    facts: Facts
    load: Callable[[], Dataset]
    source: str
    order: int = 100
