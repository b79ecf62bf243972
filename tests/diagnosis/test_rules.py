"""Each rule speaks of its fault, with its numbers and a change, and is silent on a good run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aecore.diagnosis.facts import CodeFacts, RunFacts
from aecore.diagnosis.finding import findings, findings_before, findings_during
from aecore.diagnosis.rules import RULES
from aecore.experiment import Experiment

WORSE = {"relative_to_pca": 1.5, "relative_to_pca_low": 1.3, "relative_to_pca_high": 1.7}
SAME_AS_PCA = {"relative_to_pca": 1.0, "relative_to_pca_low": 0.9, "relative_to_pca_high": 1.1}
FALLING = [2.0 - 0.045 * epoch for epoch in range(40)]
RISING = [*([0.5] * 5), *(0.5 + 0.02 * epoch for epoch in range(35))]


def figures(facts: RunFacts, **changed: Any) -> RunFacts:
    """Facts with other final figures."""
    return replace(facts, metrics={**facts.metrics, **changed})


def of(facts: RunFacts, changes: dict[str, Any], **changed: Any) -> RunFacts:
    """Facts of another experiment on the same data."""
    return replace(facts, experiment=facts.experiment.replace(changes), **changed)


def bottleneck(facts: RunFacts, kind: str, **options: Any) -> RunFacts:
    """Facts of another bottleneck."""
    model = {"encoding_dim": 8, "bottleneck": {"kind": kind, **options}}
    other = Experiment.from_dict({"data": {"source": "wine"}, "model": model})
    return replace(facts, experiment=other)


def coded(facts: RunFacts, code: np.ndarray) -> RunFacts:
    """Facts of other codes."""
    return replace(facts, code=CodeFacts.of(code))


def curves(facts: RunFacts, held_out: list[float], training: list[float]) -> RunFacts:
    """Facts of another history, no better than PCA."""
    return figures(replace(facts, history={"loss": training, "val_loss": held_out}), **SAME_AS_PCA)


NOISE = np.random.default_rng(1).normal(size=(200, 4))
FLAT = NOISE * np.array([1.0, 1.0, 1.0, 0.0])
TWINS = NOISE[:, [0, 1, 0, 1]] * np.array([1.0, 1.0, -2.0, 3.0])
SWINGING = [0.5 + 0.3 * (epoch % 2) for epoch in range(40)]
VAE, AAE, VQ = "variational", "adversarial", "vector-quantized"

FAULTS: dict[str, tuple[Callable[[RunFacts], RunFacts], str]] = {
    "under-trained": (lambda f: curves(f, FALLING, FALLING), "after the last of 40 epochs"),
    "overfitted": (lambda f: curves(f, RISING, [0.2] * 40), "lowest after epoch 1"),
    "diverged": (
        lambda f: replace(f, state="failed", cause="The loss diverged at epoch 2.", metrics={}),
        "diverged at epoch 2",
    ),
    "step-too-large": (lambda f: curves(f, SWINGING, SWINGING), "of the epochs the loss rose"),
    "step-too-small": (
        lambda f: figures(of(f, {"training.learning_rate": 1e-6}), **WORSE),
        "A step changed a weight",
    ),
    "dead-units": (lambda f: coded(f, FLAT), "1 of 4 numbers of the code hardly differs"),
    "duplicate-units": (lambda f: coded(f, TWINS), "2 numbers of the 4"),
    "posterior-collapse": (
        lambda f: coded(figures(bottleneck(f, VAE, beta=20.0), kl=0.001), 1e-3 * NOISE),
        "carries 0.001 nats",
    ),
    "discriminator-won": (
        lambda f: replace(
            bottleneck(f, AAE, adversarial_weight=0.0),
            history={**f.history, "discriminator_accuracy": [0.5, 0.97, 0.98, 0.99]},
        ),
        "97 % of the codes",
    ),
    "codebook-collapse": (
        lambda f: figures(bottleneck(f, VQ, codebook_size=256), perplexity=3.0),
        "3 entries in effect",
    ),
    "answers-with-the-mean": (lambda f: figures(f, r2=0.01), "explain 1.0 % of the variation"),
    "worse-than-pca": (lambda f: figures(f, **WORSE), "50 % more than that of PCA"),
    "copies-everything": (lambda f: of(f, {"model.encoding_dim": 13}), "all 13 values"),
    "loss-does-not-fit": (
        lambda f: of(
            f, {"preprocessing.scaling": "none"}, column_variance=(1e5, 1.0, 1.0, 2.0, 0.5)
        ),
        "4 of 5 columns",
    ),
    "too-many-parameters": (
        lambda f: figures(replace(f, parameters=50_000_000), **SAME_AS_PCA),
        "50,000,000 parameters are set by 1,500 training rows",
    ),
    "too-few-held-out": (
        lambda f: of(
            f, {"data.validation_fraction": 0.02}, rows={"train": 174, "validation": 4, "test": 0}
        ),
        "4 held-out rows",
    ),
}


def test_every_rule_is_tried() -> None:
    """A rule that is added to the family is added here."""
    assert FAULTS.keys() == RULES.keys()


def test_a_good_run_has_no_finding(healthy: RunFacts) -> None:
    """Sixteen rules look at a run that came to rest below PCA, and say nothing."""
    assert findings(healthy) == []


@pytest.mark.parametrize("rule", RULES)
def test_a_fault_is_found_with_its_numbers_and_a_change(rule: str, healthy: RunFacts) -> None:
    """The rule speaks, names what it saw, and offers a valid experiment that differs."""
    planted, evidence = FAULTS[rule]
    facts = planted(healthy)
    found = {each.rule: each for each in findings(facts)}
    assert rule in found
    assert evidence in found[rule].evidence
    assert found[rule].change is not None
    assert found[rule].change != facts.experiment


def test_a_run_that_diverged_is_told_nothing_else(healthy: RunFacts) -> None:
    """What follows from a loss that is no number is left out."""
    facts = replace(FAULTS["diverged"][0](healthy), rows={"train": 20, "validation": 2})
    assert [found.rule for found in findings(facts)] == ["diverged"]


def test_price_of_a_prior_is_no_fault(healthy: RunFacts) -> None:
    """A variational code that reconstructs worse than PCA does what it is asked for."""
    assert findings(figures(bottleneck(healthy, VAE), **WORSE)) == []


def test_early_stopping_is_no_overfitting(healthy: RunFacts) -> None:
    """Where the best epoch's weights are kept, a later rise costs nothing."""
    rising = FAULTS["overfitted"][0](healthy)
    stopped = of(rising, {"training.stop": {"kind": "validation", "patience": 10}})
    assert "overfitted" not in {found.rule for found in findings(stopped)}


