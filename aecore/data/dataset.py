"""What a data set is, and what is known of one before it is loaded."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from aecore.data.columns.column import Column, Role
from aecore.data.reading_notes import ReadingNote

if TYPE_CHECKING:
    import pandas as pd


Kind = Literal["image", "table", "series", "text"]
Origin = Literal["bundled", "generated", "downloaded"]


@dataclass(frozen=True)
class Facts:
    """What can be said of a data set without reading its values.

    Attributes:
        rows: number of samples.
        sample_shape: shape of one sample: (height, width, channels), (features,) or
            (steps, channels).
        kind: how a sample is to be shown.
        value_range: smallest and largest raw value, where it is known.
        bytes_of_grey: whether values are whole numbers from 0 to 255, as in image files.
        class_names: names of the classes, empty without labels.
        overlap: windows of a stream that share rows with the next part, and are left out of theirs.
    """

    rows: int
    sample_shape: tuple[int, ...]
    kind: Kind
    value_range: tuple[float, float] | None = None
    bytes_of_grey: bool = False
    class_names: tuple[str, ...] = ()
    overlap: int = 0

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
        feature_names: names of the columns of a table, the channels of a series or the terms of
            texts; empty for images.
        factors: name -> (n,) numbers known of each sample that are no part of it, such as the
            position of a rendered shape or a regression target; to colour maps by.
        notes: what a reader guessed, left out or changed.
        bits: of the values of pictures of 16 bits, how many were used: the largest number of so
            many became 255. None where no picture had 16 bits.
    """

    x: np.ndarray
    y: np.ndarray | None
    kind: Kind
    class_names: tuple[str, ...] = ()
    feature_names: tuple[str, ...] = ()
    factors: Mapping[str, np.ndarray] = field(default_factory=dict)
    notes: tuple[ReadingNote, ...] = ()
    bits: int | None = None


@dataclass(frozen=True)
class Table:
    """Columns as they came, of any type; what each is for is decided later.

    Attributes:
        frame: one row a sample, unique column names that are text.
        roles: column -> what it is for, where the source knows; others are proposed.
        notes: what a reader guessed, left out or changed.
    """

    frame: pd.DataFrame
    roles: Mapping[str, Role] = field(default_factory=dict)
    notes: tuple[ReadingNote, ...] = ()


Raw = Dataset | Table


@dataclass(frozen=True)
class Download:
    """A file to be fetched once.

    Attributes:
        url: where from.
        known_hash: `sha256:…` or `md5:…`, as the provider gives it.
        size: bytes.
    """

    url: str
    known_hash: str
    size: int


@dataclass(frozen=True)
class DatasetSpec:
    """One data set that the lab knows by name.

    Attributes:
        name: as in `data.source`.
        title: as on screen.
        summary: one sentence on what it holds.
        facts: what is known of it before it is loaded.
        load: reads or makes it; a downloaded one raises `DataError` until its files are here.
        source: where it comes from.
        origin: packaged, made by a formula, or fetched on request.
        files: what has to be fetched first.
        columns: of a table, with the roles that they have by default.
        table_rows: rows of a table, of which windows may make fewer samples.
        known: one sentence on what is true of it and can be checked, such as its dimension.
        order: place in lists, smallest first.
    """

    name: str
    title: str
    summary: str
    facts: Facts
    load: Callable[[], Raw]
    source: str
    origin: Origin = "bundled"
    files: tuple[Download, ...] = ()
    columns: tuple[Column, ...] = ()
    table_rows: int = 0
    known: str = ""
    order: int = 100
