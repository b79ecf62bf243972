"""Anomalies of known kinds: each digit held out in turn, and defects planted into three data sets.

`python -m benchmarks.planted` writes its section of docs/results.md.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from aecore import train
from aecore.class_holdout import hold_each_out
from aecore.evaluation.anomalies.detection import Estimate
from aecore.evaluation.anomalies.simulation import SimulatedRecall
from aecore.experiment.presets import PRESETS
from aecore.runs.comparing import plant_defects
from aecore.runs.training_data import training_data
from benchmarks.report import RESULTS, publish, table

PRESET = "anomaly-detection"
HELD_OUT_IN = "digits"
# A data set, and the classes of it that are trained on and get the defects; () are all of them.
PLANTED_IN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("digits", ()),
    ("faces", ()),
    ("faces", ("face",)),
    ("sensor-stream", ()),
    ("ecg-like", ()),
)
STRONGEST = "high"
LEVELS = ("low", "middle", "high")


def by_class() -> Iterator[list[str]]:
    """A line a digit: how well a run that has not seen it finds it."""
    experiment = PRESETS[PRESET].experiment(HELD_OUT_IN)
    for one in hold_each_out(experiment):
        found = one.detection
        prevalence = f"{found.prevalence:.2f}"
        yield [one.name, _interval(found.auroc), _interval(found.auprc), prevalence]


def planted(source: str, classes: tuple[str, ...]) -> Iterator[list[str]]:
    """A line a defect: its recall at each strength, and alarms before it was planted."""
    experiment = PRESETS[PRESET].experiment(source)
    data = experiment.data.model_copy(update={"classes": classes})
    result = train(experiment.model_copy(update={"data": data}))
    prepared, _ = training_data(result)
    found: dict[str, list[SimulatedRecall]] = {}
    for recall in plant_defects(result, prepared, 0, lambda: False):
        found.setdefault(recall.title, []).append(recall)
    for title, levels in found.items():
        of_level: dict[str, str] = {each.level: f"{each.recall.value:.2f}" for each in levels}
        yield [
            f"{source}: {', '.join(classes)} alone" if classes else source,
            f"{len(prepared.train)}",
            title,
            *(of_level.get(level, "–") for level in LEVELS),
            *(f"{each.auroc:.2f}" for each in levels if each.level == STRONGEST),
            f"{levels[0].before:.3f}",
        ]


def _interval(found: Estimate) -> str:
    return f"{found.value:.3f} ({found.low:.3f} to {found.high:.3f})"


def main() -> None:
    """Measure and write the section."""
    classes = table(["Digit held out", "AUROC", "AUPRC", "Prevalence"], list(by_class()))
    rows = [line for each in PLANTED_IN for line in planted(*each)]
    head = ["Data", "Training rows", "Planted defect", *LEVELS, "AUROC, high", "Alarms before"]
    text = (
        f"The preset *{PRESETS[PRESET].title}* at its defaults. Each of the digits is held out of "
        "training in turn and told from the held-out rows of the others, with intervals of 95 %. "
        f"AUPRC by chance is the prevalence.\n\n{classes}\n\n"
        "Simulated: the share of rows with a planted defect that raise an alarm where 1 % of "
        "normal rows may (or the least that the calibration rows allow), by strength; "
        "AUROC tells the strongest from the same rows without it. Half of the data set *faces* "
        "are no faces, and no two of those are alike: a network of 120 such pictures rebuilds none "
        "of them so well that a defect stands out beside them. Of 60 faces alone it finds more, "
        "and the 20 that calibrate allow no promise below 1 in 21. *Digit 1* is inverted: its "
        "strokes are rebuilt better than those of the digits that were trained on.\n\n"
        f"{table(head, rows)}"
    )
    publish("planted", "Anomalies of known kinds", text, RESULTS)


if __name__ == "__main__":
    main()
