"""Runs of the corpus of faults, trained once and kept as the facts that rules judge them by."""

from __future__ import annotations

import dataclasses
import json
import multiprocessing
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from aecore.diagnosis.facts import CodeFacts, RunFacts
from aecore.errors import LabError
from aecore.experiment import Experiment
from aecore.runs.diagnosing import run_facts
from aecore.runs.run_view import RunView
from aecore.training.events import Event

# Two networks at a time; compiled functions stay in memory as long as their process.
PROCESSES, RUNS_A_PROCESS = 2, 15


def facts_of_training(experiment: Experiment) -> RunFacts | None:
    """Train an experiment and gather its facts; None where it cannot be trained at all."""
    from aecore import train

    kept: list[Event] = []
    try:
        result = train(experiment, on_event=kept.append)
    except LabError:
        return run_facts(RunView.of(kept))
    return run_facts(RunView.of(kept), result.samples)


def as_json(facts: RunFacts) -> dict[str, Any]:
    """Facts as plain data."""
    known = {field.name: getattr(facts, field.name) for field in dataclasses.fields(facts)}
    code = dataclasses.asdict(facts.code) if facts.code else None
    return {**known, "experiment": facts.experiment.to_dict(), "code": code}


def from_json(given: Mapping[str, Any]) -> RunFacts:
    """Facts that `as_json` gave."""
    code = given["code"]
    found = CodeFacts(**{name: _tuples(value) for name, value in code.items()}) if code else None
    experiment = Experiment.from_dict(given["experiment"])
    return RunFacts(**{**given, "experiment": experiment, "code": found})


def train_all(todo: Mapping[str, Experiment], kept: Path) -> Iterator[str]:
    """Train experiments by their keys and keep the facts of each as soon as they are there."""
    context = multiprocessing.get_context("spawn")
    jobs = [(key, experiment.to_json()) for key, experiment in todo.items()]
    with (
        context.Pool(PROCESSES, maxtasksperchild=RUNS_A_PROCESS) as pool,
        kept.open("a", encoding="utf-8") as file,
    ):
        for key, facts in pool.imap(_job, jobs):
            print(json.dumps({"key": key, "facts": facts}), file=file, flush=True)
            yield key


def read(kept: Path) -> dict[str, RunFacts]:
    """What was trained before, by key; what could not be trained is left out."""
    if not kept.exists():
        return {}
    lines: Iterable[str] = kept.read_text("utf-8").splitlines()
    found = {line["key"]: line["facts"] for line in map(json.loads, lines)}
    return {key: from_json(facts) for key, facts in found.items() if facts}


def _job(job: tuple[str, str]) -> tuple[str, dict[str, Any] | None]:
    key, experiment = job
    facts = facts_of_training(Experiment.from_json(experiment))
    return key, as_json(facts) if facts else None


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
