"""Validation messages: what is wrong with a field, in sentences."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from aecore.errors import Problem
from aecore.models.backbones import BACKBONES
from aecore.models.bottlenecks import BOTTLENECKS
from aecore.models.corruptions import CORRUPTIONS
from aecore.training.stops import STOPS

FAMILIES: Mapping[str, Mapping[str, Any]] = {
    "backbone": BACKBONES,
    "bottleneck": BOTTLENECKS,
    "corruption": CORRUPTIONS,
    "stop": STOPS,
}
# What pydantic says in Python's words, by the type of its finding.
RULES = dict.fromkeys(
    ("model_type", "model_attributes_type", "dict_type"), "be an object, with names in braces"
) | dict.fromkeys(("tuple_type", "list_type"), "be a list")
UNKNOWN_FIELD = "extra_forbidden"
LONGEST = 80
# What came may be nested so deeply that Python itself cannot write it out.
_received = reprlib.Repr()
_received.maxlevel, _received.maxdict, _received.maxlist, _received.maxtuple = 4, 20, 20, 20
_received.maxstring, _received.maxother, _received.maxlong = 200, 200, 200


def problem_of(details: ErrorDetails) -> Problem:
    """One of pydantic's findings as a sentence: what must hold, then what came."""
    path = ".".join(path_of(details["loc"]))
    if details["type"] in ("union_tag_invalid", "union_tag_not_found"):
        kinds = ", ".join(FAMILIES[path.rsplit(".", 1)[-1]])
        given = details["input"].get("kind") if isinstance(details["input"], Mapping) else None
        path = f"{path}.kind"
        return Problem(path, f"{path} must be one of {kinds}. Received: {_shown(given)}.")
    if details["type"] == UNKNOWN_FIELD:
        return Problem(path, f"There is no field {path}. Remove it or check its spelling.")
    if details["type"] == "missing":
        return Problem(path, f"{path} is missing. Add it.")
    # Pydantic says "Input should be …", or with another noun, such as "Tuple should have …".
    said = details["msg"].partition("should ")[2].replace(" after validation", "")
    rule = RULES.get(details["type"]) or said or f"hold something else: {details['msg']}"
    return Problem(
        path or "experiment",
        f"{path or 'The experiment'} must {rule}. Received: {_shown(details['input'])}.",
    )


def path_of(place: Sequence[int | str]) -> list[str]:
    """The parts of an option's path, from where pydantic found something.

    It also names the kind of a family's member on the way to one of its options.
    """
    parts = [str(part) for part in place]
    groups = ["", *parts[:-1]]
    return [
        part
        for group, part in zip(groups, parts, strict=True)
        if part not in FAMILIES.get(group, {})
    ]


def _shown(received: object) -> str:
    """What came, as Python writes it, cut short."""
    written = _received.repr(received)
    return written if len(written) <= LONGEST else f"{written[: LONGEST - 1]}…"
