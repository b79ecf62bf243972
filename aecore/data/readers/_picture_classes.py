"""Classes of pictures: the folders that name them, below those that are splits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

import numpy as np

from aecore.data.columns.column import MISSING_LABEL
from aecore.data.limits import limits
from aecore.data.names import shown
from aecore.data.readers._classes import Labels
from aecore.data.reading_notes import ReadingNote
from aecore.data.reading_options import (
    AUTO,
    FILE_NAMES,
    INNERMOST,
    NO_CLASSES,
    OUTERMOST,
)
from aecore.errors import DataError
from aecore.wording import counted

OPTION = "class_folders"
# The number of a split is its place here, as a factor that maps can be coloured by.
FACTOR = "split"
SPLITS = {
    "train": "train|training|trn",
    "validation": "val|valid|validation|validate|dev|eval|evaluation",
    "test": "test|testing|tst|pred|prediction|holdout",
}
SPLIT_WORD = {
    name: re.compile(rf"({words})(set|data|images|imgs)?s?") for name, words in SPLITS.items()
}
# What stands before the number in a name such as cat.12.png or dog_3.jpg.
BEFORE_NUMBER = re.compile(r"([^\W\d_][^\d/]*?)[ _.()-]*\d[^/]*")
NAMED, LEAST_OF_A_NAME, MOST_NAMES = 4, 2, 20

Path = tuple[str, ...]


class Folders(NamedTuple):
    """Labels of pictures, and what was found out of them."""

    labels: Labels
    notes: tuple[ReadingNote, ...] = ()


def classes_of(files: Sequence[str], how: str = AUTO) -> Folders:
    """The class of each image by its path, as `ReadingOptions.class_folders` says.

    As found, it is the first folder in which the paths differ, below folders named train, test or
    validation where all pictures lie in such: these are a factor. Pictures of a split without
    folders are a class of their own.

    Raises:
        DataError: an image lies outside of the folders that name the classes.
    """
    folders = [tuple(name.split("/")[:-1]) for name in files]
    if how == NO_CLASSES:
        return Folders(Labels())
    if how == FILE_NAMES:
        return Folders(_labels([_before_number(name) for name in files], files))
    if how == INNERMOST:
        return Folders(_labels([folder[-1] if folder else None for folder in folders], files))
    below = _below_shared(folders)
    if how == OUTERMOST:
        return Folders(_labels(_first(below), files))
    below, splits = _without_splits(below)
    if not any(splits):
        labels = _labels(_first(below), files)
        return Folders(labels, _told(labels, files))
    labels = _labels(_first(_unlabelled_apart(below, splits)), files)
    numbers = np.array([list(SPLITS).index(name) for name in splits], np.float64)
    labels = Labels(labels.y, labels.class_names, {FACTOR: numbers})
    return Folders(labels, (_splits_told(splits, labels), *_told(labels, files)))


def _first(folders: Sequence[Path]) -> list[str | None]:
    return [folder[0] if folder else None for folder in folders]


def _labels(classes: Sequence[str | None], files: Sequence[str]) -> Labels:
    names = sorted({name for name in classes if name is not None})
    if not 2 <= len(names) <= limits().classes:
        return Labels()
    outside = next((f for f, name in zip(files, classes, strict=True) if name is None), None)
    if outside is not None:
        raise DataError(
            f"{shown(outside)} lies outside of the folders that name the classes.",
            "Move it into one of them, or put all images into one folder.",
        )
    positions = {name: i for i, name in enumerate(names)}
    return Labels(np.array([positions[str(name)] for name in classes]), tuple(names))


def _below_shared(folders: Sequence[Path]) -> list[Path]:
    """Paths without the leading folders that all have in common."""
    levels = zip(*folders, strict=False)
    shared = sum(1 for _ in takewhile(lambda level: len(set(level)) == 1, levels))
    return [folder[shared:] for folder in folders]


def _without_splits(folders: list[Path]) -> tuple[list[Path], list[str]]:
    """Paths below folders that are splits, and the split of each; no splits where some are not."""
    splits = [""] * len(folders)
    while True:
        found = [_split_of(folder[0]) if folder else "" for folder in folders]
        if not (found and all(found)):
            return folders, splits
        splits = found
        folders = _below_shared([folder[1:] for folder in folders])


def _split_of(folder: str) -> str:
    """The split that one word of a name says; empty for none, and for several."""
    words = re.findall(r"[a-z]+", folder.casefold())
    named = {name for word in words for name, p in SPLIT_WORD.items() if p.fullmatch(word)}
    return named.pop() if len(named) == 1 else ""


def _unlabelled_apart(folders: Sequence[Path], splits: Sequence[str]) -> list[Path]:
    """Pictures of a split that has no folders get one; unless no split has any."""
    labelled = {split for folder, split in zip(folders, splits, strict=True) if folder}
    if not labelled:
        return list(folders)
    return [
        folder if split in labelled else (MISSING_LABEL,)
        for folder, split in zip(folders, splits, strict=True)
    ]


def _before_number(name: str) -> str | None:
    found = BEFORE_NUMBER.fullmatch(name.rsplit("/", 1)[-1])
    return found[1].rstrip(" _.(-") if found else None


def _told(labels: Labels, files: Sequence[str]) -> tuple[ReadingNote, ...]:
    if labels.y is not None:
        count = len(labels.class_names)
        named = ", ".join(map(shown, labels.class_names[:NAMED]))
        more = f" and {count - NAMED:,} more" if count > NAMED else ""
        sentence = f"Folders name {counted(count, 'class')}: {named}{more}."
        return (ReadingNote("guess", sentence, OPTION, OUTERMOST),)
    names = [_before_number(name) for name in files]
    counts = {name: names.count(name) for name in set(names)}
    several = 2 <= len(counts) <= MOST_NAMES and min(counts.values()) >= LEAST_OF_A_NAME
    if None in counts or not several:
        return (ReadingNote("guess", "No folders name classes.", OPTION, NO_CLASSES),)
    listed = ", ".join(shown(str(name)) for name in sorted(map(str, counts))[:NAMED])
    return (
        ReadingNote(
            "advice",
            f"Names of files begin with {listed}: these may be classes.",
            OPTION,
            FILE_NAMES,
            action="Take them as classes",
        ),
    )


def _splits_told(splits: Sequence[str], labels: Labels) -> ReadingNote:
    counts = {name: splits.count(name) for name in SPLITS if name in splits}
    named = ", ".join(f"{name} ({count:,})" for name, count in counts.items())
    missing = ""
    if MISSING_LABEL in labels.class_names:
        missing = f" Pictures of a split without folders of classes are the class {MISSING_LABEL}."
    return ReadingNote(
        "advice",
        f"The folders {named} are splits and no classes: they are read as one set, of which the "
        f"run holds out a share of its own.{missing}",
        OPTION,
        OUTERMOST,
        action="Take them as classes",
    )
