"""Comparing: what other detectors say of scored rows, and what a run does not see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import numpy as np

from aecore.data.prepare.preparing import Prepared
from aecore.data.prepare.split import drawn_rows
from aecore.evaluation.anomalies import conformal
from aecore.evaluation.anomalies.blind_spots import blind_spots, learn_familiar
from aecore.evaluation.anomalies.detectors import DETECTORS, Expecter
from aecore.evaluation.anomalies.gathering import gather
from aecore.evaluation.anomalies.judging import proposed_odd
from aecore.evaluation.anomalies.planted import learn_ground
from aecore.evaluation.anomalies.scored_rows import (
    COMMITTEE,
    UNTRAINED,
    UNTRAINED_TITLE,
    Comparison,
    Expected,
    ScoredRows,
    ShownRows,
    most_shown,
    oddest,
)
from aecore.evaluation.anomalies.scorer import Scorer, rows_to_learn_from
from aecore.evaluation.anomalies.scores import Evidence
from aecore.evaluation.anomalies.simulation import SimulatedRecall, simulate
from aecore.evaluation.anomalies.where import learn_usual
from aecore.evaluation.applied_rows import given_to
from aecore.evaluation.measuring import scorer_of
from aecore.evaluation.samples import sample_errors
from aecore.models.autoencoder import Autoencoder
from aecore.runs.compared import Compared
from aecore.runs.result import Result

ALARMS = 0.01
# Training rows by which it is told what a detector usually expects amiss.
USUAL_ROWS = 1_000

OnDoing = Callable[[str], None]


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
    expected: dict[str, Expected] = {}
    train, seed = prepared.train, result.experiment.seed
    for name, spec in DETECTORS.items():
        if should_stop():
            break
        on_doing(spec.title)
        score = spec.fitted(train, seed)
        scores[name] = score(compared.x)
        calibration[name] = score(prepared.calibration) if len(prepared.calibration) else _none()
        expected[name] = _expected(spec.expecting(train, seed), train, compared, scores[name], seed)
    if not should_stop():
        on_doing(UNTRAINED_TITLE)
        scorer, evidence = _other_network(result, prepared, compared, untrained)
        scores[UNTRAINED] = scorer.scores(evidence)[scorer.default]
        calibration[UNTRAINED] = scorer.calibration[scorer.default]
        places = _oddest(compared, scores[UNTRAINED])
        usual, x_hat = scorer.usual, evidence.x_hat[places]
        expected[UNTRAINED] = Expected(compared.position[places], x_hat, **usual)
    return Comparison(compared.position, scores, calibration, expected, _learned_from(prepared))


def with_comparison(
    scored: ScoredRows, comparison: Comparison, compared: Compared, result: Result
) -> ScoredRows:
    """The rows with what others say of them; each one's oddest are among those to look at."""
    oddest_of = [_oddest(compared, values) for values in comparison.scores.values()]
    places = np.unique(np.concatenate([*oddest_of, np.arange(0)]))
    is_new = ~np.isin(compared.position[places], scored.shown.position)
    if not is_new.any():
        return replace(scored, comparison=comparison)
    some, model = compared.of(places[is_new]), result.autoencoder
    given = given_to(model, some.x, some.label)
    evidence = gather(model, some.x, given, result.experiment.seed)
    more = ShownRows(some.position, some.x, evidence.x_hat, evidence.code, some.units)
    shown = scored.shown.and_more(more)
    return replace(scored, comparison=comparison, shown=shown.of(np.argsort(shown.position)))


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
    own = scored.scores[first][compared.position], scored.calibration[first]
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
    found = tuple(
        replace(each, row=int(compared.position[each.row]))
        for each in blind_spots(familiar, compared.x, *seen)
    )
    about = {"blind_spots": familiar.sentence, "looked_for_blind_spots": len(compared.x)}
    return replace(scored, blind_spots=found, about={**scored.about, **about})


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
    """The first score of another network of the run, and that of the rows that calibrate."""
    scorer, evidence = _other_network(result, prepared, compared, model)
    return scorer.scores(evidence)[scorer.default], scorer.calibration[scorer.default]


def _other_network(
    result: Result, prepared: Prepared, compared: Compared, model: Autoencoder
) -> tuple[Scorer, Evidence]:
    """What another network of the run tells by, fitted as the run itself, and what it sees."""
    given = given_to(model, compared.x, compared.label)
    evidence = gather(model, compared.x, given, result.experiment.seed)
    return scorer_of(result.experiment, prepared, model), evidence


def _expected(
    expecting: Expecter, train: np.ndarray, compared: Compared, scores: np.ndarray, seed: int
) -> Expected:
    """What a detector expects of its oddest rows, and how far training rows are from that."""
    places = _oddest(compared, scores)
    rows = train[drawn_rows(len(train), USUAL_ROWS, seed)]
    usual = learn_usual(Evidence(rows, expecting(rows), np.empty((len(rows), 0))))
    x_hat = expecting(compared.x[places]).astype(np.float32)
    return Expected(compared.position[places], x_hat, **usual)


def _oddest(compared: Compared, scores: np.ndarray) -> np.ndarray:
    """Ascending, the places of the rows to look at among those that are compared."""
    return oddest({"": scores}, most_shown(compared.x))


def _learned_from(prepared: Prepared) -> str:
    """Which detectors did not learn of all training rows, in a sentence; empty if all did."""
    here, rows = len(prepared.train), prepared.rows["train"]
    if here < rows:
        return f"Detectors learned of a sample of the {rows:,} training rows, {here:,} at most."
    features = prepared.train[0].size
    learned = {spec.title: spec.learns_from(here, features) for spec in DETECTORS.values()}
    sampled = [f"{title} of {count:,}" for title, count in learned.items() if count < here]
    if not sampled:
        return ""
    return f"Of the {rows:,} training rows, some detectors learned of a sample: " + (
        f"{' and '.join(sampled)}."
    )


def _none() -> np.ndarray:
    return np.empty(0)
