"""What suits a data set: defaults for whatever an experiment leaves open."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from aecore.data import Facts, Sheet, facts, sheet
from aecore.data.columns.times import order_beside
from aecore.data.options import DataSettings, Preprocessing
from aecore.data.reading_options import ReadingOptions
from aecore.data.scalings import SCALINGS
from aecore.errors import DataError
from aecore.models.backbones import BACKBONES
from aecore.models.bottlenecks import BOTTLENECKS, BottleneckSpec

MANY_FEATURES = 256
MOST_TERMS = 1000
MANY_ROWS = 2_000
VERY_MANY_ROWS = 20_000
# Steps that a network of this size takes to come to rest, and the epochs that are still watched.
LEAST_STEPS, MOST_EPOCHS = 3_000, 1_000
# The same of so few rows that have more values than there are rows; narrow layers need as many.
FEWEST_STEPS, FEWEST_ROWS = 800, 100
# Of the rows, where nothing else is asked for.
TRAINED_SHARE = 0.8
# Samples that teach one number of the code; with fewer, it holds what only they have.
ROWS_A_NUMBER = 25
# A window of a stream is at most an eighth of it, and a quarter of it further than the one before.
LONGEST_WINDOW, SHORTEST_WINDOW, ROWS_A_WINDOW, STRIDES_A_WINDOW = 64, 4, 8, 4


def with_suited_defaults(given: Mapping[str, Any]) -> dict[str, Any]:
    """`given` with what it leaves open filled in from the data set's facts."""
    tree = {name: dict(v) if isinstance(v, Mapping) else v for name, v in given.items()}
    data = tree.get("data", {})
    source = data.get("source", "mnist-5k") if isinstance(data, dict) else None
    reading = _reading(data.get("reading", {})) if isinstance(data, dict) else None
    if not isinstance(source, str) or not source or reading is None:
        return tree
    known = sheet(source, reading)
    length, stride = _window(known, data, tree.get("preprocessing"))
    words = Preprocessing(max_terms=_terms(known), window_length=length, window_stride=stride)
    seen = _seen(source, reading, data.get("roles"), words)
    return _filled(tree, _suited_defaults(seen, known, words, tree)) if seen else tree


def _seen(source: str, reading: ReadingOptions, roles: Any, words: Preprocessing) -> Facts | None:
    """The samples with roles as proposed, or as given where those leave none; None of neither."""
    attempts: tuple[Any, ...] = ({}, roles)
    for given in attempts:
        try:
            return facts(source, DataSettings(source=source, reading=reading, roles=given), words)
        except (DataError, ValidationError):
            continue
    return None


def _reading(given: Any) -> ReadingOptions | None:
    """None where it is not valid, which is told when the whole experiment is checked."""
    try:
        return ReadingOptions.model_validate(given)
    except ValidationError:
        return None


