"""`RowEncoder`: rows that were checked as samples in their own units, and scaled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from aecore.data.columns.column import Role
from aecore.data.dataset import Dataset, Kind, Raw, Table
from aecore.data.prepare.checked_arrays import changed
from aecore.data.prepare.description import ArrayRows, Description, TableRows, Window
from aecore.data.prepare.row_blocks import block_rows, blocks
from aecore.data.prepare.scaling import FittedScaler
from aecore.data.prepare.table_encoder import TableEncoder
from aecore.data.prepare.windows import windows


@dataclass(frozen=True, eq=False)
class RowEncoder:
    """What was learned from training rows: a description in plain data, and numbers.

    Attributes:
        description: of the raw rows and of what becomes of them.
        arrays: float64; `offset` and `scale` of the scaling, of tables `fill`, one number for each
            column of numbers, and `idf_0`, `idf_1`, … for the columns of texts.
    """

    description: Description
    arrays: Mapping[str, np.ndarray]

    @property
    def kind(self) -> Kind:
        """How a sample is to be shown."""
        return self.description.kind

    @property
    def sample_shape(self) -> tuple[int, ...]:
        """Of a sample as the encoder sees it."""
        return self.description.sample_shape

    @property
    def feature_names(self) -> tuple[str, ...]:
        """Of the last axis of a sample; empty for images."""
        return self.description.feature_names

    @property
    def class_names(self) -> tuple[str, ...]:
        """The classes that label numbers stand for."""
        return self.description.class_names

    @property
    def roles(self) -> dict[str, Role]:
        """Column -> what it was for in training; empty for arrays."""
        rows = self.description.rows
        return {c.name: c.role for c in rows.columns} if isinstance(rows, TableRows) else {}

    @property
    def window(self) -> Window | None:
        """How a stream is cut into samples; None where each row is one."""
        rows = self.description.rows
        return rows.window if isinstance(rows, TableRows) else None

    @cached_property
    def scaler(self) -> FittedScaler:
        """The scaling, as training learned it."""
        rows = self.description.rows
        numbers = len(rows.numbers) if isinstance(rows, TableRows) else None
        scaling = self.description.scaling
        return FittedScaler(scaling, self.arrays["offset"], self.arrays["scale"], numbers)

    @cached_property
    def table(self) -> TableEncoder:
        """What makes numbers of a table's columns; asked for where rows are those of a table."""
        rows = self.description.rows
        assert isinstance(rows, TableRows)
        idf = [self.arrays[f"idf_{place}"] for place in range(len(rows.texts))]
        return TableEncoder(rows, self.arrays["fill"], idf)

    def in_own_units(self, raw: Raw) -> np.ndarray:
        """Samples (n, *sample_shape) before scaling; windows of a stream as a view."""
        if isinstance(raw, Table):
            values = self.table.values(raw.frame)
            window = self.window
            return values if window is None else windows(values, window.length, window.stride)
        rows = self.description.rows
        assert isinstance(rows, ArrayRows)
        return changed(raw.x, rows, self.kind)

    def encoded(self, raw: Raw) -> tuple[np.ndarray, np.ndarray | None]:
        """Samples scaled, (n, *sample_shape) float32, and their lengths as `FittedScaler` has them.

        Rows of a table are made block by block, so that only the result is held whole.
        """
        if isinstance(raw, Dataset) or self.window is not None:
            return self.scaler.scaled(self.in_own_units(raw))
        x = np.empty((len(raw.frame), *self.sample_shape), np.float32)
        lengths = np.empty(len(x)) if self.scaler.by_sample else None
        for part in blocks(len(x), block_rows(self.sample_shape[0])):
            x[part], own = self.scaler.scaled(self.table.values(raw.frame.iloc[part]))
            if lengths is not None:
                lengths[part] = own
        return x, lengths
