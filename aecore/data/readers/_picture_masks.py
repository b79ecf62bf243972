"""Masks beside pictures: which files only mark what is seen in other ones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

import numpy as np

from aecore.data.picture_files.decoding import decode_picture

FOLDER = re.compile(
    r"masks?|gts?|ground ?truths?|annotations?|labels?|segmentations?|segmentation ?(class|object)"
    r"|trimaps?|mattes?"
)
ENDING = re.compile(
    r"[ _.-]+(masks?|gt|ground[ _-]?truth|seg|segmentation|labels?|label ?ids|annotations?|trimap"
    r"|matte)([ _.-]*\d+)?$"
)
# Folders are of masks where names say so of half of the files; a few are looked at.
LEAST_SHARE, LOOKED_AT = 0.5, 8
# Masks have few shades: so many of 32 make up nearly all of one.
SHADES, FEW_SHADES, NEARLY_ALL = 32, 8, 0.95


def masks_among(names: Sequence[str], files: Mapping[str, bytes]) -> list[str]:
    """Pictures that by their names belong to another one, and that look like masks.

    A mask lies in a folder such as `masks` and is named as a picture elsewhere, or is named as a
    picture beside it with an ending such as `_mask`. Some are looked at: classes may have such
    names as well, and pictures of them have many shades.

    Args:
        names: of pictures.
        files: their content.
    """
    paths = {name: PurePosixPath(name) for name in names}
    in_folders = [name for name in names if any(map(_names_masks, paths[name].parts[:-1]))]
    aside = set(in_folders)
    others = {paths[name].stem.casefold() for name in names if name not in aside}
    matching = [name for name in in_folders if others & set(_stems(paths[name]))]
    found = in_folders if len(matching) >= max(1, LEAST_SHARE * len(in_folders)) else []
    beside = {(path.parent, path.stem.casefold()) for path in paths.values()}
    found += [name for name in names if name not in aside and _named_after(paths[name]) in beside]
    return found if _look_like_masks(found, files) else []


def _names_masks(folder: str) -> bool:
    words = re.sub(r"[^a-z]+", " ", folder.casefold()).strip()
    return FOLDER.fullmatch(words) is not None or FOLDER.fullmatch(words.split(" ")[-1]) is not None


def _stems(path: PurePosixPath) -> tuple[str, str]:
    stem = path.stem.casefold()
    return stem, ENDING.sub("", stem)


def _named_after(path: PurePosixPath) -> tuple[PurePosixPath, str] | None:
    """The place of the picture that a name with an ending of masks belongs to."""
    stem, without = _stems(path)
    return None if stem == without else (path.parent, without)


def _look_like_masks(names: Sequence[str], files: Mapping[str, bytes]) -> bool:
    looked_at = names[:: -(-len(names) // LOOKED_AT)] if names else []
    few = [_has_few_shades(decode_picture(files[name], name)) for name in looked_at]
    return sum(few) > len(few) / 2


def _has_few_shades(picture: np.ndarray) -> bool:
    shades = picture.mean(axis=-1).astype(np.int64) * SHADES // 256
    counts = np.sort(np.bincount(shades.ravel(), minlength=SHADES))
    return bool(counts[-FEW_SHADES:].sum() >= NEARLY_ALL * shades.size)
