"""One image file: a stack or an animation is a set of its pages, a single image is none."""

from __future__ import annotations

from pathlib import Path

from aecore.data.dataset import Dataset
from aecore.data.names import shown
from aecore.data.picture_files.decoding import measure_picture
from aecore.data.picture_files.opening import SUFFIXES
from aecore.data.readers._picture_set import PictureFiles, read_set
from aecore.data.readers._spec import ReaderSpec
from aecore.data.reading_options import AS_FOUND, FIRST_PAGE, ReadingOptions
from aecore.errors import DataError


def read(path: Path, options: ReadingOptions = AS_FOUND) -> Dataset:
    """The pages of a TIFF stack or an animation, each a sample.

    Raises:
        DataError: the file cannot be read, or holds one picture: a data set has more.
    """
    try:
        content = path.read_bytes()
    except OSError:
        raise DataError(f"{shown(path.name)} cannot be opened.", "Check the path.") from None
    pages = measure_picture(content, path.name).pages
    if len(pages) < 2 or options.pages == FIRST_PAGE:
        raise DataError(
            f"{shown(path.name)} is one image, which is too few to train on.",
            "Put at least 10 into a ZIP, in a folder for each class if there are classes.",
        )
    return read_set(PictureFiles({path.name: content}), options)


SPEC = ReaderSpec(
    name="picture",
    title="One image, a stack or an animation",
    summary="Pages of a TIFF or GIF are samples; one image is too few: put at least 10 into a ZIP.",
    suffixes=SUFFIXES,
    read=read,
    options=("pages", "bits"),
    several=True,
    order=80,
)
