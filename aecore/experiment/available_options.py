"""Available options: those that do something for an experiment, with the choices that suit it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aecore.data import DATASETS, uploads
from aecore.data.downloading import is_here
from aecore.data.pictures import COLOURS
from aecore.experiment.data_facts import (
    has_features,
    has_labels,
    is_of_kind,
    is_stream,
    known_facts,
    raw_channels,
)
from aecore.models.backbones import BACKBONES
from aecore.models.bottlenecks import WATCHED
from aecore.models.losses import LOSSES
from aecore.settings import Choice, Control, value_at

if TYPE_CHECKING:
    from aecore.experiment.tree import ExperimentTree

# Options that do nothing unless something else is chosen, and what that is.
NEEDED_FOR: Mapping[str, Callable[[Any], bool]] = {
    "preprocessing.missing": lambda e: has_features(e, "number", "category"),
    "preprocessing.max_categories": lambda e: has_features(e, "category"),
    "preprocessing.max_terms": lambda e: has_features(e, "text"),
    "preprocessing.scaling": lambda e: is_of_kind(e, "image", "table", "series"),
    "preprocessing.image_size": lambda e: is_of_kind(e, "image"),
    "preprocessing.colour": lambda e: raw_channels(e) == COLOURS,
    "preprocessing.window_length": lambda e: is_stream(e),
    "preprocessing.window_stride": lambda e: is_stream(e),
    "data.split": lambda e: not is_stream(e),
    "model.conditional": lambda e: e.bottleneck.takes_labels and has_labels(e),
    "model.bottleneck.decoder_variance": lambda e: e.training.loss == "mse",
    "model.bottleneck.variance": lambda e: (
        e.training.loss == "mse"
        and getattr(e.model.bottleneck, "decoder_variance", None) == "fixed"
    ),
    "model.penalties.activity_l1": lambda e: e.model.bottleneck.kind == "plain",
    "model.penalties.kl_sparsity": lambda e: e.model.bottleneck.kind == "plain",
    "model.penalties.k_sparse": lambda e: e.model.bottleneck.kind == "plain",
    "model.penalties.sparsity_target": lambda e: e.model.penalties.kl_sparsity is not None,
    "model.penalties.contractive": lambda e: (
        e.model.bottleneck.kind != "vector-quantized" and e.model.backbone.kind != "recurrent"
    ),
}

# Their help says what they watch, which depends on the bottleneck.
WATCHING = ("training.early_stopping", "training.schedule")


def available_options(experiment: ExperimentTree, control: Control) -> Control | None:
    """An option with those of its choices that suit the data; None if it would do nothing now.

    What is chosen already is offered in any case, so that it can be seen and changed.
    """
    value = value_at(experiment, control.path)
    needed = NEEDED_FOR.get(control.path)
    chosen = value is True or (control.start and value is not None)
    if needed is not None and not needed(experiment) and not chosen:
        return None
    if control.path == "data.source":
        return _sources(control, value)
    if control.path in WATCHING:
        return replace(control, help=control.help.replace(WATCHED, experiment.bottleneck.watched))
    family: Any = {"model.backbone.kind": BACKBONES, "training.loss": LOSSES}.get(control.path)
    known = known_facts(experiment)
    if family is None or known is None:
        return control
    suited = tuple(
        choice
        for choice in control.choices
        if choice.value == value or known.kind in family[choice.value].kinds
    )
    return replace(control, choices=suited)


def _sources(control: Control, chosen: str) -> Control:
    """Data sets that are at hand: bundled, made, downloaded already, or uploaded."""
    named = tuple(
        choice
        for choice in control.choices
        if choice.value == chosen or is_here(DATASETS[choice.value])
    )
    own = tuple(Choice(upload.source, upload.title) for upload in uploads.listed())
    return replace(control, choices=(*named, *own))
