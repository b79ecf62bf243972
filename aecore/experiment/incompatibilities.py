"""Incompatibilities: parts of an experiment that do not go together, each with the way out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aecore.data.prepare.split import rows_of
from aecore.data.prepare.streamable import SMALLER, refusals
from aecore.errors import DataError, Problem
from aecore.experiment.data_facts import has_labels, is_stream, known_facts, known_sheet
from aecore.models.losses import LOSSES

if TYPE_CHECKING:
    from aecore.experiment.tree import ExperimentTree

HELD_OUT_AT_MOST = 0.9
SCALED = {"standardize": "standardised", "robust": "robustly scaled"}
BEYOND_UNIT_INTERVAL = tuple(SCALED)


def incompatibilities(experiment: ExperimentTree) -> Iterator[Problem]:
    """What no single field can see: parts that do not go together, each with the way out."""
    data, training = experiment.data, experiment.training
    scaling, loss = experiment.preprocessing.scaling, LOSSES[training.loss]
    if data.validation_fraction + data.test_fraction > HELD_OUT_AT_MOST:
        yield Problem(
            "data.test_fraction",
            "Validation and test share together leave too few rows to train on. Lower one of them.",
        )
    if training.early_stopping is not None:
        yield from _nothing_to_validate_on(
            experiment, "training.early_stopping", "Early stopping watches the validation loss"
        )
    yield from _data_options(experiment)
    yield from _what_does_not_suit_the_data(experiment)
    yield from _penalties_without_effect(experiment)
    yield from _labels_without_use(experiment)
    if training.schedule == "plateau":
        yield from _nothing_to_validate_on(
            experiment, "training.schedule", "A plateau is seen in the validation loss"
        )
    if training.batch_size < experiment.least_rows:
        yield Problem(
            "training.batch_size",
            "Training depends here on how each batch is spread, and fewer than "
            f"{experiment.least_rows} rows do not show that. "
            f"Choose a batch size of {experiment.least_rows} or more.",
        )
    if loss.unit_interval and scaling in BEYOND_UNIT_INTERVAL:
        yield Problem(
            "training.loss",
            f"{loss.title} needs values from 0 to 1, and {SCALED[scaling]} values lie outside. "
            "Choose min-max scaling or mean squared error.",
        )
    elif loss.unit_interval and experiment.output_activation != "sigmoid":
        yield Problem(
            "model.output_activation",
            f"{loss.title} needs a sigmoid output. "
            "Choose automatic or sigmoid as output activation, or mean squared error as loss.",
        )
    elif experiment.output_activation == "sigmoid" and scaling in BEYOND_UNIT_INTERVAL:
        yield Problem(
            "model.output_activation",
            f"A sigmoid output cannot reach {SCALED[scaling]} values below 0 or above 1. "
            "Choose a linear output or min-max scaling.",
        )
    elif experiment.output_activation == "sigmoid" and scaling != "min-max":
        yield from _unscaled_beyond_sigmoid(experiment)


def _nothing_to_validate_on(experiment: ExperimentTree, path: str, what: str) -> Iterator[Problem]:
    """An option that watches the validation loss where there is none."""
    data, known = experiment.data, known_facts(experiment)
    if data.validation_fraction == 0:
        yield Problem(
            path,
            f"{what}, and no rows are held out for it. "
            "Raise the validation share or turn this off.",
        )
        return
    overlap = known.overlap if known is not None and data.test_fraction > 0 else 0
    if known is not None and rows_of(known.rows, data.validation_fraction) <= overlap:
        yield Problem(
            path,
            f"{what}, and all windows held out for it share rows with those for testing. "
            "Raise the validation share, take shorter windows, or turn this off.",
        )


def _data_options(experiment: ExperimentTree) -> Iterator[Problem]:
    """Roles, classes and windows that the data set does not have."""
    seen = known_sheet(experiment)
    if seen is None:
        return
    try:
        known = experiment.facts
    except DataError as error:
        yield Problem("data.roles", str(error))
        return
    unknown = [name for name in experiment.data.classes if name not in known.class_names]
    if unknown:
        yield Problem(
            "data.classes",
            f"This data set has no class named {unknown[0]!r}. "
            "Choose its classes on the Data page.",
        )
    if seen.in_parts:
        for refusal in refusals(experiment.preparation_options, seen.columns):
            yield Problem(refusal.path, f"{refusal.cause} {refusal.remedy}")
        if experiment.model.conditional:
            yield Problem(
                "model.conditional",
                "Labels of a table that is read in parts are not told to the model. "
                f"Turn that off, {SMALLER}.",
            )
    if known.rows < 2 and not unknown:
        path = "preprocessing.window_length" if is_stream(experiment) else "data.classes"
        samples = "1 sample is" if known.rows == 1 else f"{known.rows} samples are"
        yield Problem(
            path,
            f"{samples} too few to train on. Choose shorter windows, or more rows or classes.",
        )
    if known.kind == "text" and experiment.preprocessing.scaling != "none":
        yield Problem(
            "preprocessing.scaling",
            "Texts are weighted by TF-IDF, which is a scaling already. Choose none.",
        )


def _what_does_not_suit_the_data(experiment: ExperimentTree) -> Iterator[Problem]:
    model, loss = experiment.model, LOSSES[experiment.training.loss]
    known = known_facts(experiment)
    if known is None:
        return
    backbone, bottleneck = experiment.backbone, experiment.bottleneck
    if known.kind not in backbone.kinds:
        yield Problem(
            "model.backbone.kind",
            f"{backbone.title} layers need {_needed(backbone.kinds)}, and this data set holds "
            f"{_needed((known.kind,))}. Choose dense layers.",
        )
        return
    if known.kind not in loss.kinds:
        yield Problem(
            "training.loss",
            f"{loss.title} compares {_needed(loss.kinds)}, and this data set holds "
            f"{_needed((known.kind,))}. Choose mean squared error.",
        )
    problem = backbone.problem(model.backbone, known.sample_shape, model.encoding_dim)
    if problem:
        yield Problem("model.backbone", problem)
    problem = bottleneck.problem(model.bottleneck, model.encoding_dim)
    if problem:
        yield Problem("model.bottleneck.vector_size", problem)


def _labels_without_use(experiment: ExperimentTree) -> Iterator[Problem]:
    model, backbone = experiment.model, experiment.model.backbone
    if not model.conditional:
        return
    path = "model.conditional"
    if not experiment.bottleneck.takes_labels:
        yield Problem(
            path,
            "Only variational and adversarial autoencoders can be conditional. Choose one of "
            "them or turn this off.",
        )
    if not has_labels(experiment):
        yield Problem(path, "This data set has no classes. Turn this off.")
    if getattr(backbone, "tied", False):
        yield Problem(
            path,
            ("With tied weights the decoder has no weights for the class. Turn one of them off."),
        )
    if getattr(backbone, "layout", "vector") == "map":
        yield Problem(
            path,
            "A code laid out as a map has no place for the class. Choose Vector as code or "
            "turn this off.",
        )


def _needed(kinds: tuple[str, ...]) -> str:
    names = {"image": "images", "series": "series", "table": "tables", "text": "texts"}
    return " or ".join(names[kind] for kind in kinds)


def _penalties_without_effect(experiment: ExperimentTree) -> Iterator[Problem]:
    """Penalties that would fight the bottleneck, or that have nothing to act on."""
    model, penalties = experiment.model, experiment.model.penalties
    bottleneck = experiment.bottleneck
    for name in ("activity_l1", "kl_sparsity", "k_sparse"):
        if getattr(penalties, name) is not None and bottleneck.name != "plain":
            yield Problem(
                f"model.penalties.{name}",
                f"A sparse code contradicts the {bottleneck.title.lower()} bottleneck, which "
                "decides itself how codes are spread. Choose the plain bottleneck or turn this "
                "off.",
            )
    if penalties.contractive is not None and bottleneck.name == "vector-quantized":
        yield Problem(
            "model.penalties.contractive",
            "A vector-quantised code moves in jumps and has no Jacobian to penalise. "
            "Choose another bottleneck or turn this off.",
        )
    if penalties.contractive is not None and experiment.backbone.name == "recurrent":
        yield Problem(
            "model.penalties.contractive",
            "The contractive penalty needs second derivatives, which recurrent layers do not "
            "give in reasonable time. Choose other layers or turn this off.",
        )
    if penalties.k_sparse is not None and penalties.k_sparse >= model.encoding_dim:
        yield Problem(
            "model.penalties.k_sparse",
            f"A code of {model.encoding_dim} has no more than that to keep. "
            "Keep fewer, or raise the encoding dimension.",
        )
    if penalties.k_sparse is not None and penalties.kl_sparsity is not None:
        yield Problem(
            "model.penalties.k_sparse",
            "k-sparse and KL sparsity make a code sparse in two ways that exclude each other. "
            "Turn one of them off.",
        )
    if not getattr(model.backbone, "units", True):
        for name in ("dropout", "batch_normalization"):
            if getattr(penalties, name):
                yield Problem(
                    f"model.penalties.{name}",
                    "There is no hidden layer for this to act on. Add a hidden layer or turn this "
                    "off.",
                )


def _unscaled_beyond_sigmoid(experiment: ExperimentTree) -> Iterator[Problem]:
    known = known_facts(experiment)
    if known is None or known.value_range is None:
        return
    low, high = known.value_range
    of_length_one = experiment.preprocessing.scaling == "per-sample"
    if low >= 0 and (high <= 1 or of_length_one):
        return
    needs_it = LOSSES[experiment.training.loss].unit_interval
    what = LOSSES[experiment.training.loss].title if needs_it else "A sigmoid output"
    yield Problem(
        "training.loss" if needs_it else "model.output_activation",
        f"{what} needs values from 0 to 1, and this data set's run from {low:g} to {high:g}. "
        "Choose min-max scaling.",
    )
