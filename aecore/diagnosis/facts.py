"""`RunFacts`: what rules judge a run by, gathered from what it kept; needs no TensorFlow."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from aecore.data.dataset import Kind
from aecore.data.prepare.split import part_sizes
from aecore.evaluation.metrics import figure_of
from aecore.evaluation.samples import Samples
from aecore.evaluation.uncertainty import standard_error
from aecore.experiment import Experiment
from aecore.experiment.data_facts import known_sheet
from aecore.experiment.experiment import layers_of

# Two units that are correlated more closely than this say the same.
SAME = 0.99
# A unit that varies less than this share of the liveliest one does not vary.
LEAST_VARIANCE = 1e-6
VALIDATION, LOSS, RECONSTRUCTION = "val_", "loss", "reconstruction"


@dataclass(frozen=True)
class CodeFacts:
    """What the codes of the kept rows are like.

    Attributes:
        rows: how many codes there are.
        variance: of each unit over them.
        active: share of rows on which each unit differs from its middle value.
        twins: places of units, each with that of an earlier one that says the same.
    """

    rows: int
    variance: tuple[float, ...]
    active: tuple[float, ...]
    twins: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, code: np.ndarray) -> CodeFacts | None:
        """Those of codes (n, k); None where there are none, or no finite ones."""
        if len(code) < 2 or not np.isfinite(code).all():
            return None
        code = code.astype(np.float64)
        variance = code.var(axis=0)
        active = (np.abs(code - np.median(code, axis=0)) > 0).mean(axis=0)
        return cls(
            len(code),
            tuple(float(value) for value in variance),
            tuple(float(value) for value in active),
            _twins(code, variance),
        )


def _twins(code: np.ndarray, variance: np.ndarray) -> tuple[tuple[int, int], ...]:
    """Each unit that goes with an earlier one; those that do not vary go with none."""
    varying = np.flatnonzero(variance > LEAST_VARIANCE * max(float(variance.max()), 1e-300))
    if len(varying) < 2:
        return ()
    related = np.triu(np.abs(np.corrcoef(code[:, varying].T)), k=1) > SAME
    found = [
        (int(varying[later]), int(varying[np.flatnonzero(related[:, later])[0]]))
        for later in np.flatnonzero(related.any(axis=0))
    ]
    return tuple(found)


@dataclass(frozen=True)
class RunFacts:
    """A run as rules see it; what is not known is empty.

    Attributes:
        experiment: what was asked for.
        kind: of the samples.
        rows: rows in `train`, `validation` and `test`.
        features: values of a sample.
        parameters: trained numbers of the model.
        state: as in the store; empty before Start.
        cause: what went wrong in a run that failed.
        history: one list an entry of the logs, such as `loss` and `val_loss`.
        yardsticks: what simpler ways cost, in the unit of the logs.
        metrics: held-out figures.
        relative_error: standard error of the held-out error over that error; NaN if not known.
        code: of the codes; None if not known.
        column_variance: of the values of a sample, as they were trained on.
    """

    experiment: Experiment
    kind: Kind = "table"
    rows: Mapping[str, int] = field(default_factory=dict)
    features: int = 0
    parameters: int = 0
    state: str = ""
    cause: str = ""
    history: Mapping[str, Sequence[float]] = field(default_factory=dict)
    yardsticks: Mapping[str, float] = field(default_factory=dict)
    metrics: Mapping[str, Any] = field(default_factory=dict)
    relative_error: float = math.nan
    code: CodeFacts | None = None
    column_variance: tuple[float, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether it was trained and is over."""
        return self.state not in ("", "queued", "running")

    @property
    def epochs(self) -> int:
        """Whole epochs trained."""
        return len(self.history.get(LOSS, ()))

    @property
    def held_out(self) -> int:
        """Rows that the figures are of: those for testing, or else for validation."""
        return self.rows.get("test", 0) or self.rows.get("validation", 0)

    @property
    def is_validated(self) -> bool:
        """Whether a curve of held-out rows was drawn."""
        return len(self.history.get(f"{VALIDATION}{LOSS}", ())) > 0

    @property
    def beats_pca(self) -> bool:
        """Whether its error is below PCA's beyond 95 % of bootstrap draws."""
        high = self.figure("relative_to_pca_high")
        return high is not None and high < 1

    @property
    def last_reconstruction(self) -> float | None:
        """The loss after the last epoch without penalties and a prior's part; of held-out rows."""
        prefix = VALIDATION if self.is_validated else ""
        whole = self.history.get(f"{prefix}{LOSS}", ())
        values = self.history.get(f"{prefix}{RECONSTRUCTION}", whole)
        return float(values[-1]) if len(values) else None

    def figure(self, name: str) -> float | None:
        """A final figure, or None where it is not known."""
        return figure_of(self.metrics, name)

    def curve(self, *, held_out: bool) -> np.ndarray:
        """(epochs,) the loss, without terms that mean something else in each epoch.

        Of epochs after the warm-up alone; empty where there is none. What no model can fall below
        is taken off, so that shares of it are shares of what can be learned.
        """
        prefix = VALIDATION if held_out else ""
        values = np.array(self.history.get(f"{prefix}{LOSS}", ()), np.float64)
        for name in self.experiment.bottleneck.not_compared:
            term = self.history.get(f"{prefix}{name}", ())
            if len(term) == len(values):
                values = values - np.array(term, np.float64)
        warm_up = self.experiment.bottleneck.warm_up(self.experiment.model.bottleneck)
        return values[warm_up:] - self.yardsticks.get("entropy_floor", 0.0)


def facts_before(experiment: Experiment) -> RunFacts:
    """What is known of an experiment before it is trained.

    Raises:
        LabError: its data cannot be read, or the model cannot be built for it.
    """
    known, data = experiment.facts, experiment.data
    shares = (data.validation_fraction, data.calibration_fraction, data.test_fraction)
    sizes = part_sizes(known.rows, *shares, known.overlap)
    return RunFacts(
        experiment,
        known.kind,
        {"train": sizes.train, "validation": sizes.validation, "test": sizes.test},
        known.features,
        sum(layer.parameters for layer in layers_of(experiment)),
        column_variance=_variance_of_ranges(experiment),
    )


def _variance_of_ranges(experiment: Experiment) -> tuple[float, ...]:
    """Of unscaled numbers, as if each were spread evenly over its range; of nothing else."""
    scaling, known = experiment.scaling, known_sheet(experiment)
    if scaling.sklearn_class is not None or scaling.by_sample or known is None:
        return ()
    roles = experiment.data.roles
    return tuple(
        (column.high - column.low) ** 2 / 12
        for column in known.columns
        if column.low is not None
        and column.high is not None
        and column.type == "number"
        and roles.get(column.name, column.role) == "feature"
    )


def relative_error_of(samples: Samples) -> float:
    """Standard error of the mean error of the kept rows over that mean; NaN where it is 0."""
    mean = float(samples.error.mean()) if len(samples.error) else 0.0
    return standard_error(samples.error) / mean if mean > 0 else math.nan
