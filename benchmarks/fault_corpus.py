"""The corpus of faults: experiments with one planted fault each, small enough to train in seconds.

Each names the rule that should speak. What follows from the same fault may be said too: a run that
is under-trained is worse than PCA. `ALSO` says what follows from what.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aecore.experiment import Experiment
from aecore.settings import with_values

DENSE = "model.backbone.units"
RATE, EPOCHS, BATCH = "training.learning_rate", "training.epochs", "training.batch_size"
ROWS, HELD_OUT, NUMBERS = "data.rows", "data.validation_fraction", "model.encoding_dim"
BOTTLENECK = "model.bottleneck.kind"

# Findings that follow from a planted fault, and are true of the run as well.
WEAK = ("worse-than-pca", "answers-with-the-mean")
ALSO: Mapping[str, tuple[str, ...]] = {
    "under-trained": (*WEAK, "step-too-small"),
    "overfitted": ("worse-than-pca", "too-many-parameters", "copies-everything"),
    "diverged": ("step-too-large",),
    "step-too-large": (*WEAK, "diverged", "dead-units", "overfitted", "duplicate-units"),
    "step-too-small": (*WEAK, "under-trained", "duplicate-units", "posterior-collapse"),
    "dead-units": (*WEAK, "step-too-large"),
    "duplicate-units": WEAK,
    "posterior-collapse": (*WEAK, "dead-units"),
    "discriminator-won": WEAK,
    "codebook-collapse": (*WEAK, "dead-units", "duplicate-units"),
    "answers-with-the-mean": (
        "worse-than-pca",
        "dead-units",
        "duplicate-units",
        "posterior-collapse",
    ),
    "worse-than-pca": ("under-trained", "duplicate-units"),
    "copies-everything": (),
    "loss-does-not-fit": (
        *WEAK,
        "duplicate-units",
        "overfitted",
        "step-too-large",
        "under-trained",
    ),
    "too-many-parameters": ("overfitted", "worse-than-pca"),
    "too-few-held-out": (),
}


@dataclass(frozen=True)
class Fault:
    """An experiment with a planted fault.

    Attributes:
        rule: that should find it.
        source: the data set.
        changes: over what suits that, by dotted path.
    """

    rule: str
    source: str
    changes: Mapping[str, Any]

    def experiment(self, seed: int) -> Experiment:
        """What is trained."""
        given = with_values({"data": {"source": self.source}, "seed": seed}, self.changes)
        return Experiment.from_dict(given)

    @property
    def name(self) -> str:
        """Tells it from all others."""
        told = ", ".join(
            f"{path.rpartition('.')[2]} {value}" for path, value in self.changes.items()
        )
        return f"{self.source}: {told}"


def faults() -> Iterator[Fault]:
    """All of them."""
    for rule, planted in PLANTED.items():
        for source, changes in planted:
            yield Fault(rule, source, changes)


Planted = tuple[str, Mapping[str, Any]]

PLANTED: Mapping[str, tuple[Planted, ...]] = {
    "under-trained": (
        ("digits", {EPOCHS: 3}),
        ("breast-cancer", {EPOCHS: 4}),
        ("wine", {EPOCHS: 10}),
        ("digits", {EPOCHS: 5, DENSE: [128, 64]}),
        ("breast-cancer", {EPOCHS: 6, BOTTLENECK: "variational"}),
    ),
    "overfitted": (
        ("digits", {ROWS: 100, EPOCHS: 600, DENSE: [512, 512], NUMBERS: 16}),
        ("digits", {ROWS: 80, EPOCHS: 600, DENSE: [1024], NUMBERS: 16}),
        ("digits", {ROWS: 120, HELD_OUT: 0.5, EPOCHS: 500, DENSE: [256, 128], NUMBERS: 12}),
        ("wine", {HELD_OUT: 0.5, EPOCHS: 1000, DENSE: [256, 128], NUMBERS: 2}),
        ("diabetes", {ROWS: 150, HELD_OUT: 0.5, EPOCHS: 600, DENSE: [256, 128], NUMBERS: 2}),
    ),
    "diverged": (
        ("iris", {"training.optimizer": "sgd", RATE: 10.0}),
        ("wine", {"training.optimizer": "sgd", RATE: 10.0}),
        ("breast-cancer", {"training.optimizer": "sgd", RATE: 10.0}),
        ("diabetes", {"training.optimizer": "sgd", RATE: 5.0}),
    ),
    "step-too-large": (
        ("digits", {RATE: 0.3, EPOCHS: 40}),
        ("breast-cancer", {RATE: 0.2, EPOCHS: 60}),
        ("wine", {RATE: 0.2, EPOCHS: 60}),
        ("diabetes", {RATE: 0.3, EPOCHS: 60}),
        ("digits", {RATE: 0.1, EPOCHS: 40, DENSE: [128, 64]}),
    ),
    "step-too-small": (
        ("digits", {RATE: 1e-6, EPOCHS: 30}),
        ("breast-cancer", {RATE: 1e-6, EPOCHS: 60}),
        ("wine", {RATE: 2e-6, EPOCHS: 60}),
        ("diabetes", {RATE: 1e-6, EPOCHS: 60}),
        ("digits", {RATE: 2e-6, EPOCHS: 30, DENSE: [128, 64]}),
    ),
    "dead-units": (
        ("digits", {"model.penalties.activity_l1": 0.02, NUMBERS: 16, EPOCHS: 60}),
        ("digits", {"model.penalties.activity_l1": 0.03, NUMBERS: 16, EPOCHS: 60}),
        ("digits", {DENSE: [], NUMBERS: 32, RATE: 0.02, EPOCHS: 60}),
        ("digits", {DENSE: [], NUMBERS: 48, RATE: 0.03, EPOCHS: 60}),
        ("digits", {BOTTLENECK: "variational", NUMBERS: 32, EPOCHS: 200}),
    ),
    "duplicate-units": (
        ("digits", {DENSE: [32, 1], NUMBERS: 4, "model.backbone.activation": "linear"}),
        ("breast-cancer", {DENSE: [1], NUMBERS: 4, "model.backbone.activation": "linear"}),
        ("wine", {DENSE: [16, 1], NUMBERS: 3, "model.backbone.activation": "linear"}),
        ("diabetes", {DENSE: [1], NUMBERS: 3, "model.backbone.activation": "tanh"}),
        ("digits", {DENSE: [64, 1], NUMBERS: 6, "model.backbone.activation": "elu"}),
    ),
    "posterior-collapse": (
        ("digits", {BOTTLENECK: "variational", "model.bottleneck.beta": 60.0, EPOCHS: 60}),
        ("breast-cancer", {BOTTLENECK: "variational", "model.bottleneck.beta": 60.0, EPOCHS: 80}),
        ("wine", {BOTTLENECK: "variational", "model.bottleneck.beta": 40.0, EPOCHS: 100}),
        ("diabetes", {BOTTLENECK: "variational", "model.bottleneck.beta": 20.0, EPOCHS: 100}),
        ("iris", {BOTTLENECK: "variational", "model.bottleneck.beta": 60.0, EPOCHS: 100}),
    ),
    "discriminator-won": tuple(
        (
            source,
            {
                BOTTLENECK: "adversarial",
                "model.bottleneck.adversarial_weight": 0.0,
                "model.bottleneck.mmd_weight": 0.0,
                "model.bottleneck.gradient_penalty": 0.0,
                NUMBERS: numbers,
                EPOCHS: epochs,
            },
        )
        for source, numbers, epochs in (
            ("digits", 8, 60),
            ("breast-cancer", 8, 120),
            ("wine", 4, 200),
            ("diabetes", 8, 150),
        )
    ),
    "codebook-collapse": tuple(
        (
            source,
            {
                BOTTLENECK: "vector-quantized",
                "model.bottleneck.codebook_size": size,
                EPOCHS: epochs,
            },
        )
        for source, size, epochs in (
            ("digits", 4096, 40),
            ("breast-cancer", 1024, 60),
            ("wine", 1024, 60),
            ("diabetes", 2048, 60),
        )
    ),
    "answers-with-the-mean": (
        ("digits", {"model.penalties.l2": 5.0, EPOCHS: 60}),
        ("breast-cancer", {"model.penalties.l2": 5.0, EPOCHS: 60}),
        ("wine", {"model.penalties.l1": 5.0, EPOCHS: 100}),
        ("diabetes", {"model.penalties.l2": 10.0, EPOCHS: 60}),
        ("digits", {"model.penalties.l1": 5.0, EPOCHS: 60}),
    ),
    "worse-than-pca": (
        ("digits", {DENSE: [3], NUMBERS: 16}),
        ("breast-cancer", {DENSE: [2], NUMBERS: 8}),
        ("wine", {DENSE: [2], NUMBERS: 6}),
        ("diabetes", {DENSE: [2], NUMBERS: 6}),
        ("digits", {DENSE: [4], NUMBERS: 24}),
    ),
    "copies-everything": (
        ("digits", {NUMBERS: 64, EPOCHS: 60}),
        ("breast-cancer", {NUMBERS: 30, EPOCHS: 60}),
        ("wine", {NUMBERS: 13, EPOCHS: 100}),
        ("diabetes", {NUMBERS: 12, EPOCHS: 60}),
        ("iris", {NUMBERS: 4, EPOCHS: 100}),
    ),
    "loss-does-not-fit": (
        ("wine", {"preprocessing.scaling": "none"}),
        ("breast-cancer", {"preprocessing.scaling": "none"}),
        ("wine", {"preprocessing.scaling": "none", "training.loss": "huber"}),
        ("breast-cancer", {"preprocessing.scaling": "none", "training.loss": "mae"}),
    ),
    "too-many-parameters": (
        ("digits", {ROWS: 40, HELD_OUT: 0.4, DENSE: [1024, 1024], EPOCHS: 150, NUMBERS: 8}),
        ("breast-cancer", {ROWS: 40, HELD_OUT: 0.4, DENSE: [1024, 512], EPOCHS: 200, NUMBERS: 6}),
        ("wine", {ROWS: 40, HELD_OUT: 0.4, DENSE: [1024, 1024], EPOCHS: 200, NUMBERS: 5}),
        ("diabetes", {ROWS: 40, HELD_OUT: 0.4, DENSE: [1024, 512], EPOCHS: 200, NUMBERS: 4}),
    ),
    "too-few-held-out": (
        ("digits", {HELD_OUT: 0.002}),
        ("breast-cancer", {HELD_OUT: 0.005}),
        ("wine", {HELD_OUT: 0.02}),
        ("diabetes", {HELD_OUT: 0.006}),
    ),
}
