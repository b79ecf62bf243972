"""What a trained autoencoder is measured by, on which rows, and what is kept of them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np

from aecore.data.prepare.preparing import Prepared
from aecore.data.prepare.split import drawn_rows
from aecore.evaluation.anomalies.gathering import gather
from aecore.evaluation.anomalies.scorer import Scorer, fit_scorer, rows_to_learn_from
from aecore.evaluation.anomalies.scores import Evidence
from aecore.evaluation.baselines import Baselines
from aecore.evaluation.metrics import Measured, measure
from aecore.evaluation.samples import MAX_SAMPLES, Samples, sample_errors
from aecore.evaluation.uncertainty import uncertainty
from aecore.experiment import Experiment
from aecore.experiment.tree import ExperimentTree
from aecore.models.autoencoder import Autoencoder, with_labels
from aecore.models.corruptions import corrupted

# Training rows whose errors are followed from epoch to epoch.
MOST_FOLLOWED = 1024


def seen_by_encoder(experiment: ExperimentTree, prepared: Prepared, x: np.ndarray) -> np.ndarray:
    """What the encoder gets to see of samples where figures are measured; the seed fixes it."""
    return corrupted(experiment.model.corruption, x, prepared.value_range, experiment.seed)


def given_to_model(
    experiment: ExperimentTree, prepared: Prepared, x: np.ndarray, rows: np.ndarray
) -> np.ndarray:
    """Samples as the model takes them: with their labels, if it is told of those."""
    y = prepared.labels(rows)
    if not experiment.model.conditional or y is None:
        return x
    return with_labels(x, y, len(prepared.dataset.class_names))


def scorer_of(experiment: ExperimentTree, prepared: Prepared, model: Autoencoder) -> Scorer:
    """What tells how odd a row is, learned of training rows and calibrated on rows of its own."""

    def evidence(x: np.ndarray, rows: np.ndarray) -> Evidence:
        return gather(model, x, given_to_model(experiment, prepared, x, rows), experiment.seed)

    split, train = prepared.split, prepared.train
    chosen = drawn_rows(len(train), rows_to_learn_from(train[0].size), experiment.seed)
    return fit_scorer(
        prepared.dataset.kind,
        evidence(train[chosen], split.train[chosen]),
        evidence(prepared.calibration, split.calibration),
        prepared.labels(split.calibration),
    )


def training_errors(experiment: Experiment, prepared: Prepared, model: Autoencoder) -> np.ndarray:
    """(n,) mean squared errors of a fixed part of the training rows, of a model as it is now."""
    chosen = drawn_rows(len(prepared.train), MOST_FOLLOWED, experiment.seed)
    x, rows = prepared.train[chosen], prepared.split.train[chosen]
    given = given_to_model(experiment, prepared, x, rows)
    return sample_errors(x, model.reconstructions(given, model.codes(given)))


def measured(
    experiment: Experiment, prepared: Prepared, model: Autoencoder, baselines: Baselines
) -> tuple[dict[str, Any], Samples]:
    """Figures on all held-out rows, and the rows themselves up to a limit."""
    name, x, rows = prepared.held_out
    seen = seen_by_encoder(experiment, prepared, x)
    given = given_to_model(experiment, prepared, seen, rows)
    code = model.codes(given)
    x_hat = model.reconstructions(given, code)
    compared = Measured(
        x, x_hat, baselines.by_mean(x), baselines.by_pca(seen), experiment.training.loss, seen
    )
    measures = measure(compared) | uncertainty(compared, experiment.seed)
    figures = {key: _finite(value) for key, value in measures.items()}
    diagnosed = {
        key: _finite(value) if isinstance(value, float) else value
        for key, value in experiment.bottleneck.diagnose(model, given, x, experiment.seed).items()
    }
    chosen = drawn_rows(len(x), MAX_SAMPLES, experiment.seed)
    units = prepared.units(name).of(chosen)
    metadata = prepared.dataset
    kept = Samples(
        measured_on=name,
        kind=metadata.kind,
        index=rows[chosen],
        original=x[chosen],
        reconstruction=x_hat[chosen],
        code=code[chosen],
        error=sample_errors(x[chosen], x_hat[chosen]),
        label=prepared.labels(rows[chosen]),
        class_names=metadata.class_names,
        feature_names=metadata.feature_names,
        display_range=prepared.value_range,
        total=len(x),
        factors=prepared.factors(rows[chosen]),
        scale=units.scale,
        offset=units.offset,
    )
    samples = beside_simpler(kept, baselines, seen[chosen]) if kept.kind == "image" else kept
    counted = {"measured_on": name, "rows": len(x), **_in_all(len(x), prepared.total(name))}
    return {**counted, **figures, **diagnosed}, samples


def beside_simpler(samples: Samples, baselines: Baselines, seen: np.ndarray) -> Samples:
    """Images (n, h, w, c) with what mean and PCA of the training rows make of some of them.

    Args:
        seen: what the encoder saw of them; PCA is given the same.
    """
    mean = baselines.mean.reshape(seen.shape[1:]).astype(np.float32)
    return replace(samples, by_mean=mean, by_pca=baselines.by_pca(seen[samples.compared]))


def _in_all(measured_on: int, rows: int) -> dict[str, int]:
    """Of how many rows those measured on are a sample, where they are one."""
    return {} if measured_on == rows else {"of_rows": rows}


def _finite(value: float) -> float | None:
    """JSON knows no NaN; a figure that cannot be worked out is left open."""
    return value if math.isfinite(value) else None
