"""A set of picture files as one array: which are left out, their pages, sizes, bits and classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from aecore.data.dataset import Dataset
from aecore.data.limits import refuse_above
from aecore.data.picture_files.decoding import (
    PictureHeader,
    brightest_value,
    decode_pages,
    measure_picture,
)
from aecore.data.picture_files.depth import used_bits
from aecore.data.picture_files.sizes import common_size, fit_picture
from aecore.data.pictures import changed
from aecore.data.readers._classes import Labels
from aecore.data.readers._picture_classes import classes_of
from aecore.data.readers._picture_masks import masks_among
from aecore.data.readers._picture_notes import (
    about_bits,
    about_masks,
    about_others,
    about_pages,
    about_sizes,
)
from aecore.data.reading_notes import ReadingNote
from aecore.data.reading_options import (
    ALL_PAGES,
    AS_FOUND,
    FIRST_PAGE,
    KEEP,
    ReadingOptions,
)
from aecore.data.stopping import in_pieces
from aecore.errors import DataError

OPTIONS = ("class_folders", "pages", "bits", "masks")
FILE, PAGE = "file", "page"


@dataclass(frozen=True)
class PictureFiles:
    """Picture files by name, and the names of the files beside them."""

    pictures: Mapping[str, bytes]
    others: Sequence[str] = ()


@dataclass(frozen=True)
class _Sorted:
    """Files that are samples, with what their headers say and the pages that are taken of each."""

    headers: dict[str, PictureHeader]
    pages: dict[str, tuple[int, ...]]
    bits: int | None
    labels: Labels
    notes: list[ReadingNote] = field(default_factory=list)

    @property
    def samples(self) -> int:
        return sum(map(len, self.pages.values()))


def read_set(files: PictureFiles, options: ReadingOptions = AS_FOUND) -> Dataset:
    """Pictures as one data set of (n, height, width, channels) uint8.

    Those of one size keep it. Those of several are scaled and cut to a square as `common_size`
    says. Values of 16 bits have one range in the whole set.

    Raises:
        DataError: there is one picture or none, one of them cannot be read, together they are
            larger than the limit, or one lies outside of the folders that name the classes.
    """
    found = _sorted(files, options)
    if found.samples < 2:
        count = "One image is" if found.samples else "No images are"
        raise DataError(f"{count} too few to train on.", "Give at least 10.")
    channels = max(header.channels for header in found.headers.values())
    pixels = sum(len(found.pages[n]) * h.height * h.width for n, h in found.headers.items())
    refuse_above("unpacked_bytes", pixels * channels, "The set of images", "Scale them down first.")
    size = common_size([(h.height, h.width) for h in found.headers.values()])
    x = np.empty((found.samples, *size, channels), dtype=np.uint8)
    most = 1
    for row, picture in enumerate(_decoded(files.pictures, found)):
        most = max(most, picture.shape[2])
        x[row] = fit_picture(picture, size)
    found.notes.extend(about_sizes(list(found.headers.values()), size))
    return _dataset(x if most == channels else x[..., :most].copy(), found)


def read_cut(
    files: PictureFiles,
    shape: tuple[int, ...],
    options: ReadingOptions = AS_FOUND,
    bits: int | None = None,
) -> Dataset:
    """Pictures cut to a shape (height, width, channels) that others have.

    Grey ones are given as many channels as are wanted, and coloured ones are greyed for one.

    Args:
        bits: what 16-bit values have, if others had such.

    Raises:
        DataError: as `read_set`, but for one picture alone.
    """
    height, width, channels = shape
    found = _sorted(files, options if bits is None else options.model_copy(update={"bits": bits}))
    size = found.samples * height * width * channels
    refuse_above("unpacked_bytes", size, "The set of images", "Give fewer at once.")
    x = np.empty((found.samples, height, width, channels), dtype=np.uint8)
    for row, picture in enumerate(_decoded(files.pictures, found)):
        cut = fit_picture(picture, (height, width))[None]
        x[row] = changed(cut, size=None, colour="grey" if channels == 1 else "keep")[0]
    return _dataset(x, found)


def _sorted(files: PictureFiles, options: ReadingOptions) -> _Sorted:
    names = list(files.pictures)
    refuse_above("files", len(names), "The data set of images", "Use fewer.")
    masks = [] if options.masks == KEEP else masks_among(names, files.pictures)
    left_out = set(masks)
    names = [name for name in names if name not in left_out]
    folders = classes_of(names, options.class_folders)
    headers = {name: measure_picture(files.pictures[name], name) for name in names}
    pages = {name: _taken(header, options, len(names)) for name, header in headers.items()}
    refuse_above("rows", sum(map(len, pages.values())), "The set of images", "Use fewer.")
    bits = _bits(files.pictures, headers, pages, options)
    notes = [
        *about_others(files.others, len(files.pictures)),
        *about_masks(masks),
        *folders.notes,
        *about_pages(headers, pages),
        *about_bits(headers, bits),
    ]
    return _Sorted(headers, pages, bits, _of_pages(folders.labels, pages), notes)


def _taken(header: PictureHeader, options: ReadingOptions, files: int) -> tuple[int, ...]:
    """The pages of a file that are samples: of animations the first alone, if there are others."""
    if options.pages == ALL_PAGES:
        return header.pages
    first = options.pages == FIRST_PAGE or (header.animated and files > 1)
    return header.pages[:1] if first else header.pages


def _bits(
    pictures: Mapping[str, bytes],
    headers: Mapping[str, PictureHeader],
    pages: Mapping[str, Sequence[int]],
    options: ReadingOptions,
) -> int | None:
    """Bits of 16-bit values, of the largest in the whole set if none are given."""
    deep = [name for name, header in headers.items() if header.deep]
    if not deep or options.bits is not None:
        return options.bits if deep else None
    return used_bits(max(brightest_value(pictures[n], n, pages[n]) for n in deep))


def _of_pages(labels: Labels, pages: Mapping[str, Sequence[int]]) -> Labels:
    """Labels of files as those of their pages, and the number of each file and page, where
    files have several.
    """
    counts = [len(numbers) for numbers in pages.values()]
    factors = {name: np.repeat(values, counts) for name, values in labels.factors.items()}
    if max(counts, default=0) > 1:
        factors[FILE] = np.repeat(np.arange(float(len(counts))), counts)
        factors[PAGE] = np.concatenate([np.array(n, np.float64) for n in pages.values()])
    y = None if labels.y is None else np.repeat(labels.y, counts)
    return Labels(y, labels.class_names, factors)


def _decoded(pictures: Mapping[str, bytes], found: _Sorted) -> Iterator[np.ndarray]:
    for name, pages in found.pages.items():
        yield from in_pieces(decode_pages(pictures[name], name, pages, found.bits))


def _dataset(x: np.ndarray, found: _Sorted) -> Dataset:
    return Dataset(
        x=x,
        y=found.labels.y,
        kind="image",
        class_names=found.labels.class_names,
        factors=found.labels.factors,
        notes=tuple(found.notes),
        bits=found.bits,
    )
