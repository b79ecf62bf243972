"""A user's own pictures: a ZIP of image files whose folders, if there are any, name classes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path

import numpy as np

from aecore.data.dataset import Dataset
from aecore.data.limits import limits, refuse_above
from aecore.data.names import shown
from aecore.data.picture_sizes import common_size, fit_picture
from aecore.data.pictures import changed
from aecore.data.readers._archive import Members, open_archive, read_member
from aecore.data.readers._classes import Labels
from aecore.data.readers._spec import ReaderSpec
from aecore.data.readers.picture import SUFFIXES, decode_picture, measure_picture
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.errors import DataError

REMEDY = "Pack PNG or JPEG files into a ZIP, in a folder for each class if there are classes."
LITTER = ("__macosx", "thumbs.db", "desktop.ini")
ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar")
# An image file is seldom larger than its pixels, here with four bytes each and its notes.
BYTES_A_PIXEL = 4
BYTES_OF_NOTES = 2**20


def read(path: Path, options: ReadingOptions = AS_FOUND) -> Dataset:
    """The images as (n, height, width, channels) uint8, of one size, grey if all of them are.

    Folders become classes if there are at least two, below folders that hold all images.
    Hidden files and files of other kinds are left out.

    Raises:
        DataError: the archive is unsafe or damaged, holds no images or too many, or as
            `read_pictures`.
    """
    with _unpacked(path) as pictures:
        return read_pictures(pictures)


def pictures_of(path: Path, shape: tuple[int, ...]) -> Dataset | None:
    """The images of a ZIP, or one image, cut to a shape (height, width, channels) that others have.

    Grey ones are given as many channels as are wanted, and coloured ones are greyed for one.

    Returns:
        None for a file of another kind.

    Raises:
        DataError: as `read`.
    """
    if _is_picture(path.name):
        return _of_shape({path.name: path.read_bytes()}, shape)
    if not path.name.lower().endswith(SPEC.suffixes):
        return None
    with _unpacked(path) as pictures:
        return _of_shape(pictures, shape)


def read_pictures(files: Mapping[str, bytes]) -> Dataset:
    """Image files by name as one data set of (n, height, width, channels) uint8.

    Images of one size keep it. Those of several are scaled and cut to a square as `common_size`
    says. The folders in the names become classes as in `read`; more of them than the limit of
    classes are no classes.

    Raises:
        DataError: there is one image or none, one of them cannot be read, together they are
            larger than the limit, or one lies outside of the folders that name the classes.
    """
    if len(files) < 2:
        count = "One image is" if files else "No images are"
        raise DataError(f"{count} too few to train on.", "Give at least 10.")
    refuse_above("files", len(files), "The data set of images", "Use fewer.")
    labels = _labels(list(files))
    x = _decoded(files, _common_shape(files))
    return Dataset(x=x, y=labels.y, kind="image", class_names=labels.class_names)


@contextmanager
def _unpacked(path: Path) -> Iterator[Mapping[str, bytes]]:
    """The image files in an archive by name, unpacked one at a time."""
    with open_archive(path, REMEDY) as (archive, members):
        pictures = {name: info for name, info in members.items() if not _is_litter(name)}
        _refuse_nested(pictures)
        pictures = {name: pictures[name] for name in pictures if _is_picture(name)}
        if not pictures:
            raise DataError(f"{shown(path.name)} holds no images.", REMEDY)
        yield _Unpacked(archive, pictures)


def _of_shape(files: Mapping[str, bytes], shape: tuple[int, ...]) -> Dataset:
    height, width, channels = shape
    size = len(files) * height * width * channels
    refuse_above("unpacked_bytes", size, "The set of images", "Give fewer at once.")
    labels = _labels(list(files))
    x = np.empty((len(files), height, width, channels), dtype=np.uint8)
    for row, (name, content) in enumerate(files.items()):
        picture = fit_picture(decode_picture(content, name), (height, width))[None]
        colour = "grey" if channels == 1 else "keep"
        x[row] = changed(picture, size=None, colour=colour)[0]
    return Dataset(x=x, y=labels.y, kind="image", class_names=labels.class_names)


def _common_shape(files: Mapping[str, bytes]) -> tuple[int, int, int]:
    """Height, width and channels for all images, told from their headers alone."""
    shapes = [measure_picture(content, name) for name, content in files.items()]
    channels = max(shape[2] for shape in shapes)
    size = sum(height * width for height, width, _ in shapes) * channels
    refuse_above("unpacked_bytes", size, "The set of images", "Scale them down first.")
    return (*common_size([shape[:2] for shape in shapes]), channels)


def _decoded(files: Mapping[str, bytes], shape: tuple[int, int, int]) -> np.ndarray:
    x = np.empty((len(files), *shape), dtype=np.uint8)
    most = 1
    for row, (name, content) in enumerate(files.items()):
        picture = decode_picture(content, name)
        most = max(most, picture.shape[2])
        x[row] = fit_picture(picture, shape[:2])
    return x if most == shape[2] else x[..., :most].copy()


class _Unpacked(Mapping[str, bytes]):
    """Files of an open archive, unpacked one at a time when asked for."""

    def __init__(self, archive: zipfile.ZipFile, members: Members) -> None:
        self._archive = archive
        self._members = members

    def __getitem__(self, name: str) -> bytes:
        info = self._members[name]
        if info.file_size > limits().pixels * BYTES_A_PIXEL + BYTES_OF_NOTES:
            raise DataError(
                f"{shown(name)} has {info.file_size:,} bytes, more than an image of the most "
                "pixels allowed.",
                "Scale it down, or leave it out.",
            )
        return read_member(self._archive, info)

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)


def _is_litter(name: str) -> bool:
    return any(part.startswith(".") or part.lower() in LITTER for part in name.split("/"))


def _is_picture(name: str) -> bool:
    return name.lower().endswith(SUFFIXES)


def _refuse_nested(names: Iterable[str]) -> None:
    nested = next((name for name in names if name.lower().endswith(ARCHIVES)), None)
    if nested is not None:
        raise DataError(
            f"The archive holds another one, {shown(nested)}.",
            "Unpack it, and pack the images themselves.",
        )


def _labels(files: Sequence[str]) -> Labels:
    """The first folder in which the paths differ, as the class of each image."""
    paths = [name.split("/") for name in files]
    shared = _shared_depth([path[:-1] for path in paths])
    paths = [path[shared:] for path in paths]
    folders = [path[0] for path in paths if len(path) > 1]
    names = sorted(set(folders))
    if not 2 <= len(names) <= limits().classes:
        return Labels()
    if len(folders) < len(paths):
        outside = next(name for name, path in zip(files, paths, strict=True) if len(path) == 1)
        raise DataError(
            f"{shown(outside)} lies outside of the folders that name the classes.",
            "Move it into one of them, or put all images into one folder.",
        )
    positions = {name: i for i, name in enumerate(names)}
    return Labels(np.array([positions[folder] for folder in folders]), tuple(names))


def _shared_depth(folders: Sequence[Sequence[str]]) -> int:
    """How many leading folders all paths have in common."""
    levels = zip(*folders, strict=False)
    return sum(1 for _ in takewhile(lambda level: len(set(level)) == 1, levels))


SPEC = ReaderSpec(
    name="images",
    title="Images in a ZIP",
    summary="Image files of any sizes; where they lie in folders, these become the classes.",
    suffixes=(".zip",),
    read=read,
    order=70,
)