def test_a_rise_is_told_while_it_trains(healthy: RunFacts) -> None:
    """With a curve alone, before any figure, overfitting is seen; a good curve is not."""
    young = replace(healthy, state="running", metrics={}, code=None, relative_error=float("nan"))
    assert findings_during(young) == []
    rising = replace(young, history={"loss": [0.2] * 40, "val_loss": RISING})
    assert [found.rule for found in findings_during(rising)] == ["overfitted"]


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("copies-everything", {"model.encoding_dim": 13}),
        ("too-many-parameters", {"model.backbone.units": [4096, 4096]}),
        ("too-few-held-out", {"data.validation_fraction": 0.02}),
    ],
)
def test_what_settings_alone_show_is_told_before_start(
    rule: str, changes: dict[str, Any], experiment: Experiment
) -> None:
    """Each of these faults needs no training to be found, and the suggestion has none."""
    assert findings_before(experiment) == []
    assert rule in {found.rule for found in findings_before(experiment.replace(changes))}


def test_unscaled_columns_of_a_file_are_told_before_start(tmp_path: Path) -> None:
    """The ranges on the check sheet show that one column would drown the others."""
    path = tmp_path / "scales.csv"
    lines = [f"{row * 37 % 41 * 1000.5},{row % 7 * 0.5},{row * 11 % 13 * 0.5}" for row in range(60)]
    path.write_text("\n".join(["weight,width,height", *lines]))
    given = {"data": {"source": str(path)}, "preprocessing": {"scaling": "none"}}
    said = findings_before(Experiment.from_dict(given))
    assert [found.rule for found in said] == ["loss-does-not-fit"]
    assert "2 of 3 columns" in said[0].evidence
