"""`Verdict`: whether a run is any good, in a line, from its held-out figures and yardsticks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from aecore.data.dataset import Kind
from aecore.evaluation.metrics import figure_of
from aecore.experiment.tree import ExperimentTree
from aecore.models.backbones import BACKBONES

Tone = Literal["good", "fair", "bad", "unknown"]

# Below this share of the variation explained, a run answers with the mean sample.
LEAST_R2 = 0.02
# A ratio to PCA so near 1 is no difference that matters, and a wider interval decides nothing.
NEAR = 0.1
# What runs that kept no interval are given in its place.
GUESSED = 0.05
CALLED: Mapping[Kind, str] = {
    "image": "pictures",
    "table": "rows",
    "series": "series",
    "text": "texts",
}


@dataclass(frozen=True)
class Verdict:
    """How a run did.

    Attributes:
        line: in a few words, such as "Good: 41 % less error than PCA".
        tone: which look it is given.
        advice: what to try, as a sentence; empty where there is nothing to do.
    """

    line: str
    tone: Tone
    advice: str = ""

    @property
    def sentence(self) -> str:
        """Line and advice together, as on the run bar."""
        if not self.advice:
            return self.line
        return f"{self.line}: {self.advice[0].lower()}{self.advice[1:].rstrip('.')}"


def verdict(
    metrics: Mapping[str, Any], experiment: ExperimentTree | None = None, kind: Kind = "table"
) -> Verdict:
    """How a run did, judged by its final figures.

    Args:
        metrics: as a run's summary holds them; empty of a run that was not measured.
        experiment: what was trained, as far as it is known; decides the advice.
        kind: what the samples are called by.
    """
    if figure_of(metrics, "mse") is None:
        return Verdict("Not measured", "unknown")
    if metrics.get("measured_on") == "training":
        return Verdict(
            "Cannot tell: measured on training rows alone",
            "unknown",
            "Hold some rows out.",
        )
    r2 = figure_of(metrics, "r2")
    if r2 is not None and r2 < LEAST_R2:
        return Verdict(
            "No better than answering with the mean",
            "bad",
            "Train longer, or choose a larger learning rate.",
        )
    ratio = figure_of(metrics, "relative_to_pca")
    if ratio is None:
        return _without_pca(r2)
    return _beside_pca(ratio, _bounds(metrics, ratio), _counted(metrics, kind), experiment, kind)


def _without_pca(r2: float | None) -> Verdict:
    """PCA leaves no error: the code is as wide as the sample, or all samples lie in its plane."""
    if r2 is None:
        return Verdict("Cannot tell: all samples are the same", "unknown")
    return Verdict(
        f"Explains {_percent(r2)} of the variation; PCA with as many numbers explains all of it",
        "fair",
        "Choose fewer numbers for the code.",
    )


def _beside_pca(
    ratio: float,
    bounds: tuple[float, float],
    counted: str,
    experiment: ExperimentTree | None,
    kind: Kind,
) -> Verdict:
    low, high = bounds
    if high < 1:
        return Verdict(f"Good: {_less(ratio)} error than PCA", "good")
    if low > 1 and ratio > 1:
        return _worse(ratio, counted, experiment, kind)
    if low >= 1 - NEAR and high <= 1 + NEAR:
        return Verdict("About as good as PCA", "fair")
    return Verdict(
        f"Cannot tell: {_span(low, high)} on {counted}",
        "unknown",
        "Hold more rows out.",
    )


def _worse(ratio: float, counted: str, experiment: ExperimentTree | None, kind: Kind) -> Verdict:
    line = f"{_more(ratio)} on {counted}"
    if experiment is not None and _asks_more_of_codes(experiment):
        return Verdict(f"{line}: what its codes are asked for costs that", "fair")
    return Verdict(f"Worse than PCA: {line}", "bad", _way_out(experiment, kind))


def _asks_more_of_codes(experiment: ExperimentTree) -> bool:
    """Whether reconstruction is one aim among others, which PCA does not have."""
    penalties = experiment.model.penalties
    asked = (penalties.activity_l1, penalties.kl_sparsity, penalties.contractive)
    return experiment.bottleneck.shapes_code or any(value is not None for value in asked)


def _way_out(experiment: ExperimentTree | None, kind: Kind) -> str:
    """Layers made for such samples, where others were chosen, and fewer parameters."""
    made_for = [spec for spec in BACKBONES.values() if spec.kinds == (kind,)]
    chosen = experiment.backbone if experiment is not None else None
    if chosen is None or not made_for or chosen in made_for:
        return "Train longer, or choose fewer parameters."
    return f"Try {made_for[0].title} or fewer parameters."


def _bounds(metrics: Mapping[str, Any], ratio: float) -> tuple[float, float]:
    low = figure_of(metrics, "relative_to_pca_low")
    high = figure_of(metrics, "relative_to_pca_high")
    if low is None or high is None:
        return ratio - GUESSED, ratio + GUESSED
    return low, high


def _counted(metrics: Mapping[str, Any], kind: Kind) -> str:
    rows = int(figure_of(metrics, "rows") or 0)
    return f"{rows:,} held-out {CALLED[kind]}" if rows != 1 else "a single held-out sample"


def _less(ratio: float) -> str:
    return f"{_percent(1 - ratio)} less"


def _more(ratio: float) -> str:
    if ratio < 2:
        return f"{_percent(ratio - 1)} more error than PCA"
    return f"{ratio:.1f} times the error of PCA"


def _span(low: float, high: float) -> str:
    """Both ends of an interval that holds 1 or reaches far."""
    less = f"{_percent(1 - low)} less" if low < 1 else f"{_percent(low - 1)} more"
    return f"between {less} and {_more(high)}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
