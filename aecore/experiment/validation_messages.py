"""Validation messages: what is wrong with a field, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

from aecore.errors import Problem
from aecore.models.backbones import BACKBONES
from aecore.models.bottlenecks import BOTTLENECKS
from aecore.models.corruptions import CORRUPTIONS

FAMILIES: Mapping[str, Mapping[str, Any]] = {
    "backbone": BACKBONES,
    "bottleneck": BOTTLENECKS,
    "corruption": CORRUPTIONS,
}
# What pydantic says in Python's words, by the type of its finding.
RULES = dict.fromkeys(
    ("model_type", "model_attributes_type", "dict_type"), "be an object, with names in braces"
) | dict.fromkeys(("tuple_type", "list_type"), "be a list")
_KINDS = {kind for family in FAMILIES.values() for kind in family}


def problem_of(details: ErrorDetails) -> Problem:
    """One of pydantic's findings as a sentence: what must hold, then what came."""
    path = ".".join(str(part) for part in details["loc"] if part not in _KINDS)
    received = repr(details["input"])
    if details["type"] in ("union_tag_invalid", "union_tag_not_found"):
        kinds = ", ".join(FAMILIES[path.rsplit(".", 1)[-1]])
        given = details["input"].get("kind") if isinstance(details["input"], Mapping) else None
        path = f"{path}.kind"
        return Problem(path, f"{path} must be one of {kinds}. Received: {str(given)[:80]!r}.")
    if details["type"] == "extra_forbidden":
        return Problem(path, f"There is no field {path}. Remove it or check its spelling.")
    if details["type"] == "missing":
        return Problem(path, f"{path} is missing. Add it.")
    shown = received if len(received) <= 80 else received[:77] + "…"
    # Pydantic says "Input should be …", or with another noun, such as "Tuple should have …".
    said = details["msg"].partition("should ")[2].replace(" after validation", "")
    rule = RULES.get(details["type"]) or said or f"hold something else: {details['msg']}"
    return Problem(
        path or "experiment", f"{path or 'The experiment'} must {rule}. Received: {shown}."
    )
