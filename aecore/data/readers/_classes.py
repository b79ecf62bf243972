"""Labels beside arrays: classes, or measurements that are kept as factors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from aecore.data.limits import limits
from aecore.errors import DataError

FACTOR = "y"


@dataclass(frozen=True)
class Labels:
    """What is known of each sample besides its values; the fields are those of `Dataset`."""

    y: np.ndarray | None = None
    class_names: tuple[str, ...] = ()
    factors: Mapping[str, np.ndarray] = field(default_factory=dict)


def read_labels(
    values: np.ndarray, what: str, class_names: tuple[str, ...] | None = None
) -> Labels:
    """Labels (n,) or (n, 1) of any kind as class indices.

    Numbers that are not whole, or that differ in more ways than there may be classes, are a
    factor named y instead. As many different texts say nothing of classes and are left out.

    Args:
        what: the subject of the sentence, such as "y in a.npz".
        class_names: the names of the classes in their order, where the file gives them.

    Raises:
        DataError: some labels are missing, or have no class name.
    """
    values = values.reshape(-1)
    numeric = values.dtype.kind not in "US"
    if numeric and not np.isfinite(values).all():
        raise DataError(
            f"{what} holds missing or infinite labels.", "Drop their rows, and save the file again."
        )
    if class_names is not None:
        return _named(values, class_names, what)
    factor = {FACTOR: values.astype(np.float64)} if numeric else {}
    if not _whole(values):
        return Labels(factors=factor)
    found, indices = np.unique(values, return_inverse=True)
    if len(found) > limits().classes:
        return Labels(factors=factor)
    return Labels(indices.astype(np.int64), tuple(as_text(value) for value in found))


def as_text(value: np.generic) -> str:
    """A label as a name: bytes are decoded, and whole floats lose their point."""
    if isinstance(value, np.bytes_):
        return value.decode("utf-8", errors="backslashreplace")
    if isinstance(value, np.floating):
        return f"{value:.15g}"
    return str(value)


def _whole(values: np.ndarray) -> bool:
    return values.dtype.kind != "f" or bool((values == np.floor(values)).all())


def _named(values: np.ndarray, names: tuple[str, ...], what: str) -> Labels:
    """Classes in the order of the names, whether labels are these names or count them from 0."""
    if values.dtype.kind == "b":
        values = values.astype(np.uint8)
    texts = names if values.dtype.kind in "US" else [str(i) for i in range(len(names))]
    positions = {text: i for i, text in enumerate(texts)}
    found, indices = np.unique(values, return_inverse=True)
    labels = [as_text(value) for value in found]
    unknown = next((label for label in labels if label not in positions), None)
    if unknown is not None:
        raise DataError(
            f"{what} holds the label {unknown[:60]}, which is none of the {len(names)} in "
            "class_names.",
            "Count the classes from 0, and save one name for each.",
        )
    codes = np.array([positions[label] for label in labels], dtype=np.int64)
    return Labels(codes[indices], names)
