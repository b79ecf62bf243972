"""Loading: a data set by its name, by the id of an upload, or by the path of a user's file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from aecore.data import uploads
from aecore.data.arrange.arranging import arranged
from aecore.data.dataset import Facts, Raw, Table
from aecore.data.options import DataSettings, Preprocessing
from aecore.data.prepare.shaping import facts_of
from aecore.data.profile import stored_sheets
from aecore.data.profile.agreement import refuse_other_columns
from aecore.data.profile.check_sheet import Sheet
from aecore.data.profile.describing import describe, digest_of
from aecore.data.readers import READERS, ReaderSpec, parquet
from aecore.data.reading_options import AS_FOUND, TABLE_OPTIONS, ReadingOptions
from aecore.data.shard_files import changed, holds_shards
from aecore.data.shards import Shards, is_sharded, open_shards
from aecore.data.sources import DATASETS
from aecore.errors import DataError

# Whoever trains on a data set next finds it in memory.
KEPT = 3


def facts(
    source: str, data: DataSettings | None = None, preprocessing: Preprocessing | None = None
) -> Facts:
    """What is known of the samples of a data set before it is loaded; with the options of a run.

    Raises:
        DataError: there is no such data set, it cannot be read, or the options do not fit it.
    """
    if source in DATASETS and data is None:
        return DATASETS[source].facts
    data = data or DataSettings(source=source)
    return facts_of(sheet(source, data.reading), data, preprocessing or Preprocessing())


def sheet(source: str, reading: ReadingOptions = AS_FOUND) -> Sheet:
    """The check sheet of a data set: as it was kept, or for a file of this machine made now.

    That of a data set with a name, which was not looked at yet, holds what its spec says.

    Args:
        reading: how a file is read; a data set with a name is what it is.

    Raises:
        DataError: there is no such data set, or it cannot be read.
    """
    kept = stored_sheets.saved(source, reading)
    if kept is not None:
        return kept
    if source in DATASETS:
        return _sheet_of_spec(source)
    if uploads.is_upload(source):
        raise DataError("This file has not been looked at yet.", "Open it on the Data page.")
    return _sheet_of_file(source, reading, changed(Path(source)))


def describe_source(source: str, reading: ReadingOptions = AS_FOUND) -> Sheet:
    """The check sheet of a data set, made anew.

    Raises:
        DataError: there is no such data set, or it cannot be read.
    """
    return describe(load(source, reading), title_of(source))


def load(source: str, reading: ReadingOptions = AS_FOUND) -> Raw | Shards:
    """A data set by name, upload or path; the last few are kept in memory.

    A folder of Parquet files, or such a file above a limit, is opened but not read.

    Raises:
        DataError: there is no such data set, or it cannot be read.
    """
    if source in DATASETS:
        return _loaded(source, AS_FOUND, 0)
    if not uploads.is_upload(source):
        return _loaded(source, reading, changed(Path(source)))
    path = uploads.path_of(source)
    with uploads.by_title(source):
        found = _loaded(str(path), reading, changed(path))
    uploads.note_read(source)
    return found


def checked(source: str, reading: ReadingOptions = AS_FOUND) -> tuple[Raw | Shards, Sheet]:
    """A data set together with the check sheet that belongs to it, to train by.

    Raises:
        DataError: as `load`; the data set is no longer what its sheet says; or its columns are not
            those that were looked at on the Data page.
    """
    raw, known = load(source, reading), sheet(source, reading)
    if known.digest and known.digest != digest_of_loaded(source, reading):
        raise DataError(
            f"{title_of(source)} is being changed while it is read.",
            "Wait until nothing writes to it any more, and start again.",
        )
    seen = stored_sheets.outdated(source, reading)
    if seen is not None:
        refuse_other_columns(seen, known)
    return raw, known


def digest(source: str, reading: ReadingOptions = AS_FOUND) -> str:
    """What names a data set's content, as on its check sheet.

    Raises:
        DataError: there is no such data set, or it cannot be read.
    """
    return sheet(source, reading).digest or _digest_of_named(source)


def digest_of_loaded(source: str, reading: ReadingOptions = AS_FOUND) -> str:
    """The same of what is in the data set now, whatever its sheet says.

    Raises:
        DataError: as `load`.
    """
    if source in DATASETS:
        return _digest_of_named(source)
    path = uploads.path_of(source) if uploads.is_upload(source) else Path(source)
    return _digest_of_file(source, reading, changed(path))


def title_of(source: str) -> str:
    """A data set's name on screen; of a file that is gone, what named it."""
    if source in DATASETS:
        return DATASETS[source].title
    if not uploads.is_upload(source):
        return Path(source).name
    try:
        return uploads.title_of(source)
    except DataError:
        return source


