"""Scoring: how odd rows are to a run, part by part, so that a table of any size can be scored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from aecore.data.prepare.new_rows import Labels
from aecore.data.prepare.prepared_rows import PreparedRows
from aecore.data.prepare.preparing import Prepared
from aecore.data.prepare.remarks import Remarks, none_usable
from aecore.data.prepare.row_blocks import block_rows, blocks
from aecore.data.prepare.scaling import Units
from aecore.errors import DataError
from aecore.evaluation.anomalies.gathering import gather
from aecore.evaluation.anomalies.scored_rows import ScoredRows, ShownRows, most_shown, oddest
from aecore.evaluation.anomalies.scores import Evidence
from aecore.evaluation.applied_rows import given_to
from aecore.runs.compared import Compared, ComparedDraw
from aecore.runs.result import Result
from aecore.runs.training_data import left_out
from aecore.wording import counted


@dataclass(frozen=True)
class Samples:
    """Some samples that are to be scored.

    Attributes:
        x: (n, *sample_shape), scaled.
        rows: (n,) their numbers, from 0, in their data set.
        label: (n,) class indices, -1 for an unknown class; None without labels.
        units: how they become raw again.
    """

    x: np.ndarray
    rows: np.ndarray
    label: np.ndarray | None
    units: Units


@dataclass(frozen=True)
class ScoredPart:
    """Some samples with how odd each is: name of a score -> (n,)."""

    samples: Samples
    evidence: Evidence
    scores: dict[str, np.ndarray]


def score_in_parts(
    result: Result, rows: Any, labels: Labels = None, size: int | None = None, only: str = ""
) -> Iterator[tuple[ScoredPart, PreparedRows]]:
    """Scores of new rows of the kind that a run was trained on, at most `size` at a time.

    Args:
        only: name of the one score that is wanted; empty for all.

    Raises:
        DataError: the rows are of another kind, or the run cannot score.
    """
    for prepared in result.prepared_in_parts(rows, labels, size):
        samples = Samples(prepared.x, prepared.rows, prepared.labels, prepared.units)
        yield _scored_part(result, samples, only), prepared


def score_given(
    result: Result,
    rows: Any,
    title: str,
    on_rows: Callable[[int], None] = lambda done: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> tuple[ScoredRows, Compared]:
    """New rows with their scores, and those that detectors are compared on.

    Args:
        rows: a name, upload or path of a data set, or rows as `Result.apply` takes them.
        title: what is scored, in words.
        on_rows: told how many rows are done.

    Raises:
        DataError: as `score_in_parts`, none of the rows can be used, or it was stopped.
    """
    remarks = Remarks()

    def parts() -> Iterator[ScoredPart]:
        for part, prepared in score_in_parts(result, rows):
            remarks.add(prepared.remarks)
            yield part

    collected = _collected(parts(), result.experiment.seed, on_rows, should_stop)
    told = remarks.sentences()
    if collected is None:
        raise none_usable(told)
    return _scored(result, title, collected, told), collected.compared


def score_held_out(
    result: Result,
    prepared: Prepared,
    raw: Any,
    on_rows: Callable[[int], None] = lambda done: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> tuple[ScoredRows, Compared]:
    """The rows that a run held out, with those of classes that it was not to train on.

    Args:
        prepared, raw: as `training_data` gives them.

    Raises:
        DataError: the run held no rows out and left no class out, or it was stopped.
    """
    notes, groups = [], []
    name, x, rows = prepared.held_out
    if name == "training":
        notes.append("The run held no rows out: these are rows that it was trained on.")
    window = prepared.preparation.window
    # A window has the number of its first row.
    stride = 1 if window is None else window.stride
    groups.append(Samples(x, rows * stride, prepared.labels(rows), prepared.units(name)))
    others = left_out(result, prepared, raw)
    if others is not None:
        units = prepared.preparation.scaler.units(others.lengths, prepared.train.ndim)
        label = prepared.labels(others.rows)
        groups.append(Samples(others.x, others.rows * stride, label, units))
        notes.append(
            f"{counted(len(others.rows), 'row')} of the classes that the run was not "
            "trained on are among "
            "them."
        )
    parts = (_scored_part(result, samples) for samples in _in_blocks(groups))
    collected = _collected(parts, result.experiment.seed, on_rows, should_stop)
    assert collected is not None
    title = f"The run’s own {name} rows"
    scored = _scored(result, title, collected, notes)
    return replace(scored, about={"class_rows": _class_rows(prepared)}), collected.compared


def _scored_part(result: Result, samples: Samples, only: str = "") -> ScoredPart:
    model = result.autoencoder
    given = given_to(model, samples.x, samples.label)
    evidence = gather(model, samples.x, given, result.experiment.seed)
    return ScoredPart(samples, evidence, result.scorer.scores(evidence, only))


@dataclass
class _Oddest:
    """Rows with all that is needed to look at them, and their scores."""

    rows: ShownRows
    scores: dict[str, np.ndarray]

    def among(self, before: _Oddest | None) -> _Oddest:
        """The oddest of those before and of these."""
        if before is None:
            return self.of(oddest(self.scores, most_shown(self.rows.x)))
        new = self.among(None)
        scores = {n: np.concatenate([own, new.scores[n]]) for n, own in before.scores.items()}
        return _Oddest(before.rows.and_more(new.rows), scores).among(None)

    def of(self, places: np.ndarray) -> _Oddest:
        """Some of them, by their places here."""
        return _Oddest(self.rows.of(places), {n: own[places] for n, own in self.scores.items()})


@dataclass
class _Collected:
    """What is gathered of all parts."""

    rows: np.ndarray
    label: np.ndarray | None
    scores: dict[str, np.ndarray]
    shown: ShownRows
    compared: Compared


def _collected(
    parts: Iterable[ScoredPart],
    seed: int,
    on_rows: Callable[[int], None],
    should_stop: Callable[[], bool],
) -> _Collected | None:
    """What is gathered of all parts; None where none has samples."""
    rows: list[np.ndarray] = []
    labels: list[np.ndarray | None] = []
    scores: list[dict[str, np.ndarray]] = []
    draw = ComparedDraw(seed)
    shown: _Oddest | None = None
    done = 0
    for part in parts:
        if should_stop():
            raise DataError("Stopped before all rows were scored.", "Score them again.")
        samples, evidence = part.samples, part.evidence
        if not len(samples.rows):
            continue
        rows.append(samples.rows)
        labels.append(samples.label)
        scores.append(part.scores)
        places = np.arange(done, done + len(samples.rows))
        new = ShownRows(places, samples.x, evidence.x_hat, evidence.code, samples.units)
        shown = _Oddest(new, part.scores).among(shown)
        draw.add(Compared(places, samples.x, samples.label, samples.units))
        done += len(samples.rows)
        on_rows(done)
    if shown is None or draw.drawn is None:
        return None
    known = [label for label in labels if label is not None]
    return _Collected(
        np.concatenate(rows),
        np.concatenate(known) if len(known) == len(labels) else None,
        {name: np.concatenate([each[name] for each in scores]) for name in scores[0]},
        shown.rows,
        draw.drawn,
    )


def _scored(result: Result, title: str, collected: _Collected, notes: Sequence[str]) -> ScoredRows:
    scorer, description = result.scorer, result.preparation
    return ScoredRows(
        title=title,
        kind=description.kind,
        rows=collected.rows,
        scores=collected.scores,
        calibration=scorer.calibration,
        calibration_labels=scorer.labels,
        label=collected.label,
        class_names=description.class_names,
        feature_names=description.feature_names,
        shown=collected.shown,
        notes=tuple(notes),
    )


def _class_rows(prepared: Prepared) -> dict[str, int]:
    """Name of each class -> its samples in the whole data set; of a table in parts, those kept."""
    y, names = prepared.dataset.y, prepared.dataset.class_names
    return {} if y is None else {name: int((y == i).sum()) for i, name in enumerate(names)}


def _in_blocks(groups: Sequence[Samples]) -> Iterator[Samples]:
    for group in groups:
        for rows in blocks(len(group.x), block_rows(group.x[0].size if len(group.x) else 1)):
            places = np.arange(len(group.x))[rows]
            label = None if group.label is None else group.label[rows]
            yield Samples(group.x[rows], group.rows[rows], label, group.units.of(places))
