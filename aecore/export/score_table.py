"""Scores of new rows as a CSV file: row, score, p-value and alarm, part by part."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from aecore.data.prepare.remarks import Remarks, none_usable
from aecore.errors import DataError
from aecore.evaluation.anomalies import conformal
from aecore.evaluation.anomalies.scorer import Scorer
from aecore.export.whole_files import whole_or_not
from aecore.runs.result import Result

COLUMNS = ("row", "score", "p_value", "flag")
DIGITS = ".9g"


@dataclass(frozen=True)
class Written:
    """What a table of scores holds.

    Attributes:
        rows: scored.
        flagged: of them, those that raise an alarm; None without a promise.
        score: the name of the score.
        threshold: scores at or above it raise an alarm; None without a promise.
        calibration: normal rows that p-values come from.
        notes: what was left out or filled, as sentences.
    """

    rows: int
    flagged: int | None
    score: str
    threshold: float | None
    calibration: int
    notes: tuple[str, ...]


def calibration_of(result: Result, score: str, normal: Sequence[str] = ()) -> np.ndarray:
    """(m,) scores of the rows that calibrate a run; of some classes alone, where they are named.

    Raises:
        DataError: the run has no such class, or no labels.
    """
    scorer = result.scorer
    found = scorer.calibration[score]
    if not normal:
        return found
    names = result.preparation.class_names
    unknown = [name for name in normal if name not in names]
    if unknown or scorer.labels is None:
        raise DataError(
            f"This run has no class named {(unknown or list(normal))[0]!r}.",
            f"Its classes are {', '.join(names[:20])}." if names else "It has no classes.",
        )
    return found[np.isin(scorer.labels, [names.index(name) for name in normal])]


def write_scores(
    result: Result,
    rows: Any,
    path: Path,
    *,
    score: str = "",
    alarms: float = 0.01,
    normal: Sequence[str] = (),
    on_rows: Callable[[int], None] = lambda done: None,
) -> Written:
    """Score rows in their order and write them down; memory does not grow with their number.

    Args:
        rows: a name, upload or path of a data set, or rows as `Result.apply` takes them.
        score: name of the score; empty for the run's default.
        alarms: share of normal rows that may raise one; with 0 there are no p-values and flags.
        normal: classes whose rows calibrate; without, all that were held out for it do.
        on_rows: told how many rows are done.

    Raises:
        DataError: the rows are of another kind, the run cannot score, or too few rows calibrate
            for this promise.
    """
    from aecore.runs.scoring import score_in_parts

    name = _known(result.scorer, score)
    calibration = calibration_of(result, name, normal) if alarms else np.empty(0)
    threshold = conformal.promise(calibration, alarms).threshold if alarms else None
    done, flagged, remarks = 0, 0, Remarks()
    with _finished(path) as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for part, prepared in score_in_parts(result, rows, only=name):
            scores = part.scores[name]
            table.writerows(_lines(part.samples.rows, scores, calibration, threshold))
            done += len(scores)
            flagged += 0 if threshold is None else int((scores >= threshold).sum())
            remarks.add(prepared.remarks)
            on_rows(done)
        notes = remarks.sentences()
        if not done:
            raise none_usable(notes)
    counted = None if threshold is None else flagged
    return Written(done, counted, name, threshold, len(calibration), notes)


@contextmanager
def _finished(path: Path) -> Iterator[TextIO]:
    """A file to write; at its path only once it is whole, so that an error costs no earlier one."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        # What is no file of its own, such as a terminal, cannot be put in place.
        with path.open("w", newline="", encoding="utf-8") as file:
            yield file
        return
    with (
        whole_or_not(path) as unfinished,
        unfinished.open("w", newline="", encoding="utf-8") as file,
    ):
        yield file


def _lines(
    rows: np.ndarray, scores: np.ndarray, calibration: np.ndarray, threshold: float | None
) -> Iterator[tuple[object, ...]]:
    """Lines of the table; p-value and flag are empty without a promise."""
    numbers = zip(rows.tolist(), scores.tolist(), strict=True)
    if threshold is None:
        for row, score in numbers:
            yield row, format(score, DIGITS), "", ""
        return
    p = conformal.p_values(calibration, scores).tolist()
    for (row, score), value in zip(numbers, p, strict=True):
        yield row, format(score, DIGITS), format(value, DIGITS), int(score >= threshold)


def _known(scorer: Scorer, score: str) -> str:
    name = score or scorer.default
    if name not in scorer.fitted:
        raise DataError(
            f"This run has no score named {name!r}.", f"It has {', '.join(scorer.fitted)}."
        )
    return name
