"""Layout of a run in MLflow, so that its own screens show the same runs sensibly.

Params are the experiment's fields under their dotted paths; metrics an epoch are Keras's own
names, with the epoch as step; final figures carry the rows they were measured on as a prefix,
such as `validation.mse`; tags hold the rest.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aecore.data import DATASETS, title_of
from aecore.experiment.stored import StoredExperiment
from aecore.models.backbones import BACKBONES
from aecore.settings import Settings, controls, value_at

if TYPE_CHECKING:
    from mlflow.entities import Run

    from aecore.experiment import Experiment

EXPERIMENT_NAME = "Autoencoder Lab"
STATUS = {
    "queued": "SCHEDULED",
    "running": "RUNNING",
    "finished": "FINISHED",
    "stopped": "FINISHED",
    "failed": "FAILED",
    "interrupted": "KILLED",
}
UNFINISHED = ("queued", "running")
SPLITS = ("test", "validation", "training")

EXPERIMENT_TAG = "experiment"
STATE_TAG = "state"
CAUSE_TAG = "cause"
REMEDY_TAG = "remedy"
STARTED_TAG = "started"
OWNER_TAG = "owner"
DIGEST_TAG = "data_digest"
VISITOR_TAG = "visitor"
PUBLISHED_TAG, PINNED_TAG, YES = "published", "pinned", "yes"
# MLflow's own name for it, so that its screens show such runs under their parent.
PARENT_TAG = "mlflow.parentRunId"
# All that a summary reads.
TAGS = (
    EXPERIMENT_TAG,
    STATE_TAG,
    CAUSE_TAG,
    REMEDY_TAG,
    STARTED_TAG,
    OWNER_TAG,
    DIGEST_TAG,
    VISITOR_TAG,
    PUBLISHED_TAG,
    PINNED_TAG,
    PARENT_TAG,
)
CLAIM_PARAM = "claimed_by"
TAKEN_UP_PARAM = "taken_up_by"
EPOCHS_METRIC = "epochs"
SECONDS_METRIC = "epoch_seconds"

NAME_LENGTH = 120
# What goes without saying in a name.
USUAL_LAYERS = next(iter(BACKBONES))
SENTENCE_LENGTH = 2000


@dataclass(frozen=True)
class RunSummary:
    """One line of the list of runs.

    Attributes:
        run_id: the store's own name of the run.
        name: the name on screen.
        state: `queued`, `running`, `finished`, `stopped`, `failed` or `interrupted`.
        started: when it was submitted.
        seconds: from the start of training to its end, or to now; 0 while queued.
        experiment: what can be read of the experiment that it was submitted with.
        metrics: final figures as in the `finished` event, numbers, `measured_on` and
            `data_digest` alone.
        epochs: whole epochs trained.
        cause: what went wrong, for a failed or interrupted run.
        remedy: what to do about it.
        owner: the server whose job it is, while it is queued or running.
        visitor: whose run it is, where visitors are told apart.
        is_published: whether other visitors see it too.
        is_pinned: whether it stays when room is made.
        owner: whose job it is, while it is queued or running.
        parent: the run that it was trained beside; empty of one by itself.
    """

    run_id: str
    name: str
    state: str
    started: datetime
    seconds: float = 0.0
    experiment: StoredExperiment = field(default_factory=StoredExperiment)
    metrics: dict[str, Any] = field(default_factory=dict)
    epochs: int = 0
    cause: str = ""
    remedy: str = ""
    owner: str = ""
    visitor: str = ""
    is_published: bool = False
    is_pinned: bool = False
    parent: str = ""

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.state not in UNFINISHED


def default_name(experiment: Experiment) -> str:
    """A name that tells runs apart at a glance: the data, what is unusual, and the code's size."""
    source = experiment.data.source
    data = source if source in DATASETS else Path(title_of(source)).stem
    kinds = [] if experiment.model.backbone.kind == USUAL_LAYERS else [experiment.backbone.title]
    kinds += [experiment.bottleneck.title] if experiment.bottleneck.shapes_code else []
    named = [data, *(kind.lower() for kind in kinds), f"code {experiment.model.encoding_dim}"]
    return ", ".join(named)[:NAME_LENGTH]


