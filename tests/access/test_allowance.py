"""Is what visitors ask for held to what they may have?"""

from __future__ import annotations

import os
from dataclasses import fields

import pytest

from aecore import environment
from aecore.access import MODES
from aecore.access.allowance import Allowance
from aecore.access.examples import examples
from aecore.data.limits import Limits, limits
from aecore.errors import AccessError, SpaceError
from aecore.experiment import Experiment

MIB = 2**20


def experiment(epochs: int = 10, units: int = 32) -> Experiment:
    """Small digits through one hidden layer."""
    return Experiment.from_dict(
        {
            "data": {"source": "digits"},
            "training": {"epochs": epochs},
            "model": {"encoding_dim": 4, "backbone": {"kind": "dense", "units": [units]}},
        }
    )


def refusal(allowance: Allowance, asked: Experiment) -> str:
    """Why an experiment is refused; empty where it is not."""
    try:
        allowance.refuse_run(asked)
    except AccessError as error:
        return str(error)
    return ""


def test_a_run_is_held_to_epochs_and_parameters() -> None:
    """As many as allowed, no more; 64-32-4-32-64 has 4,484 of them, biases included."""
    assert not refusal(Allowance(epochs=10, parameters=4_484), experiment())
    assert "10 is the most" in refusal(Allowance(epochs=10), experiment(11))
    assert "4,484" in refusal(Allowance(parameters=4_483), experiment())
    assert not refusal(Allowance(), experiment(2_000, 1_000))


def test_jobs_are_counted_for_each_and_for_all() -> None:
    """The sentence says which of the two it was."""
    allowance = Allowance(jobs=2, jobs_of_all=5)
    allowance.refuse_job(1, 4, "runs")
    with pytest.raises(AccessError, match="2 of your runs"):
        allowance.refuse_job(2, 2, "runs")
    with pytest.raises(AccessError, match="5 maps of all visitors"):
        allowance.refuse_job(0, 5, "maps")


def test_what_is_kept_is_counted_for_each_and_for_all() -> None:
    """Each group by itself; where there is no limit, nothing is counted at all."""
    allowance = Allowance(runs_bytes=10 * MIB, maps_bytes=MIB, all_bytes=50 * MIB)
    allowance.refuse_to_keep("runs", lambda: (9 * MIB, 49 * MIB))
    with pytest.raises(SpaceError, match=r"runs take 10 MB.*AECORE_MAX_RUNS_BYTES.*Make room"):
        allowance.refuse_to_keep("runs", lambda: (10 * MIB, 10 * MIB))
    with pytest.raises(SpaceError, match=r"maps take 9 MB"):
        allowance.refuse_to_keep("maps", lambda: (9 * MIB, 10 * MIB))
    allowance.refuse_to_keep("uploads", lambda: (40 * MIB, 49 * MIB))
    with pytest.raises(SpaceError, match="all visitors"):
        allowance.refuse_to_keep("uploads", lambda: (0, 50 * MIB))
    Allowance(runs_bytes=1).refuse_to_keep("maps", lambda: pytest.fail("counted"))


def test_the_environment_sets_each_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no number is said with the variable's name, and not passed over."""
    for number, field in enumerate(fields(Allowance), 1):
        monkeypatch.setenv(f"AECORE_MAX_{field.name.upper()}", str(number))
    shared = MODES["shared"].allowance
    assert [getattr(shared.as_set(), field.name) for field in fields(shared)] == [*range(1, 10)]
    for wrong in ("0", "-1", "many", "1.5", ""):
        monkeypatch.setenv("AECORE_MAX_EPOCHS", wrong)
        with pytest.raises(AccessError, match="AECORE_MAX_EPOCHS"):
            shared.as_set()


def test_limits_of_a_mode_are_limits_that_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo takes smaller files, where the environment does not say otherwise."""
    names = {environment.limit_variable(field.name) for field in fields(Limits)}
    demo = MODES["demo"].variables
    assert set(demo) <= names
    others = {name: value for name, value in os.environ.items() if name not in names}
    monkeypatch.setattr(os, "environ", {**others, "AECORE_MAX_ROWS": "7"})
    environment.set_limits(demo)
    found = limits.__wrapped__()
    assert found.rows == 7 and found.upload_bytes < Limits().upload_bytes


@pytest.mark.parametrize("name", MODES)
def test_the_first_things_to_try_are_allowed_everywhere(name: str) -> None:
    """The default experiment, and the examples of a demo; and a demo allows less than a group."""
    allowance = MODES[name].allowance
    for asked in (Experiment(), *examples().values()):
        assert not refusal(allowance, asked)
    shared, demo = (MODES[mode].allowance for mode in ("shared", "demo"))
    assert all(getattr(demo, f.name) < getattr(shared, f.name) for f in fields(demo))