def _filled(given: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """`given` with what it lacks, group by group."""
    filled = {**defaults, **given}
    for name, default in defaults.items():
        if isinstance(default, Mapping) and isinstance(filled[name], Mapping):
            filled[name] = _filled(filled[name], default)
    return filled


def _suited_defaults(
    facts: Facts, sheet: Sheet, suited: Preprocessing, given: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    bounded = facts.kind == "image" or facts.bytes_of_grey
    preprocessing = given.get("preprocessing", {})
    scaling = "min-max" if bounded else "none" if facts.kind == "text" else "standardize"
    if isinstance(preprocessing, dict):
        scaling = preprocessing.get("scaling", scaling)
    model = given.get("model", {})
    model = model if isinstance(model, dict) else {}
    dimension = _dimension(facts)
    bottleneck = _member(BOTTLENECKS, _kind_of(model, "bottleneck"))
    # Rows that follow each other are like their neighbours: what is held out is to come later.
    split = "random" if order_beside(sheet.columns) is None else "ordered"
    return {
        "data": {"split": split},
        "preprocessing": {
            "scaling": scaling,
            "max_terms": suited.max_terms,
            "window_length": suited.window_length,
            "window_stride": suited.window_stride,
        },
        "model": {
            "encoding_dim": bottleneck.suited_dimension(dimension) if bottleneck else dimension,
            "backbone": _backbone(_kind_of(model, "backbone"), facts),
            "bottleneck": _bottleneck(_kind_of(model, "bottleneck"), facts),
            "corruption": {"kind": "none"},
        },
        "training": {
            "loss": "binary_crossentropy" if bounded and _in_unit_interval(scaling) else "mse",
            **_training(bottleneck, facts, given.get("training", {})),
        },
    }


def _dimension(facts: Facts) -> int:
    """Numbers of a code: an eighth of a sample's values, less where rows are few.

    Values of a series that follow each other are much alike: a third of that.
    """
    share = 24 if facts.kind == "series" else 8
    dimension = 32 if facts.features >= MANY_FEATURES else max(1, facts.features // share)
    return max(1, min(dimension, facts.rows // ROWS_A_NUMBER))


def _bottleneck(kind: Any, facts: Facts) -> dict[str, Any]:
    """The kind of bottleneck, with the settings of that kind that suit the data."""
    spec = _member(BOTTLENECKS, kind)
    if spec is None:
        return {"kind": "plain" if kind is None else kind}
    return {"kind": kind, **spec.suited_settings(facts.rows, facts.features)}


def _window(sheet: Sheet, data: Mapping[str, Any], given: Any) -> tuple[int, int]:
    """Length and stride of windows: an eighth of a short stream, so that there are some dozens."""
    rows = min(sheet.rows, _whole(data.get("rows"), sheet.rows)) if sheet.is_table else MANY_ROWS
    longest = max(1, rows // ROWS_A_WINDOW)
    suited = min(LONGEST_WINDOW, max(SHORTEST_WINDOW, 1 << (longest.bit_length() - 1)))
    chosen = given if isinstance(given, Mapping) else {}
    length = _whole(chosen.get("window_length"), suited)
    return suited, max(1, min(length, LONGEST_WINDOW) // STRIDES_A_WINDOW)


def _whole(given: Any, otherwise: int) -> int:
    """A whole number above 0 that was given; what is none is told when all is checked."""
    return given if isinstance(given, int) and given > 0 else otherwise


def _training(bottleneck: BottleneckSpec | None, facts: Facts, given: Any) -> dict[str, Any]:
    """Epochs, batch size and what else suits the bottleneck on so much data."""
    epochs, batch_size = _pace(facts)
    chosen = given.get("batch_size", batch_size) if isinstance(given, Mapping) else batch_size
    suits = {"epochs": epochs, "batch_size": batch_size}
    if bottleneck is None or not isinstance(chosen, int) or chosen < 1:
        return suits
    found = dict(bottleneck.suited(facts.rows, chosen))
    return {**suits, **found, "epochs": max(epochs, found.get("epochs", 0))}


def _terms(sheet: Sheet) -> int:
    """Words to describe texts by: half of those there are, for training sees not all texts."""
    terms = [column.terms for column in sheet.columns if column.role == "text"]
    return min(MOST_TERMS, max(2, min(terms) // 2)) if terms else MOST_TERMS


def _kind_of(model: Mapping[str, Any], part: str) -> Any:
    chosen = model.get(part, {})
    return chosen.get("kind") if isinstance(chosen, Mapping) else None


def _member(family: Mapping[str, Any], name: Any) -> Any:
    """The spec of a member of a family, or None of what is no name of one."""
    return family.get(name) if isinstance(name, str) else None


def _in_unit_interval(scaling: Any) -> bool:
    spec = _member(SCALINGS, scaling)
    return spec is not None and spec.unit_interval


def _backbone(kind: Any, facts: Facts) -> dict[str, Any]:
    """The kind of layers, with the settings of that kind that suit the data."""
    kind = "dense" if kind is None else kind
    spec = _member(BACKBONES, kind)
    if spec is None or facts.kind not in spec.kinds:
        return {"kind": kind}
    return {"kind": kind, **spec.suited(facts.sample_shape, facts.rows)}


def _pace(facts: Facts) -> tuple[int, int]:
    """Epochs and batch size that beat PCA on the bundled sets within half a minute.

    Small sets get as many steps as others, but those that have more values a sample than samples
    get fewer: they would be learned by heart.
    """
    rows = facts.rows
    if rows >= VERY_MANY_ROWS:
        return 20, 256
    epochs, batch_size = (50, 64) if rows >= MANY_ROWS else (100, 32)
    steps = max(1, math.ceil(TRAINED_SHARE * rows / batch_size))
    by_heart = rows < facts.features
    if by_heart and rows >= FEWEST_ROWS:
        return epochs, batch_size
    least = FEWEST_STEPS if by_heart else LEAST_STEPS
    return min(MOST_EPOCHS, max(epochs, math.ceil(least / steps))), batch_size
