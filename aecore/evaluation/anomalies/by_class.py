"""Detection by class: how well scores tell the rows of each odd class from the normal ones."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from aecore.evaluation.anomalies.detection import Detection, assess


@dataclass(frozen=True)
class ClassDetection:
    """One class against the normal rows.

    Attributes:
        label: index of the class.
        name: of the class.
        detection: its rows as the anomalies, those of the normal classes beside them; rows of
            other odd classes are left out.
    """

    label: int
    name: str
    detection: Detection


def by_class(
    scores: np.ndarray,
    labels: np.ndarray,
    class_names: Sequence[str],
    normal: Collection[int],
    seed: int = 0,
) -> tuple[ClassDetection, ...]:
    """Each class that is not normal, the one that is found worst first.

    Args:
        scores: (n,), higher is odder.
        labels: (n,) class indices; rows of -1, an unknown class, are left out.
        class_names: what indices stand for.
        normal: indices of the normal classes.
    """
    is_normal = np.isin(labels, list(normal))
    found = []
    for label in np.unique(labels[~is_normal & (labels >= 0)]).tolist():
        odd = labels == label
        both = odd | is_normal
        name = class_names[label] if label < len(class_names) else str(label)
        found.append(ClassDetection(label, name, assess(scores[both], odd[both], seed)))
    # Without normal rows nothing is known, and the classes stay in order.
    return tuple(sorted(found, key=lambda one: np.nan_to_num(one.detection.auroc.value)))
