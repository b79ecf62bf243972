"""How an edit changes the draft: one field, a preset, another data set, a new seed."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

import streamlit as st
from pydantic import ValidationError

from aecore.data import is_known, sheet
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.experiment import Experiment
from aecore.experiment.defaults import with_suited_defaults
from aecore.experiment.presets import PRESETS, Preset, suiting
from aecore.settings import Control, controls, value_at, with_values
from ui.app import session

SOURCE = "data.source"
SEED = "seed"
READING = "data.reading"
SEEDS = 10_000
SUGGESTED = "suggested"
STARTED_FROM = "started_from"
REFITTED = "refitted"

Tree = dict[str, Any]


def change(path: str, value: Any) -> None:
    """Put one field's new value into the draft; a value that the field refuses changes nothing."""
    st.session_state.pop(REFITTED, None)
    if path == SOURCE:
        switch_source(value)
        return
    tree = with_suited_defaults(with_values(session.draft(), {path: value}))
    try:
        edited = session.unchecked(tree)
    except ValidationError:
        # A browser can send what its widget would not let pass.
        return
    session.set_draft(edited.model_dump(mode="json"))


def start_from(preset: str) -> None:
    """Fill the draft with a preset for its data set; the seed stays."""
    st.session_state.pop(REFITTED, None)
    st.session_state[STARTED_FROM] = preset
    tree = session.draft()
    data = session.edited().data
    session.set_draft(_preset_tree(PRESETS[preset], data.source, data.reading, tree[SEED]))


def switch_source(source: str, reading: ReadingOptions = AS_FOUND) -> None:
    """Fit the draft to another data set: what the user chose stays, all else suits the new data.

    Chosen is what differs from the preset that the draft started from.
    """
    if not is_known(source, reading):
        return
    tree = session.draft()
    chosen = _chosen(tree, PRESETS[started_from()])
    if started_from() not in suiting(source, reading):
        st.session_state[STARTED_FROM] = SUGGESTED
    preset = PRESETS[started_from()]
    refitted = _preset_tree(preset, source, reading, tree[SEED])
    kinds = {c.path: _at(tree, c.path) for c in chosen if c.members}
    of_kinds = with_suited_defaults(with_values(refitted, kinds))
    known = {c.path for c in controls(session.unchecked(of_kinds))}
    chosen = [c for c in chosen if c.path in known]
    kept = with_values(of_kinds, {c.path: _at(tree, c.path) for c in chosen})
    session.set_draft(session.unchecked(kept).model_dump(mode="json"))
    st.session_state[REFITTED] = _refit_note(preset, chosen)


def change_reading(reading: ReadingOptions) -> None:
    """Read the draft's data set in another way: all else stays, but what its columns were for.

    Roles stay where the new sheet has a column of that name.
    """
    st.session_state.pop(REFITTED, None)
    tree = session.draft()
    source = tree["data"]["source"]
    if not is_known(source, reading):
        return
    found = sheet(source, reading)
    names = {column.name for column in found.columns}
    classes = {name for name, _ in found.classes}
    changes = {
        READING: reading.model_dump(mode="json"),
        "data.roles": {n: role for n, role in tree["data"]["roles"].items() if n in names},
        "data.classes": [name for name in tree["data"]["classes"] if name in classes],
    }
    session.set_draft(session.unchecked(with_values(tree, changes)).model_dump(mode="json"))


def roll_seed() -> None:
    """A new seed, short enough to be read out."""
    session.set_draft(with_values(session.draft(), {SEED: secrets.randbelow(SEEDS)}))


def started_from() -> str:
    """The preset that the draft started from."""
    name: str = st.session_state.get(STARTED_FROM, SUGGESTED)
    return name


def matching_preset() -> str | None:
    """The preset that the draft is equal to, the seed aside, or None once it was changed."""
    tree = session.draft()
    source, reading = tree["data"]["source"], session.edited().data.reading
    if not is_known(source, reading):
        return None
    same = (
        name
        for name in suiting(source, reading)
        if _preset_tree(PRESETS[name], source, reading, tree[SEED]) == tree
    )
    return next(same, None)


def refit_note() -> str:
    """What the last change of data set did to the rest of the form; empty after any other edit."""
    note: str = st.session_state.get(REFITTED, "")
    return note


def _preset_tree(preset: Preset, source: str, reading: ReadingOptions, seed: int) -> Tree:
    return {**preset.experiment(source, reading).to_dict(), SEED: seed}


def _chosen(tree: Tree, preset: Preset) -> list[Control]:
    """The options in which the draft differs from the preset it started from."""
    edited = session.unchecked(tree)
    source, reading = edited.data.source, edited.data.reading
    base = Experiment.from_dict(_preset_tree(preset, source, reading, tree[SEED]))
    return [
        control
        for control in controls(edited)
        # Roles, classes and how it is read are those of one data set alone.
        if control.path != SOURCE
        and not control.on_data_page
        and value_at(edited, control.path) != value_at(base, control.path)
        and not _inside_optional(control, edited)
    ]


def _inside_optional(control: Control, edited: Experiment) -> bool:
    """Whether the option is part of a group that can be absent; the group stands for it."""
    groups = (c.path for c in controls(edited) if c.kind == "optional")
    return any(control.path.startswith(f"{path}.") for path in groups)


def _refit_note(preset: Preset, chosen: Iterable[Control]) -> str:
    titles = ", ".join(control.title.lower() for control in chosen)
    note = f"The settings of “{preset.title}” now suit this data set."
    return f"{note} Kept as you chose: {titles}." if titles else note


def _at(tree: Tree, path: str) -> Any:
    value: Any = tree
    for name in path.split("."):
        value = value[name]
    return value
