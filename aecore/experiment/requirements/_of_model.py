"""What the options of a model need, its penalties aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from aecore.data.prepare.streamable import SMALLER
from aecore.experiment.data_facts import has_labels, is_in_parts, known_facts
from aecore.experiment.requirements._requirement import (
    Reason,
    Requirement,
    does_nothing_unless,
    needs,
    suits_the_kind_of_data,
)
from aecore.experiment.requirements._unit_interval import outside_unit_interval
from aecore.models.activations import OUTPUT_ACTIVATIONS
from aecore.models.backbones import BACKBONES
from aecore.models.bottlenecks import BOTTLENECKS
from aecore.models.corruptions import CORRUPTIONS

if TYPE_CHECKING:
    from aecore.experiment.tree import ExperimentTree


def _layers_problem(experiment: ExperimentTree, kind: str) -> str:
    """Why layers of a kind cannot be had with any settings, and what to do; or nothing."""
    spec, known = BACKBONES[kind], known_facts(experiment)
    if known is None or known.kind not in spec.kinds:
        return ""
    settings = spec.settings(**spec.suited(known.sample_shape, known.rows))
    return spec.problem(settings, known.sample_shape, experiment.model.encoding_dim)


def _output_can_reach(experiment: ExperimentTree, name: str) -> bool:
    squeezes = OUTPUT_ACTIVATIONS[name].unit_interval
    if squeezes is None:
        return True
    if experiment.loss.unit_interval:
        return squeezes
    return not squeezes or not outside_unit_interval(experiment)


def _output_refusal(experiment: ExperimentTree, name: str) -> Reason:
    if experiment.loss.unit_interval:
        return (
            f"{experiment.loss.title} needs a sigmoid output.",
            "Choose automatic or sigmoid as output activation, or mean squared error as loss.",
        )
    return (
        f"A sigmoid output needs values from 0 to 1, and {outside_unit_interval(experiment)}.",
        "Choose a linear output or min-max scaling.",
    )


def _which_can_be_conditional() -> str:
    told = [spec.title.lower() for spec in BOTTLENECKS.values() if spec.takes_labels]
    return f"Only {' and '.join(told)} autoencoders can be conditional."


def _acts_in_its_bottleneck(name: str) -> Requirement:
    """Of an option of bottlenecks, which may know that it does nothing."""
    return does_nothing_unless(
        lambda e: name not in e.bottleneck.idle(e.model.bottleneck, e.training.loss)
    )


_OF_BOTTLENECKS = sorted(
    {name for spec in BOTTLENECKS.values() for name in spec.settings.model_fields} - {"kind"}
)

REQUIREMENTS: Mapping[str, tuple[Requirement, ...]] = {
    "model.backbone.kind": (
        suits_the_kind_of_data(BACKBONES, "{title} layers need {kinds}", "Choose {title} layers."),
        Requirement(
            lambda e, kind: not _layers_problem(e, kind),
            lambda e, kind: (_layers_problem(e, kind), ""),
        ),
    ),
    "model.corruption.kind": (
        suits_the_kind_of_data(
            CORRUPTIONS, "The corruption {title} suits {kinds}", "Choose another corruption."
        ),
    ),
    **{f"model.bottleneck.{name}": (_acts_in_its_bottleneck(name),) for name in _OF_BOTTLENECKS},
    "model.conditional": (
        needs(
            lambda e: e.bottleneck.takes_labels,
            _which_can_be_conditional(),
            "Choose one of them or turn this off.",
        ),
        needs(has_labels, "This data set has no classes.", "Turn this off."),
        needs(
            lambda e: not is_in_parts(e),
            "Labels of a table that is read in parts are not told to the model.",
            f"Turn that off, {SMALLER}.",
        ),
        needs(
            lambda e: not e.backbone.label_problem(e.model.backbone),
            lambda e: e.backbone.label_problem(e.model.backbone),
        ),
    ),
    "model.output_activation": (Requirement(_output_can_reach, _output_refusal),),
}
