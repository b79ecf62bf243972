"""New rows by the name, upload or path of a data set, read as those that a run was trained on."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

from aecore.data import uploads
from aecore.data.dataset import Dataset
from aecore.data.loading import load
from aecore.data.prepare.description import ArrayRows
from aecore.data.prepare.row_encoder import RowEncoder
from aecore.data.readers.images import pictures_of
from aecore.data.reading_options import (
    AS_FOUND,
    AS_IN_FILE,
    AUTO,
    IMAGES,
    KEEP,
    ReadingOptions,
)
from aecore.data.shards import is_better_in_parts, open_shards
from aecore.data.sources import DATASETS

GREY, COLOURED = 1, 3


def read_rows(given: Any, preparation: RowEncoder, reading: ReadingOptions = AS_FOUND) -> Any:
    """What a name or path stands for; what is neither comes back as it is.

    Pictures are cut to the size and turned to the colours that training had, as a set of pictures
    of many sizes was when it was read. A large Parquet file of numbers is opened, to be read in
    parts.

    Args:
        reading: how the training data was read, and so is this.

    Raises:
        DataError: there is no such data set, or it cannot be read.
    """
    if not isinstance(given, str | Path):
        return given
    source = str(given)
    if source in DATASETS:
        return load(source)
    rows = preparation.description.rows
    path = uploads.path_of(source) if uploads.is_upload(source) else Path(source)
    if isinstance(rows, ArrayRows) and preparation.kind == "image":
        pictures = _pictures(path, rows, reading)
        if pictures is not None:
            return pictures
        reading = _as_pictures(reading)
    if preparation.window is not None:
        return load(source, reading)
    reading = _row_by_row(reading)
    if is_better_in_parts(path):
        with uploads.by_title(source) if uploads.is_upload(source) else nullcontext():
            return open_shards(path, reading)
    return load(source, reading)


def _row_by_row(reading: ReadingOptions) -> ReadingOptions:
    """Rows as they stand in the file, so that what is said of each is said by its number there."""
    return reading.model_copy(update={"row_order": AS_IN_FILE, "long_format": KEEP})


def _as_pictures(reading: ReadingOptions) -> ReadingOptions:
    """Arrays are pictures, as those of training were, whatever their values are like."""
    if reading.sample_kind != AUTO:
        return reading
    return reading.model_copy(update={"sample_kind": IMAGES})


def _pictures(path: Path, rows: ArrayRows, reading: ReadingOptions) -> Dataset | None:
    """Files of pictures, where training had such as these give; None for other files."""
    if not rows.bytes or rows.shape[-1] not in (GREY, COLOURED) or not path.exists():
        return None
    return pictures_of(path, rows.shape, reading, rows.bits)