def tidy(name: str) -> str:
    """A name on one line, of printable characters, not too long."""
    printable = "".join(character if character.isprintable() else " " for character in name)
    return " ".join(printable.split())[:NAME_LENGTH].strip()


def params(experiment: Experiment) -> Iterator[tuple[str, str]]:
    """Each option of an experiment as dotted path and text; an absent group is `none`.

    The names are ours alone: MLflow refuses many that a user's columns may have.
    """
    for control in controls(experiment):
        value = value_at(experiment, control.path)
        if isinstance(value, Settings):
            continue
        listed = list(value) if isinstance(value, tuple) else value
        yield control.path, "none" if value is None else str(listed)


def final_metrics(metrics: Mapping[str, Any]) -> dict[str, float]:
    """The finite numbers among final figures, under the rows they were measured on."""
    split = metrics.get("measured_on", "training")
    numbers = {k: float(v) for k, v in metrics.items() if isinstance(v, int | float)}
    return {f"{split}.{name}": value for name, value in numbers.items() if math.isfinite(value)}


def epoch_metrics(epoch: Mapping[str, Any]) -> Iterator[tuple[str, float, int]]:
    """What to log for one epoch event, with its step; what is no finite number becomes NaN."""
    step = epoch["epoch"]
    logs = {**epoch["logs"], EPOCHS_METRIC: step, SECONDS_METRIC: epoch["seconds"]}
    for name, value in logs.items():
        # MLflow would turn an infinity into the largest float, which reads as a measured value.
        yield name, float(value) if math.isfinite(value) else math.nan, step


def state(run: Run) -> str:
    """Our name for the run's state."""
    states = {status: name for name, status in reversed(STATUS.items())}
    if run.data.tags.get(STATE_TAG) == "stopped" and run.info.status == STATUS["stopped"]:
        return "stopped"
    return states.get(run.info.status, "interrupted")


def summary(run: Run) -> RunSummary:
    """An MLflow run as a line of our list."""
    tags, metrics = run.data.tags, run.data.metrics
    return RunSummary(
        run_id=run.info.run_id,
        name=run.info.run_name or run.info.run_id,
        state=state(run),
        started=datetime.fromtimestamp(run.info.start_time / 1000, UTC),
        seconds=_seconds(run),
        # Runs can be edited in MLflow's own screens; a broken tag must not hide the list.
        experiment=StoredExperiment.from_json(tags.get(EXPERIMENT_TAG, "")),
        metrics=_final_metrics(metrics, tags.get(DIGEST_TAG, "")),
        epochs=_whole(metrics.get(EPOCHS_METRIC, 0)),
        cause=tags.get(CAUSE_TAG, ""),
        remedy=tags.get(REMEDY_TAG, ""),
        owner=tags.get(OWNER_TAG, ""),
        visitor=tags.get(VISITOR_TAG, ""),
        is_published=tags.get(PUBLISHED_TAG) == YES,
        is_pinned=tags.get(PINNED_TAG) == YES,
        parent=tags.get(PARENT_TAG, ""),
    )


def _seconds(run: Run) -> float:
    started = run.data.tags.get(STARTED_TAG, "")
    if not re.fullmatch(r"[0-9]{1,15}", started):
        return 0.0
    ended = run.info.end_time or time.time() * 1000
    return max(0.0, (ended - int(started)) / 1000)


def _whole(number: float) -> int:
    return int(number) if math.isfinite(number) else 0


def _final_metrics(metrics: Mapping[str, float], digest: str) -> dict[str, Any]:
    data = {DIGEST_TAG: digest} if digest else {}
    for split in SPLITS:
        prefix = f"{split}."
        found = {k.removeprefix(prefix): v for k, v in metrics.items() if k.startswith(prefix)}
        if found:
            return {"measured_on": split, **data, **found}
    return {}
