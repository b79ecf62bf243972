"""Comparing: what other detectors say of scored rows, and what a run does not see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

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
from aecore.evaluation.anomalies.scorer import rows_to_learn_from
from aecore.evaluation.anomalies.simulation import SimulatedRecall, simulate
from aecore.evaluation.applied_rows import given_to
from aecore.evaluation.measuring import scorer_of
from aecore.evaluation.samples import sample_errors
from aecore.models.autoencoder import Autoencoder
from aecore.runs.result import Result

ALARMS = 0.01

OnDoing = Callable[[str], None]


@dataclass(frozen=True)
class Compared:
    """The samples that detectors are compared on, the first of those that were scored.

    Attributes:
        x: (c, *sample_shape), scaled.
        label: (c,) class indices, or None without labels.
    """

    x: np.ndarray
    label: np.ndarray | None

    @classmethod
    def of(cls, scored: ScoredRows, x: np.ndarray) -> Compared:
        """Samples that were scored, with what is known of their classes."""
        return cls(x, None if scored.label is None else scored.label[: len(x)])


def compare(
    result: Result,
    prepared: Prepared,
    compared: Compared,
    untrained: Autoencoder,
    on_doing: OnDoing,
    should_stop: Callable[[], bool],
) -> Comparison:
    """What detectors say of samples, one after another; those that a stop comes before are absent.

    Args:
        prepared: what the run was trained on.
        compared: the samples.
        untrained: the run's model as it was before training.
        on_doing: told what is being done.
    """
    scores: dict[str, np.ndarray] = {}
    calibration: dict[str, np.ndarray] = {}
    for name, spec in DETECTORS.items():
        if should_stop():
            break
        on_doing(spec.title)
        score = spec.fitted(prepared.train, result.experiment.seed)
        scores[name] = score(compared.x)
        calibration[name] = score(prepared.calibration) if len(prepared.calibration) else _none()
    if not should_stop():
        on_doing(UNTRAINED_TITLE)
        found = _first_score(result, prepared, compared, untrained)
        scores[UNTRAINED], calibration[UNTRAINED] = found
    return Comparison(np.arange(len(compared.x)), scores, calibration)


def with_committee(
    comparison: Comparison,
    scored: ScoredRows,
    result: Result,
    prepared: Prepared,
    compared: Compared,
    members: Iterable[Autoencoder],
) -> Comparison:
    """The comparison with the mean first score of several networks of the same experiment.

    Args:
        scored: what the run itself says of the samples.
        compared: the samples.
        members: trained on the same rows from other seeds, one after another.
    """
    first = next(iter(scored.scores))
    own = scored.scores[first][: len(compared.x)], scored.calibration[first]
    found = [own, *(_first_score(result, prepared, compared, model) for model in members)]
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
    scored: ScoredRows, result: Result, prepared: Prepared, compared: Compared
) -> ScoredRows:
    """The rows with those listed that are far from training and rebuilt well."""
    seed = result.experiment.seed
    values = compared.x[0].size
    chosen = drawn_rows(len(prepared.train), rows_to_learn_from(values), seed)
    train = prepared.train[chosen]
    labels = prepared.labels(prepared.split.train[chosen])
    familiar = learn_familiar(train, *_codes_and_errors(result, train, labels), seed)
    seen = _codes_and_errors(result, compared.x, compared.label)
    found = blind_spots(familiar, compared.x, *seen)
    return replace(
        scored, blind_spots=found, about={**scored.about, "blind_spots": familiar.sentence}
    )


def _codes_and_errors(
    result: Result, x: np.ndarray, label: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray]:
    """(n, k) codes and (n,) mean squared errors of samples (n, *sample_shape)."""
    model = result.autoencoder
    given = given_to(model, x, label)
    codes = model.codes(given)
    return codes, sample_errors(x, model.reconstructions(given, codes))


def _first_score(
    result: Result, prepared: Prepared, compared: Compared, model: Autoencoder
) -> tuple[np.ndarray, np.ndarray]:
    """The first score of another network of the run, fitted as that of the run itself."""
    scorer = scorer_of(result.experiment, prepared, model)
    given = given_to(model, compared.x, compared.label)
    evidence = gather(model, compared.x, given, result.experiment.seed)
    return scorer.scores(evidence)[scorer.default], scorer.calibration[scorer.default]


def _none() -> np.ndarray:
    return np.empty(0)
