"""An experiment in an address: one readable parameter a field, such as `model.encoding_dim=16`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from aecore.data import is_known
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.errors import ExperimentError, LabError, Problem
from aecore.experiment.experiment import Experiment
from aecore.experiment.migration import KEY, VERSION, migrated
from aecore.experiment.tree import ExperimentTree
from aecore.settings import Control, by_path, controls, value_at, with_values

MAX_VALUE_LENGTH = 200
# Lists of names, such as columns with their roles, are longer than one value.
MAX_NAMES_LENGTH = 4000
# No option lies deeper.
MAX_DEPTH = 4
NOTHING = "none"
# Kinds of options that are written as JSON.
BY_NAME = ("names", "roles", "numbers")
READING = "data.reading."
ALWAYS, KIND = (KEY, "data.source"), ".kind"
# Kinds in kinds, then what is usual, then what others make unusual.
MOST_LOOKS = 6


def to_query(experiment: ExperimentTree) -> dict[str, str]:
    """The version of its shape, the data set and each field that is not as it would be by itself.

    As text, by dotted path; `from_query` gives the same experiment back.
    """
    return dict(_shortened(tuple(_whole_query(experiment).items())))


def _whole_query(experiment: ExperimentTree) -> dict[str, str]:
    """The version and every field of the experiment as text."""
    query = {KEY: str(VERSION)}
    for control in controls(experiment):
        value = value_at(experiment, control.path)
        if control.start is not None and value is None:
            continue
        if control.kind == "optional":
            if value is None:
                query[control.path] = NOTHING
            continue
        if value == control.default and (control.on_data_page or value == ""):
            continue
        query[control.path] = _to_text(control, value)
    return query


@lru_cache(maxsize=256)
def _shortened(whole: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """What of a whole query is needed, the rest being as it comes by itself."""
    query = dict(whole)
    chosen = {path for path in query if path in ALWAYS or path.startswith(READING)}
    for _ in range(MOST_LOOKS):
        short = {path: text for path, text in whole if path in chosen}
        try:
            given, ignored = from_query(short)
        except LabError:
            break
        found = _whole_query(given)
        if ignored:
            # Where options do not go together, each is told.
            break
        if found == query:
            return tuple(short.items())
        others = {path for path in query if found.get(path) != query[path]}
        kinds = {path for path in others if path.endswith(KIND)}
        # What is usual of the others depends on the kinds.
        chosen |= kinds or others
    return whole


def from_query(query: Mapping[str, str]) -> tuple[Experiment, list[str]]:
    """The experiment that an address describes, and a sentence for each part that was ignored.

    What it leaves open suits the data set and the rest, as in any experiment.
    Parameters that are no field of an experiment are left to others. Files of this machine
    cannot be named in an address. One that a newer version wrote is ignored as a whole.
    """
    ignored: list[str] = []
    changes: dict[str, Any] = {}
    try:
        asked = _of_today(query)
    except ExperimentError as error:
        return Experiment(), [f"The address was ignored. {error}"]
    bare = {KEY: VERSION, "data": _known_data(asked, ignored)}
    experiment = _of_the_kinds(asked, bare)
    known = _known_controls(experiment)
    for path, text in asked.items():
        if path == "data.source" or path.startswith(READING):
            continue
        if path not in known:
            ignored.append(_ignored(path, text, "there is no such option"))
            continue
        try:
            changes[path] = _from_text(known[path], text) if isinstance(text, str) else text
        except (ValueError, RecursionError):
            ignored.append(_ignored(path, text, "it does not fit this option"))
    return _apply(bare, changes, query, ignored)


def beside(query: Mapping[str, str]) -> dict[str, str]:
    """What an address says of anything else than an experiment, such as of a page."""
    return {
        name: text
        for name, text in query.items()
        if name != KEY and not _is_of_an_experiment(name) and len(text) <= MAX_VALUE_LENGTH
    }


def _of_today(query: Mapping[str, str]) -> dict[str, Any]:
    """What an address says of an experiment, by today's paths: texts, and what migration adds.

    Raises:
        ExperimentError: it is of a newer version, or of none that there can be.
    """
    own = {path: text for path, text in query.items() if _is_of_an_experiment(path)}
    groups = {path[:end] for path in own for end, sign in enumerate(path) if sign == "."}
    tree = _nested({path: text for path, text in own.items() if path not in groups})
    if KEY in query:
        tree[KEY] = int(query[KEY]) if re.fullmatch("[0-9]{1,9}", query[KEY]) else query[KEY]
    # What is said of a whole group beside one of its options has no place in a tree.
    return {**{path: own[path] for path in own if path in groups}, **by_path(migrated(tree))}


def _is_of_an_experiment(path: str) -> bool:
    return path.split(".")[0] in ExperimentTree.model_fields and path.count(".") <= MAX_DEPTH


def _nested(by_path: Mapping[str, str]) -> dict[str, Any]:
    """A tree of dotted paths, none of which is a group that others are in."""
    tree: dict[str, Any] = {}
    for path, text in by_path.items():
        *groups, name = path.split(".")
        node = tree
        for group in groups:
            node = node.setdefault(group, {})
        node[name] = text
    return tree


def _known_data(asked: Mapping[str, Any], ignored: list[str]) -> dict[str, Any]:
    """The data set of an address and how it is read, where a sheet of it is kept."""
    source, reading = asked.get("data.source", "mnist-5k"), _reading(asked, ignored)
    if is_known(source, ReadingOptions.model_validate(reading)):
        return {"source": source, "reading": reading}
    if is_known(source):
        ignored.append(
            "How the address reads the file was ignored: it was not looked at in this way. "
            "Choose on the Data page how it is read."
        )
        return {"source": source}
    ignored.append(_ignored("data.source", source, "there is no such data set"))
    return {"source": "mnist-5k"}


def _reading(asked: Mapping[str, Any], ignored: list[str]) -> dict[str, Any]:
    """What the address says of how a file is read, as far as it is valid."""
    known = {control.path: control for control in controls(AS_FOUND, READING)}
    given: dict[str, Any] = {}
    for path, text in asked.items():
        if not path.startswith(READING):
            continue
        try:
            value = _from_text(known[path], text) if isinstance(text, str) else text
            ReadingOptions.model_validate({path.removeprefix(READING): value})
            given[path.removeprefix(READING)] = value
        except KeyError:
            ignored.append(_ignored(path, text, "there is no such option"))
        except (ValueError, RecursionError):
            ignored.append(_ignored(path, text, "it does not fit this option"))
    return given


def _of_the_kinds(query: Mapping[str, Any], bare: Mapping[str, Any]) -> Experiment:
    """The experiment with those kinds of parts that the address names, where they can be had."""
    experiment = Experiment.from_dict(bare)
    kinds: dict[str, Any] = {}
    for control in list(controls(experiment)):
        kind = query.get(control.path)
        if not isinstance(kind, str) or kind not in control.members:
            continue
        try:
            experiment = Experiment.from_dict(with_values(bare, {**kinds, control.path: kind}))
        except ExperimentError:
            # The same change is refused again below, with its reason.
            continue
        kinds[control.path] = kind
    return experiment


def _apply(
    bare: Mapping[str, Any], changes: dict[str, Any], query: Mapping[str, str], ignored: list[str]
) -> tuple[Experiment, list[str]]:
    """All changes that hold together; those that a problem names are dropped one after another."""
    while changes:
        try:
            return Experiment.from_dict(with_values(bare, changes)), ignored
        except ExperimentError as error:
            problem = error.problems[0]
            culprit = next((path for path in changes if _concerns(problem, path)), None)
            if culprit is None:
                ignored.append(f"The rest of the address was ignored. {problem.message}")
                break
            if culprit in query:
                ignored.append(_ignored(culprit, query[culprit], problem.message))
            del changes[culprit]
    return Experiment.from_dict(bare), ignored


def _concerns(problem: Problem, path: str) -> bool:
    """Whether a problem is one of the option under this path, or of the group that it is in."""
    return problem.path.startswith(path) or path.startswith(f"{problem.path}.")


def _known_controls(experiment: Experiment) -> dict[str, Control]:
    found = {}
    for control in controls(experiment):
        found[control.path] = control
        if control.group is not None:
            found.update({c.path: c for c in controls(control.group(), f"{control.path}.")})
    return found


def _to_text(control: Control, value: Any) -> str:
    if control.kind in BY_NAME:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, tuple):
        return "-".join(str(item) for item in value) or NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    return repr(value) if isinstance(value, float) else str(value)


def _from_text(control: Control, text: str) -> Any:
    by_name = control.kind in BY_NAME
    if len(text) > (MAX_NAMES_LENGTH if by_name else MAX_VALUE_LENGTH):
        raise ValueError("too long")
    if by_name:
        return json.loads(text)
    if control.kind == "optional":
        if text != NOTHING:
            raise ValueError("only none can be said of a whole group")
        return None
    if control.kind == "integer":
        return int(text)
    if control.kind == "number":
        return float(text)
    if control.kind == "integers":
        return [] if text == NOTHING else [int(item) for item in text.split("-")]
    if control.kind == "boolean":
        return {"yes": True, "no": False}.get(text, text)
    return text


def _ignored(path: str, text: str, why: str) -> str:
    shown = text if len(text) <= 40 else text[:39] + "…"
    return f"{path}={shown} was ignored: {why.rstrip('.')}."