def is_known(source: str, reading: ReadingOptions = AS_FOUND) -> bool:
    """Whether the app has a data set and knows what is in it, by name or as an upload."""
    return source in DATASETS or (
        uploads.is_upload(source) and stored_sheets.saved(source, reading) is not None
    )


def reading_options_of(source: str) -> tuple[str, ...]:
    """The fields of `ReadingOptions` that mean something for a data set; none for one by name."""
    try:
        if source in DATASETS:
            return ()
        path = uploads.path_of(source) if uploads.is_upload(source) else Path(source)
        reader = _folder_reader(path)
        if reader is None and path.is_dir():
            return parquet.SPEC.options
        reader = reader or reader_of(path.name)
        arranged_too = reader.tables and not is_sharded(path)
        return (*reader.options, *(TABLE_OPTIONS if arranged_too else ()))
    except DataError:
        return ()


def reader_of(name: str) -> ReaderSpec:
    """The reader for a file of this name.

    Raises:
        DataError: there is none.
    """
    for reader in READERS.values():
        if name.lower().endswith(reader.suffixes):
            return reader
    raise DataError(
        f"There is no data set named {name!r}.",
        f"Choose one of {', '.join(DATASETS)}, or give the path of a file that ends in "
        f"{', '.join(suffix for reader in READERS.values() for suffix in reader.suffixes)}.",
    )


@lru_cache(maxsize=KEPT)
def _loaded(name: str, reading: ReadingOptions, _changed: int) -> Raw | Shards:
    if name in DATASETS:
        raw = DATASETS[name].load()
    else:
        reader = _folder_reader(Path(name))
        if reader is None and is_sharded(Path(name)):
            return open_shards(Path(name), reading)
        raw = _read(name, reader, reading)
    if not isinstance(raw, Table):
        raw.x.flags.writeable = False
    return raw


def _folder_reader(path: Path) -> ReaderSpec | None:
    """The reader of the files in a folder as one set; None for a file, or a folder of shards."""
    if not path.is_dir() or holds_shards(path):
        return None
    readers = (reader for reader in READERS.values() if reader.of_folder is not None)
    return next((r for r in readers if r.of_folder is not None and r.of_folder(path)), None)


def _read(name: str, of_folder: ReaderSpec | None, reading: ReadingOptions) -> Raw:
    reader = of_folder or reader_of(name)
    if not Path(name).exists():
        raise DataError(f"There is no file {name}.", "Check the path.")
    raw = reader.read(Path(name), reading)
    return arranged(raw, reading) if isinstance(raw, Table) else raw


@lru_cache(maxsize=KEPT)
def _sheet_of_file(name: str, reading: ReadingOptions, _changed: int) -> Sheet:
    return describe_source(name, reading)


@lru_cache(maxsize=KEPT)
def _digest_of_named(name: str) -> str:
    """Of a data set that is known without a look at it; what a name stands for does not change."""
    return digest_of(load(name))


@lru_cache(maxsize=KEPT)
def _digest_of_file(source: str, reading: ReadingOptions, _changed: int) -> str:
    return digest_of(load(source, reading))


def _sheet_of_spec(name: str) -> Sheet:
    spec = DATASETS[name]
    known = spec.facts
    # Equal shares, until the data set is looked at and its classes are counted.
    rows = spec.table_rows or known.rows
    share = np.diff(np.linspace(0, rows, len(known.class_names) + 1).astype(int)).tolist()
    return Sheet(
        title=spec.title,
        rows=rows,
        kind=known.kind,
        sample_shape=() if spec.columns else known.sample_shape,
        value_range=known.value_range,
        bytes_of_grey=known.bytes_of_grey,
        columns=spec.columns,
        classes=tuple(zip(known.class_names, share, strict=True)),
    )
