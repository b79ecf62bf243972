"""Comparing: what other detectors say of scored rows, and what a run does not see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import numpy as np

from aecore.data.prepare.preparing import Prepared
from aecore.data.prepare.split import drawn_rows
from aecore.evaluation.anomalies import conformal
from aecore.evaluation.anomalies.blind_spots import blind_spots, learn_familiar
from aecore.evaluation.anomalies.detectors import DETECTORS
from aecore.evaluation.anomalies.gathering import gather
from aecore.evaluation.anomalies.judging import proposed_odd
from aecore.evaluation.anomalies.planted import learn_ground
from aecore.evaluation.anomalies.scored_rows import (
    COMMITTEE,
    UNTRAINED,
    UNTRAINED_TITLE,
    Comparison,
    ScoredRows,
)
from aecore.evaluation.anomalies.scorer import fit_scorer, rows_to_learn_from
from aecore.evaluation.anomalies.scores import Evidence
from aecore.evaluation.anomalies.simulation import SimulatedRecall, simulate
from aecore.evaluation.applied_rows import given_to
from aecore.models.autoencoder import Autoencoder
from aecore.runs.result import Result

ALARMS = 0.01

OnDoing = Callable[[str], None]


def compare(
    prepared: Prepared,
    x: np.ndarray,
    untrained: Autoencoder,
    seed: int,
    on_doing: OnDoing,
    should_stop: Callable[[], bool],
) -> Comparison:
    """What detectors say of samples, one after another; those that a stop comes before are absent.

    Args:
        prepared: what the run was trained on.
        x: (c, *sample_shape) the samples, scaled.
        untrained: the run's model as it was before training.
        on_doing: told what is being done.
    """
    scores: dict[str, np.ndarray] = {}
    calibration: dict[str, np.ndarray] = {}
    for name, spec in DETECTORS.items():
        if should_stop():
            break
        on_doing(spec.title)
        score = spec.fitted(prepared.train, seed)
        scores[name] = score(x)
        calibration[name] = score(prepared.calibration) if len(prepared.calibration) else _none()
    if not should_stop():
        on_doing(UNTRAINED_TITLE)
        scores[UNTRAINED], calibration[UNTRAINED] = _first_score(prepared, x, untrained, seed)
    return Comparison(np.arange(len(x)), scores, calibration)


def with_committee(
    comparison: Comparison,
    scored: ScoredRows,
    prepared: Prepared,
    x: np.ndarray,
    members: Iterable[Autoencoder],
    seed: int,
) -> Comparison:
    """The comparison with the mean first score of several networks of the same experiment.

    Args:
        scored: what the run itself says of the samples.
        x: (c, *sample_shape) the samples, scaled.
        members: trained on the same rows from other seeds, one after another.
    """
    first = next(iter(scored.scores))
    own = scored.scores[first][: len(x)], scored.calibration[first]
    found = [own, *(_first_score(prepared, x, model, seed) for model in members)]
    scores, calibration = (np.mean(values, axis=0) for values in zip(*found, strict=True))
    return replace(
        comparison,
        scores={**comparison.scores, COMMITTEE: scores},
        calibration={**comparison.calibration, COMMITTEE: calibration},
    )


def plant_defects(
    result: Result, prepared: Prepared, seed: int, should_stop: Callable[[], bool]
) -> Iterator[SimulatedRecall]:
    """Recall of planted defects at the default promise, or at the nearest that can be kept.

    Rows of classes that are likely odd neither calibrate nor get a defect.
    """
    scorer, model = result.scorer, result.autoencoder
    name = scorer.default
    names, trained_on = prepared.dataset.class_names, result.experiment.data.classes
    odd = list(proposed_odd(names, trained_on))
    calibration = scorer.calibration.get(name, _none())
    if scorer.labels is not None:
        calibration = calibration[~np.isin(scorer.labels, odd)]
    if not len(calibration):
        return
    alarms = max(ALARMS, 1.0 / (len(calibration) + 1))
    threshold = conformal.promise(calibration, alarms).threshold
    _, x, rows = prepared.held_out
    label = prepared.labels(rows)
    if label is not None:
        normal = ~np.isin(label, odd)
        x, label = x[normal], label[normal]
    if model.labels and label is not None and len(label):
        # One class serves all: a defect is planted in the sample and not in its class.
        x = x[label == label[0]]

    def score(samples: np.ndarray) -> np.ndarray:
        own = None if label is None else np.full(len(samples), label[0])
        evidence = gather(model, samples, given_to(model, samples, own), seed)
        return scorer.scores(evidence)[name]

    ground = learn_ground(prepared.train, prepared.dataset.feature_names)
    for recall in simulate(score, x, threshold, prepared.dataset.kind, ground, seed=seed):
        yield recall
        if should_stop():
            return


def with_blind_spots(
    scored: ScoredRows, result: Result, prepared: Prepared, x: np.ndarray, seed: int
) -> ScoredRows:
    """The rows with those listed that are far from training and rebuilt well."""
    model = result.autoencoder
    chosen = drawn_rows(len(prepared.train), rows_to_learn_from(x[0].size), seed)
    train = prepared.train[chosen]
    labels = prepared.labels(prepared.split.train[chosen])
    known = gather(model, train, given_to(model, train, labels), seed)
    label = None if scored.label is None else scored.label[: len(x)]
    seen = gather(model, x, given_to(model, x, label), seed)
    errors = (np.square(e.residual).mean(axis=1) for e in (known, seen))
    familiar = learn_familiar(train, known.code, next(errors), seed)
    found = blind_spots(familiar, x, seen.code, next(errors))
    return replace(
        scored, blind_spots=found, about={**scored.about, "blind_spots": familiar.sentence}
    )


def _first_score(
    prepared: Prepared, x: np.ndarray, model: Autoencoder, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """The first score of another network of the run, fitted as that of the run itself."""
    chosen = drawn_rows(len(prepared.train), rows_to_learn_from(x[0].size), seed)

    def evidence(samples: np.ndarray) -> Evidence:
        labels = np.zeros(len(samples), np.int64) if model.labels else None
        return gather(model, samples, given_to(model, samples, labels), seed)

    scorer = fit_scorer(
        prepared.dataset.kind,
        evidence(prepared.train[chosen]),
        evidence(prepared.calibration),
        None,
    )
    name = scorer.default
    return scorer.scores(evidence(x))[name], scorer.calibration[name]


def _none() -> np.ndarray:
    return np.empty(0)
