"""Examples: the runs that a demo begins with, which everybody sees and nobody can change."""

from __future__ import annotations

from aecore.experiment import Experiment
from aecore.experiment.presets import PRESETS

# Whose they are: no browser and no account can have such a name.
VISITOR = "examples"
CHOSEN = (
    ("Digits", "suggested", "digits"),
    ("Digits in 2 numbers", "two-numbers", "digits"),
    ("Digits to draw anew", "vae", "digits"),
    ("Cells, to find odd ones", "anomaly-detection", "breast-cancer"),
)


def examples() -> dict[str, Experiment]:
    """What they train, by the name of the run."""
    return {name: PRESETS[preset].experiment(source) for name, preset, source in CHOSEN}
