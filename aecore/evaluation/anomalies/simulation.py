"""Simulated anomalies: how many rows with planted defects a threshold finds, by kind and strength.

What is planted is known, so recall can be told without labels. It is the recall of these defects
and not of what may really come: whoever shows it calls it simulated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from aecore.data.dataset import Kind
from aecore.data.prepare.split import drawn_rows
from aecore.evaluation.anomalies.detection import Estimate, auroc
from aecore.evaluation.anomalies.planted import DEFECTS, LEVELS, DefectSpec, Ground, Level
from aecore.evaluation.anomalies.proportions import wilson

# A recall of a half is then known to ± 4.4 %.
MOST_ROWS = 500


@dataclass(frozen=True)
class SimulatedRecall:
    """Simulated: what becomes of rows with one planted defect of one strength.

    Attributes:
        defect, title: name and title of the defect.
        level: how strong.
        meaning: what the level means, such as "4 spreads of the column".
        planted: rows that have the defect; those without a place for it are not counted.
        found: of them, those that raise an alarm.
        recall: found over planted, with its 95 % interval; NaN where none could be planted.
        before: share of the same rows that raised an alarm before it was planted.
        auroc: how often a row with the defect scores higher than one without, ties half.
    """

    defect: str
    title: str
    level: Level
    meaning: str
    planted: int
    found: int
    recall: Estimate
    before: float
    auroc: float


def simulate(
    score: Callable[[np.ndarray], np.ndarray],
    x: np.ndarray,
    threshold: float,
    kind: Kind,
    ground: Ground,
    *,
    seed: int = 0,
    most_rows: int = MOST_ROWS,
    defects: Mapping[str, DefectSpec] = DEFECTS,
) -> Iterator[SimulatedRecall]:
    """Recall at a threshold for each defect that suits, at each level; one after another.

    Args:
        score: samples (n, *sample_shape) -> (n,), higher is odder.
        x: held-out samples, in scaled units, of which at most `most_rows` are drawn by the seed.
        threshold: scores at or above it raise an alarm.
        ground: what was learned of training rows.
    """
    rows = x[drawn_rows(len(x), most_rows, seed)]
    if not len(rows):
        return
    usual = score(rows)
    for spec in defects.values():
        if kind not in spec.kinds:
            continue
        for number, level in enumerate(LEVELS):
            random = np.random.default_rng((seed, spec.order, number))
            changed, mask = spec.plant(rows, spec.strengths[level], ground, random)
            planted = np.asarray(mask.reshape(len(rows), -1).any(axis=1))
            odd = score(changed[planted]) if planted.any() else np.zeros(0)
            yield _recall(spec, level, odd, usual, planted, threshold)


def _recall(
    spec: DefectSpec,
    level: Level,
    odd: np.ndarray,
    usual: np.ndarray,
    planted: np.ndarray,
    threshold: float,
) -> SimulatedRecall:
    found = int((odd >= threshold).sum())
    return SimulatedRecall(
        defect=spec.name,
        title=spec.title,
        level=level,
        meaning=spec.meaning(level),
        planted=len(odd),
        found=found,
        recall=wilson(found, len(odd)),
        before=float((usual[planted] >= threshold).mean()) if len(odd) else float("nan"),
        auroc=auroc(odd, usual),
    )
