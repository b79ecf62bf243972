"""A user's own pictures: a ZIP or a folder of image files, whose folders may name classes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from aecore.data.checked_archives import Members, open_archive, read_member
from aecore.data.dataset import Dataset
from aecore.data.folders import files_below
from aecore.data.limits import limits, refuse_above
from aecore.data.names import shown
from aecore.data.picture_files.opening import SUFFIXES
from aecore.data.readers._picture_notes import endings
from aecore.data.readers._picture_set import OPTIONS, PictureFiles, read_cut, read_set
from aecore.data.readers._spec import ReaderSpec
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.errors import DataError

REMEDY = "Pack PNG or JPEG files into a ZIP, in a folder for each class if there are classes."
LITTER = ("__macosx", "thumbs.db", "desktop.ini")
ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar")
# Of many pages, as large as a file by itself may be.
STACKS = (".tif", ".tiff", ".gif")
# An image file is seldom larger than its pixels, here with four bytes each and its notes.
BYTES_A_PIXEL = 4
BYTES_OF_NOTES = 2**20


def read(path: Path, options: ReadingOptions = AS_FOUND) -> Dataset:
    """The images as (n, height, width, channels) uint8, of one size, grey if all of them are.

    Folders become classes if there are at least two, below folders that hold all images and such
    as train and test. Hidden files are left out; files of other kinds, and masks, are told.

    Raises:
        DataError: the archive is unsafe or damaged, holds no images or too many, or as
            `read_pictures`.
    """
    with _files(path) as files:
        return read_set(files, options)


def pictures_of(
    path: Path,
    shape: tuple[int, ...],
    options: ReadingOptions = AS_FOUND,
    bits: int | None = None,
) -> Dataset | None:
    """The images of a ZIP, a folder or a file, cut to a shape (height, width, channels).

    Grey ones are given as many channels as are wanted, and coloured ones are greyed for one.

    Args:
        bits: of 16-bit values, as the pictures had that have this shape.

    Returns:
        None for a file of another kind.

    Raises:
        DataError: as `read`.
    """
    if path.is_dir() or path.name.lower().endswith(SPEC.suffixes):
        with _files(path) as files:
            return read_cut(files, shape, options, bits)
    if not _is_picture(path.name):
        return None
    return read_cut(PictureFiles({path.name: path.read_bytes()}), shape, options, bits)


def read_pictures(files: Mapping[str, bytes]) -> Dataset:
    """Image files by name as one data set of (n, height, width, channels) uint8.

    Raises:
        DataError: there is one image or none, one of them cannot be read, together they are
            larger than the limit, or one lies outside of the folders that name the classes.
    """
    return read_set(PictureFiles(files))


def holds_pictures(folder: Path) -> bool:
    """Whether a folder, or one below it, has a picture file.

    Raises:
        DataError: it cannot be looked up.
    """
    return any(_is_picture(path.name) for path in files_below(folder))


@contextmanager
def _files(path: Path) -> Iterator[PictureFiles]:
    """The image files in an archive or a folder by name, read one at a time."""
    if path.is_dir():
        found = {file.relative_to(path).as_posix(): file for file in files_below(path)}
        size = sum(file.stat().st_size for file in found.values())
        refuse_above("unpacked_bytes", size, shown(path.name), "Give a folder of fewer files.")
        kept = [name for name in found if not _is_litter(name)]
        pictures = _InFolder({name: found[name] for name in kept if _is_picture(name)})
        yield _refuse_none(path, pictures, kept)
        return
    with open_archive(path, REMEDY) as (archive, members):
        kept = [name for name in members if not _is_litter(name)]
        _refuse_nested(kept)
        unpacked = _Unpacked(archive, {n: members[n] for n in kept if _is_picture(n)})
        yield _refuse_none(path, unpacked, kept)


def _refuse_none(path: Path, pictures: Mapping[str, bytes], names: list[str]) -> PictureFiles:
    others = [name for name in names if name not in pictures]
    if not pictures:
        only = f", only {endings(others)}" if others else ""
        raise DataError(f"{shown(path.name)} holds no images{only}.", REMEDY)
    return PictureFiles(pictures, others)


class _Unpacked(Mapping[str, bytes]):
    """Files of an open archive, unpacked one at a time when asked for."""

    def __init__(self, archive: zipfile.ZipFile, members: Members) -> None:
        self._archive = archive
        self._members = members

    def __getitem__(self, name: str) -> bytes:
        info = self._members[name]
        _refuse_large(name, info.file_size)
        return read_member(self._archive, info)

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def __contains__(self, name: object) -> bool:
        return name in self._members


class _InFolder(Mapping[str, bytes]):
    """Files of a folder, read one at a time when asked for."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        self._paths = paths

    def __getitem__(self, name: str) -> bytes:
        path = self._paths[name]
        try:
            _refuse_large(name, path.stat().st_size)
            return path.read_bytes()
        except OSError:
            raise DataError(f"{shown(name)} cannot be opened.", "Check the folder.") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, name: object) -> bool:
        return name in self._paths


def _refuse_large(name: str, size: int) -> None:
    if name.lower().endswith(STACKS):
        refuse_above("upload_bytes", size, shown(name), "Give fewer pages in one file.")
    elif size > limits().pixels * BYTES_A_PIXEL + BYTES_OF_NOTES:
        raise DataError(
            f"{shown(name)} has {size:,} bytes, more than an image of the most pixels allowed.",
            "Scale it down, or leave it out.",
        )


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


SPEC = ReaderSpec(
    name="images",
    title="Images in a ZIP or a folder",
    summary="Image files of any sizes; where they lie in folders, these become the classes.",
    suffixes=(".zip",),
    read=read,
    options=OPTIONS,
    of_folder=holds_pictures,
    order=70,
)
