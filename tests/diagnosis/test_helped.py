"""Whether a change helped: the finding and the held-out error, before and after."""

from __future__ import annotations

from dataclasses import replace

from aecore.diagnosis.facts import RunFacts
from aecore.diagnosis.helped import helped

RULE = "copies-everything"


def with_error(facts: RunFacts, r2: float) -> RunFacts:
    """Facts of a run that explains another share of the variation."""
    return replace(facts, metrics={**facts.metrics, "r2": r2})


def test_gone_and_better_is_help(healthy: RunFacts) -> None:
    """The answer names the finding, the error's fall in percent, and R² before and after."""
    before = with_error(
        replace(healthy, experiment=healthy.experiment.replace({"model.encoding_dim": 13})), 0.5
    )
    found = helped(RULE, before, with_error(healthy, 0.75))
    assert found.gone and found.better
    assert found.sentence == (
        "It helped: “Copies everything” is gone, and the held-out error fell by 50 % "
        "(R² 0.50 before, 0.75 now)."
    )


def test_still_there_is_no_help(healthy: RunFacts) -> None:
    """A finding that stays is told to stay, whatever became of the error."""
    wide = replace(healthy, experiment=healthy.experiment.replace({"model.encoding_dim": 13}))
    found = helped(RULE, wide, wide)
    assert not found.gone
    assert found.sentence.startswith("It did not help: “Copies everything” is still there, but")


def test_gone_at_the_price_of_error_is_told(healthy: RunFacts) -> None:
    """A finding may go while the error rises: the answer is in part."""
    found = helped(RULE, with_error(healthy, 0.9), with_error(healthy, 0.8))
    assert found.gone and found.better is False
    assert found.sentence.startswith("In part")


def test_training_rows_are_not_compared(healthy: RunFacts) -> None:
    """Figures of training rows alone say nothing about new ones."""
    blind = replace(healthy, metrics={"measured_on": "training", "r2": 0.9})
    assert helped(RULE, healthy, blind).better is None
