"""The description of a run: `Experiment`, its defaults, presets, link, and what fits together."""

from aecore.experiment.experiment import Experiment

__all__ = ["Experiment"]
