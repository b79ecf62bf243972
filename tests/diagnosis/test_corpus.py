"""Faults that are planted in real trainings are found, and good ones are left alone."""

from __future__ import annotations

import pytest

from aecore.diagnosis.finding import findings
from aecore.diagnosis.rules import RULES
from aecore.experiment import Experiment
from benchmarks.diagnosed_runs import facts_of_training
from benchmarks.fault_corpus import PLANTED, Fault, faults

SEED = 7
SUGGESTED = ("digits", "breast-cancer", "iris")


def test_the_corpus_has_faults_for_every_rule() -> None:
    """At least sixty experiments, all valid, no two alike, some for each rule."""
    corpus = list(faults())
    assert PLANTED.keys() == RULES.keys()
    assert len({fault.experiment(SEED).to_json() for fault in corpus}) == len(corpus) >= 60


@pytest.mark.slow
@pytest.mark.parametrize("rule", PLANTED)
def test_a_planted_fault_is_found_in_training(rule: str) -> None:
    """The first fault of each kind, trained for real, is named, with a change to try."""
    source, changes = PLANTED[rule][0]
    facts = facts_of_training(Fault(rule, source, changes).experiment(SEED))
    assert facts is not None
    found = {each.rule: each for each in findings(facts)}
    assert rule in found
    assert found[rule].change is not None


@pytest.mark.slow
@pytest.mark.parametrize("source", SUGGESTED)
def test_a_suggested_run_has_no_serious_finding(source: str) -> None:
    """What is suggested for a data set, trained for real, is told nothing of weight."""
    facts = facts_of_training(Experiment.from_dict({"data": {"source": source}, "seed": SEED}))
    assert facts is not None
    assert [each.title for each in findings(facts) if each.severity == "serious"] == []
