"""The answer to a browser that watches a run: words, and drawings as SVG."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from aecore.data import title_of
from aecore.data.dataset import Kind
from aecore.diagnosis.finding import findings_during
from aecore.experiment.data_facts import known_facts
from aecore.experiment.stored import StoredExperiment
from aecore.experiment.tree import ExperimentTree
from aecore.runs.diagnosing import run_facts
from aecore.runs.run_view import RunView
from aecore.training.optimizers import OPTIMIZERS
from ui.base import text
from ui.base.text import NOT_YET
from ui.base.theme import Palette
from ui.figures import curves, live_map, loss_terms, probe
from ui.shared.loss_parts import (
    curve_drawn,
    describe_logged,
    loss_title,
    loss_unit,
    terms_drawn,
)

Answer = dict[str, Any]

LOOK_FOR: dict[Kind, str] = {
    "image": (
        "Outlines appear first, details later; colour in the last row shows the remaining error."
    ),
    "table": "Each line is a sample, each column a feature. The last block should fade.",
    "series": "The thin line should come to lie on the broad one, slow waves first, sharp peaks "
    "last; what is still wrong stands beneath, on the same scale.",
    "text": "The terms that weigh most in a text, and in its reconstruction. Common terms come "
    "back first; crosses and plus signs should become fewer.",
}


# The one answer that costs least, by the name of its line.
CENTRES = {"mean": "the mean", "median": "the median of each value"}
PARTS = "The sum is what training makes smaller; the reconstruction, its other part, stands above."
# What a step of training is told by.
STEPS = ("optimizer", "learning_rate", "batch_size")
LOSSES = {"Loss": "loss", "Validation": "val_loss"}
FIRST_EPOCH = "Getting ready (first time only): the first epoch takes the longest"
DAMAGED = "What this run kept of its samples is damaged and cannot be drawn."


@dataclass(frozen=True)
class Look:
    """How a browser wants to see a run: colours, width in pixels, scale, and the run before it."""

    palette: Palette
    width: int
    log_scale: bool = False
    behind: RunView | None = None


def version(view: RunView, ahead: int) -> str:
    """Names what there is to see: two equal ones have nothing new between them."""
    return f"{view.state}-{view.seen}-{ahead}"


def snapshot_shown(view: RunView) -> str:
    """Names the snapshot that samples and map are drawn from."""
    return "none" if view.snapshot is None else str(view.snapshot["epoch"])


def describe(view: RunView, ahead: int, look: Look, *, has_snapshot: str = "") -> Answer:
    """All that the panel of a run shows, as JSON.

    Args:
        ahead: runs that a queued one waits for.
        has_snapshot: `snapshot_shown` of what the browser has already; not drawn again.
    """
    answer: Answer = {
        "version": version(view, ahead),
        "ended": view.ended,
        "waits": not view.ended and not view.epochs_done,
        "loss": _loss(view, look),
        "terms": _terms(view, look),
    }
    if not view.ended:
        answer["head"] = _head(view, ahead)
    if has_snapshot != snapshot_shown(view):
        answer |= {"snapshot": snapshot_shown(view), **_drawn_snapshot(view, look)}
    return answer


def describe_settings(experiment: StoredExperiment) -> str:
    """What was trained, in a line, as far as it can be read: the form may say something else."""
    tree, said = experiment.tree, []
    if experiment.source:
        said.append(title_of(experiment.source))
    if experiment.knows("model.backbone") and experiment.encoding_dim:
        said.append(_layers(tree))
    training = tree.training
    if all(experiment.knows(f"training.{name}") for name in STEPS):
        said.append(
            f"{OPTIMIZERS[training.optimizer].title}, rate {text.short(training.learning_rate)}, "
            f"batches of {training.batch_size}"
        )
    return " · ".join(said)


def _layers(tree: ExperimentTree) -> str:
    """The kinds of layers, code and corruption, where out of the ordinary, and their sizes."""
    model, bottleneck = tree.model, tree.bottleneck
    kinds = [tree.backbone.title.lower()]
    kinds += [bottleneck.title.lower()] if bottleneck.shapes_code else []
    kinds += ["denoising"] if tree.corruption.draws_noise else []
    sizes = tree.backbone.widths(model.backbone)
    units = "-".join(str(size) for size in (*sizes, model.encoding_dim))
    return f"{', '.join(kinds).capitalize()} {units}"


def _head(view: RunView, ahead: int) -> Answer:
    """How far a run is."""
    planned = max(1, view.epochs_planned)
    left = NOT_YET if view.seconds_left is None else text.duration(view.seconds_left)
    return {
        "doing": _doing(view, ahead),
        "share": min(1.0, view.share_done or 0.0),
        "figures": [
            ["Epoch", f"{view.epochs_done} of {planned}"],
            *_latest_losses(view),
            ["Time left", left],
        ],
    }


def _latest_losses(view: RunView) -> list[list[str]]:
    """The losses after the last epoch; the training loss has its place before there is one."""
    found = {title: view.history.get(name, []) for title, name in LOSSES.items()}
    latest = [[title, text.rounded(values[-1])] for title, values in found.items() if values]
    return latest or [[next(iter(LOSSES)), NOT_YET]]


def _drawn_snapshot(view: RunView, look: Look) -> Answer:
    """Samples and map; as before the first snapshot where that of a kept run is damaged."""
    try:
        return {"samples": _samples(view, look.palette), "map": _map(view, look)}
    except (LookupError, TypeError, ValueError, ArithmeticError):
        if not view.ended or view.snapshot is None:
            raise
        answer = _drawn_snapshot(replace(view, snapshot=None), look)
        answer["samples"]["caption"] = DAMAGED
        return answer


def _doing(view: RunView, ahead: int) -> str:
    """What a run is at."""
    if view.state != "queued":
        if not view.epochs_done:
            return FIRST_EPOCH
        found = _found(view)
        return " ".join(["Training.", *found]) if found else "Training"
    if ahead:
        return f"Waiting for {text.counted(ahead, 'run')} ahead of this one"
    return "Getting ready: the worker loads the data and builds the model"


def _found(view: RunView) -> list[str]:
    """What the curve shows already that has gone wrong, a sentence each."""
    facts = run_facts(view)
    return [f"{found.title}: {found.evidence}" for found in findings_during(facts)] if facts else []


def _loss(view: RunView, look: Look) -> Answer:
    drawn, title = curve_drawn(view), loss_title(view.experiment)
    return {
        "title": f"{title}: reconstruction" if drawn == curves.RECONSTRUCTION else title,
        "svg": curves.plot_curves(
            view,
            loss_unit(view.experiment),
            look.palette,
            look.width,
            log_scale=look.log_scale,
            drawn=drawn,
            behind=_comparable(view, look.behind, drawn),
        ),
        "alt": curves.describe_curves(view, drawn),
        "readings": curves.readings(view, look.width, drawn),
        "caption": _reading(view, drawn),
    }


def _comparable(view: RunView, before: RunView | None, drawn: str) -> RunView | None:
    """The run before, where its loss means the same: of the same data, scaled in the same way."""
    if before is None or curve_drawn(before) != drawn:
        return None
    mine, theirs = view.experiment, before.experiment
    is_same = (mine.source, loss_title(mine), mine.tree.preprocessing) == (
        theirs.source,
        loss_title(theirs),
        theirs.tree.preprocessing,
    )
    return before if is_same else None


def _terms(view: RunView, look: Look) -> Answer | None:
    """What the loss has beside the reconstruction; None where that is all of it."""
    terms = terms_drawn(view)
    if not terms:
        return None
    unit = loss_unit(view.experiment)
    rows = "validation" if "val_loss" in view.history else "training"
    return {
        "title": f"All parts of the {rows} loss",
        "svg": loss_terms.plot_terms(view, terms, unit, look.palette, look.width),
        "alt": loss_terms.describe_terms(view, terms),
        "caption": f"{PARTS} {describe_logged(view)}".strip(),
    }


def _reading(view: RunView, drawn: str) -> str:
    """What the curves and the dashed lines say."""
    code = view.experiment.encoding_dim
    numbers = text.counted(code, "number") if code else "as many numbers"
    marks = view.yardsticks["values"] if view.yardsticks else {}
    centre = next((words for name, words in CENTRES.items() if name in marks), CENTRES["mean"])
    said = [
        (
            "Lower is better. If validation rises while training falls, the model is "
            "overfitting: training rows are memorised."
        ),
        f"Dashed: every sample reconstructed as {centre}, and by PCA with {numbers}"
        + (", the noisy input handed on as it is" if "noisy_input" in marks else "")
        + (", and the least there can be." if "entropy_floor" in marks else "."),
    ]
    if drawn == curves.RECONSTRUCTION:
        said.append("The loss has more parts, which stand below; the lines have none of these.")
    beyond = curves.out_of_sight(view, drawn)
    far = [f"{name.lower()} at {text.rounded(v)}" for name, v in beyond.items()]
    return " ".join([*said, f"Off the scale: {', '.join(far)}." if far else ""])


def _samples(view: RunView, palette: Palette) -> Answer:
    """A few samples and what the model makes of them; room for them before there are any."""
    if view.snapshot is None:
        return {
            "title": "How the same samples improve",
            "svg": probe.plot_empty_probe(*_kind_and_shape(view), palette),
            "alt": "Room for a few samples",
            "caption": "They appear after the first epoch.",
        }
    shown = view.snapshot["probe"]
    caption = f"{LOOK_FOR[shown['kind']]} {probe.left_out(view.snapshot)}".strip()
    return {
        "title": "How the same samples improve",
        "when": f"{shown['measured_on']} rows, epoch {view.snapshot['epoch']}",
        "svg": probe.plot_probe(view.snapshot, palette),
        "alt": probe.describe_probe(view.snapshot),
        "caption": caption,
    }


def _kind_and_shape(view: RunView) -> tuple[Kind, tuple[int, ...]]:
    # The run's file may be gone, and it was trained all the same.
    known = known_facts(view.experiment.tree) if view.experiment.source else None
    return (known.kind, known.sample_shape) if known else ("image", (1, 1, 1))


def _map(view: RunView, look: Look) -> Answer:
    return {
        "title": "Map of the codes",
        "svg": live_map.plot_live_map(view.snapshot, look.palette, look.width),
        "alt": live_map.describe_live_map(view.snapshot),
        "caption": f"{_plane(view)} Samples that look alike should come to lie together.",
    }


def _plane(view: RunView) -> str:
    """What the two directions of the map are."""
    dimension = view.snapshot["map"]["dimension"] if view.snapshot else 0
    if dimension <= 2:
        return "Each point is one sample at its latent code."
    return (
        f"Each point is one sample's code of {dimension} numbers, seen from the side that showed "
        "most after the first epoch."
    )
