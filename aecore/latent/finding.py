"""Finding samples by row number or label."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.reconstruction import class_name
from aecore.evaluation.samples import Samples


def find(samples: Samples, text: str) -> np.ndarray:
    """Positions (m,) of the sample of that row, then of those of that label, in the data's order.

    Capitals do not matter; a part of a label is enough where no label is the whole text.
    """
    wanted = text.strip().casefold()
    rows = np.flatnonzero(samples.index == int(wanted)) if _is_row(wanted) else np.empty(0, int)
    return np.concatenate([rows, np.setdiff1d(_of_label(samples, wanted), rows)]).astype(np.intp)


def _is_row(text: str) -> bool:
    # Eighteen digits fit into 64 bits.
    return text.isascii() and text.isdigit() and len(text) <= 18


def _of_label(samples: Samples, wanted: str) -> np.ndarray:
    if samples.label is None or not wanted:
        return np.empty(0, dtype=np.intp)
    names = {int(i): class_name(samples, int(i)).casefold() for i in np.unique(samples.label)}
    same = [i for i, name in names.items() if name == wanted]
    meant = same or [i for i, name in names.items() if wanted in name]
    return np.flatnonzero(np.isin(samples.label, meant))
