"""The table of classes held out in turn, kept with the run whose experiment was trained again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from aecore.errors import DataError
from aecore.evaluation.anomalies.by_class import ClassDetection
from aecore.evaluation.anomalies.detection import Detection, Estimate
from aecore.runs.adding import adding_to
from aecore.runs.store import RunStore

FILE = "class-holdout.json"


def keep(store: RunStore, run_id: str, found: Sequence[ClassDetection]) -> None:
    """Keep the table with the run, in place of an earlier one.

    Raises:
        RunStoreError: the run is gone, or the store refuses.
    """
    with adding_to(store, run_id) as folder:
        text = json.dumps([asdict(each) for each in found], indent=2)
        (folder / FILE).write_text(text + "\n", "utf-8")


def load(store: RunStore, run_id: str) -> tuple[ClassDetection, ...]:
    """The table, the class that was found worst first; empty where the run kept none.

    Raises:
        RunStoreError: the store cannot be read.
        DataError: the file is damaged.
    """
    path = store.path(run_id, FILE)
    if not path.is_file():
        return ()
    try:
        found = [as_detection(each) for each in json.loads(path.read_text("utf-8"))]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"The table of classes held out cannot be read ({type(error).__name__}).",
            "Hold each class out again.",
        ) from None
    return tuple(sorted(found, key=lambda one: one.detection.auroc.value))


def as_detection(plain: Mapping[str, Any]) -> ClassDetection:
    """One class of the table from plain data."""
    detection = dict(plain["detection"])
    auroc, auprc = (Estimate(**detection.pop(name)) for name in ("auroc", "auprc"))
    found = Detection(auroc=auroc, auprc=auprc, **detection)
    return ClassDetection(plain["label"], plain["name"], found)
