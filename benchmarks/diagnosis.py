"""Diagnosis on the corpus of faults: what is found, what is said wrongly, what changes mend.

`python -m benchmarks.diagnosis` trains what is not kept yet, for one seed after the other, and
writes docs/results.md; `… 0 1` takes these seeds alone. Thresholds were set on seed 100, which the
table leaves out. What was trained is kept in the folder of runs, by all its settings.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aecore import environment
from aecore.diagnosis.facts import RunFacts
from aecore.diagnosis.finding import findings
from aecore.diagnosis.rules import RULES
from aecore.experiment import Experiment
from aecore.experiment.presets import PRESETS, suiting
from benchmarks.diagnosed_runs import read, train_all
from benchmarks.fault_corpus import ALSO, faults
from benchmarks.report import RESULTS, publish, table

SEEDS = (0, 1, 2, 3, 4)
KEPT = "diagnosed.jsonl"
# Data sets on which every preset is tried, and those on which the suggestion alone is.
PRESETS_ON, SUGGESTED_ON = ("digits", "wine"), ("breast-cancer", "iris", "diabetes")


@dataclass(frozen=True)
class Case:
    """A run of the corpus.

    Attributes:
        rule: that should speak; empty of a preset in which nothing is wrong.
        name: what it is.
        experiment: what is trained.
    """

    rule: str
    name: str
    experiment: Experiment

    @property
    def key(self) -> str:
        """Names its settings, all of them."""
        return key_of(self.experiment)


def key_of(experiment: Experiment) -> str:
    """Names all settings of an experiment."""
    return hashlib.sha256(experiment.to_json().encode()).hexdigest()[:16]


def planted(seed: int) -> list[Case]:
    """One fault each."""
    return [Case(fault.rule, fault.name, fault.experiment(seed)) for fault in faults()]


def presets(seed: int) -> Iterator[Case]:
    """Presets as they are offered."""
    chosen = [(source, name) for source in PRESETS_ON for name in suiting(source)]
    chosen += [(source, "suggested") for source in SUGGESTED_ON]
    for source, name in chosen:
        experiment = PRESETS[name].experiment(source).replace({"seed": seed})
        yield Case("", f"{source}: {PRESETS[name].title}", experiment)


def changes(cases: Iterable[Case], kept: Mapping[str, RunFacts]) -> Iterator[tuple[Case, Case]]:
    """Cases in which the planted fault was found, each with the change that was offered."""
    for case in cases:
        for found in findings(kept[case.key]) if case.key in kept else ():
            if found.rule == case.rule and found.change is not None:
                yield case, Case(case.rule, case.name, found.change)


def train_missing(cases: Iterable[Case], progress: Path) -> dict[str, RunFacts]:
    """The facts of all that is kept, once these cases are."""
    kept = read(progress)
    todo = {case.key: case.experiment for case in cases if case.key not in kept}
    for done, _ in enumerate(train_all(todo, progress), 1):
        print(f"{done} of {len(todo)}", flush=True)
    return read(progress)


def lines(
    cases: Sequence[Case], healthy: Sequence[Case], kept: Mapping[str, RunFacts]
) -> Iterator[tuple[str, ...]]:
    """A line for each rule: found, said where it should not be, mended."""
    mended = [(a.rule, is_mended(b, kept)) for a, b in changes(cases, kept) if b.key in kept]
    for rule in RULES.values():
        own = [case for case in cases if case.rule == rule.name and case.key in kept]
        hits = sum(rule.name in said(case, kept) for case in own)
        wrong = sum(
            rule.name in serious(case, kept)
            and rule.name != case.rule
            and rule.name not in ALSO.get(case.rule, ())
            for case in cases
        )
        alarms = sum(rule.name in serious(case, kept) for case in healthy)
        tried = [gone for name, gone in mended if name == rule.name]
        gone = f"{sum(tried)} of {len(tried)}"
        yield rule.title, f"{hits} of {len(own)}", str(wrong), str(alarms), gone


def said(case: Case, kept: Mapping[str, RunFacts]) -> set[str]:
    """The rules that speak of a run."""
    return {found.rule for found in findings(kept[case.key])} if case.key in kept else set()


def serious(case: Case, kept: Mapping[str, RunFacts]) -> set[str]:
    """The rules that speak of it, notes left out."""
    if case.key not in kept:
        return set()
    return {found.rule for found in findings(kept[case.key]) if found.severity == "serious"}


def is_mended(changed: Case, kept: Mapping[str, RunFacts]) -> bool:
    """Whether what was found is gone from the changed run."""
    return changed.rule not in said(changed, kept)


def summary(
    cases: Sequence[Case], healthy: Sequence[Case], kept: Mapping[str, RunFacts], seeds: int
) -> str:
    """Recall, precision and mended share over all rules, in sentences."""
    known = [case for case in cases if case.key in kept]
    hits = sum(case.rule in said(case, kept) for case in known)
    told = [(case, rule) for case in known for rule in serious(case, kept)]
    right = sum(rule == case.rule or rule in ALSO[case.rule] for case, rule in told)
    alarmed = [case for case in healthy if serious(case, kept)]
    false = sum(len(serious(case, kept)) for case in alarmed)
    tried = [is_mended(b, kept) for _, b in changes(cases, kept) if b.key in kept]
    trained = sum(case.key in kept for case in healthy)
    who = "; ".join(
        sorted({f"{case.name} ({', '.join(sorted(serious(case, kept)))})" for case in alarmed})
    )
    return (
        f"{len(known)} runs with a planted fault and {trained} of presets, from "
        f"{seeds} seed{'s' * (seeds != 1)} that no threshold was set on (five are wanted: the "
        "command goes on where it was). "
        f"Recall {hits / max(1, len(known)):.2f}; precision of serious findings "
        f"{right / max(1, len(told) + false):.2f}, where a finding is right that was planted or "
        f"follows from what was (benchmarks/fault_corpus.py says what follows from what). "
        f"{sum(tried)} of {len(tried)} changes that were tried made their finding go away. "
        f"Serious findings on presets: {false}{f' ({who})' if who else ''}."
    )


def main(chosen: Sequence[int]) -> None:
    """Train and write the table."""
    progress = environment.home() / KEPT
    progress.parent.mkdir(parents=True, exist_ok=True)
    cases = [case for seed in chosen for case in planted(seed)]
    healthy = [case for seed in chosen for case in presets(seed)]
    train_missing(cases, progress)
    train_missing(healthy, progress)
    kept = read(progress)
    train_missing([change for _, change in changes(cases, kept)], progress)
    write(cases, healthy, read(progress), len(chosen))


def write(
    cases: Sequence[Case], healthy: Sequence[Case], kept: Mapping[str, RunFacts], seeds: int
) -> None:
    """Write the section of docs/results.md."""
    columns = ("Finding", "Found", "Said wrongly", "On presets", "Gone with the change")
    rows = list(lines(cases, healthy, kept))
    text = f"{summary(cases, healthy, kept, seeds)}\n\n{table(columns, rows)}"
    publish("diagnosis", "What diagnosis finds", text, RESULTS)


if __name__ == "__main__":
    main([int(seed) for seed in sys.argv[1:]] or SEEDS)
