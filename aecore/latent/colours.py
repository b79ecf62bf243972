"""Colourings: what the colours of a map stand for, and their value for each sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aecore.data.columns.hot_columns import category_of, source_columns
from aecore.errors import LatentError
from aecore.evaluation.reconstruction import class_name, feature_names
from aecore.evaluation.samples import Samples

LABEL, ERROR = "label", "error"
COLUMN, FACTOR, CODE = "column", "factor", "code"
# Whole numbers of no more different values than there are colours are told apart one by one.
MOST_CLASSES = 10
OTHER_VALUE = "no category"
NO_VALUE = "no value"


@dataclass(frozen=True)
class Colouring:
    """What colours stand for.

    Attributes:
        title: in a few words, with the unit.
        values: (n,) numbers; of classes, places in `names`.
        names: of the classes, in order; empty where values are numbers on a scale.
        numbers: of each class its place among all that there can be, some of which may have no
            sample here; empty where that is its place in `names`.
        limits: ends of the scale that mean something; otherwise those of the values.
    """

    title: str
    values: np.ndarray
    names: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    limits: tuple[float, float] | None = None


def colours_of(samples: Samples) -> dict[str, str]:
    """Everything that these samples can be coloured by: key -> title, the most useful first."""
    found = {} if samples.label is None else {LABEL: "Label"}
    found[ERROR] = "Error"
    found |= {_key(FACTOR, i): name for i, name in enumerate(samples.factors)}
    found |= {_key(COLUMN, i): name for i, (name, _) in enumerate(_columns(samples))}
    return found | {_key(CODE, i): f"Code {i + 1}" for i in range(samples.code.shape[1])}


def colouring(samples: Samples, key: str) -> Colouring:
    """What one of `colours_of` is for each sample: columns and factors in their own units.

    Raises:
        LatentError: there is nothing of that name.
    """
    titles = colours_of(samples)
    if key not in titles:
        raise LatentError(
            "These samples cannot be coloured by that.", "Choose another meaning of the colours."
        )
    if key == LABEL:
        return of_labels(samples)
    if key == ERROR:
        return Colouring("Error (MSE)", samples.error)
    what, place = key.split(":")
    return _of(samples, what, int(place), titles[key])


def first(samples: Samples) -> Colouring:
    """What colours stand for until something else is chosen: the label, else the error."""
    return colouring(samples, next(iter(colours_of(samples))))


def of_labels(samples: Samples) -> Colouring:
    """The classes that have samples; no names without labels."""
    if samples.label is None:
        return Colouring("", np.zeros(len(samples.error)))
    present, places = np.unique(samples.label, return_inverse=True)
    names = tuple(class_name(samples, int(label)) for label in present)
    return Colouring("Label", places, names, tuple(present.tolist()))


def in_classes(title: str, values: np.ndarray) -> Colouring:
    """Numbers on a scale, or as classes where they are few whole ones; nan has none."""
    finite = values[np.isfinite(values)]
    different = np.unique(finite)
    whole = bool((different == np.round(different)).all())
    if not 0 < len(different) <= MOST_CLASSES or not whole:
        return Colouring(title, values)
    names = [f"{value:.0f}" for value in different]
    places = np.searchsorted(different, values)
    if len(finite) < len(values):
        names.append(NO_VALUE)
    return Colouring(title, places, tuple(names))


def _of(samples: Samples, what: str, place: int, title: str) -> Colouring:
    if what == CODE:
        return Colouring(title, samples.code[:, place])
    if what == FACTOR:
        return in_classes(title, np.asarray(samples.factors[title], dtype=np.float64))
    _, features = _columns(samples)[place]
    if len(features) == 1:
        return in_classes(title, samples.raw(samples.original)[:, features[0]])
    return _of_categories(samples, title, features)


def _of_categories(samples: Samples, title: str, features: Sequence[int]) -> Colouring:
    """A column of categories, put together again from its one-hot columns."""
    hot = samples.original[:, list(features)]
    names = [category_of(feature_names(samples)[i]) for i in features]
    places = np.where(hot.any(axis=1), hot.argmax(axis=1), len(names))
    present, places = np.unique(places, return_inverse=True)
    shown = tuple([*names, OTHER_VALUE][i] for i in present)
    return Colouring(title, places, shown, tuple(present.tolist()))


def _columns(samples: Samples) -> list[tuple[str, tuple[int, ...]]]:
    """The columns of a table with the features that each became; none for other kinds."""
    if samples.kind != "table" or samples.original.ndim != 2:
        return []
    return list(source_columns(feature_names(samples), samples.original))


def _key(what: str, place: int) -> str:
    return f"{what}:{place}"
