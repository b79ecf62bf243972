"""How an edit changes the draft: one field, a preset, another data set, a new seed."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st
from pydantic import ValidationError

from aecore.data import is_known, sheet
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.experiment.differences import Difference, differences
from aecore.experiment.preset import Preset
from aecore.experiment.presets import PRESETS, suiting
from aecore.experiment.tree import ExperimentTree
from aecore.settings import Control, Settings, controls, value_at, with_values
from ui.app import session, typed_values

SOURCE = "data.source"
SEED = "seed"
READING = "data.reading"
SEEDS = 10_000
SUGGESTED = "suggested"
STARTED_FROM = "started_from"
REFITTED = "refitted"


def change(path: str, value: Any) -> None:
    """Put one field's new value into the draft; a value that the field refuses changes nothing."""
    st.session_state.pop(REFITTED, None)
    if path == SOURCE:
        switch_source(value)
        return
    try:
        session.set_draft(_changed(session.draft(), {path: value}))
    except ValidationError:
        # A browser can send what its widget would not let pass.
        return


def start_from(preset: str) -> None:
    """Fill the draft with a preset for its data set; the seed stays."""
    st.session_state.pop(REFITTED, None)
    typed_values.forget()
    st.session_state[STARTED_FROM] = preset
    before = session.draft()
    data = before.data
    session.set_draft(_started(PRESETS[preset], data.source, data.reading, before.seed))


def switch_source(source: str, reading: ReadingOptions = AS_FOUND) -> None:
    """Fit the draft to another data set: what the user chose stays, all else suits the new data.

    Chosen is what differs from the preset that the draft started from.
    """
    if not is_known(source, reading):
        return
    before = session.draft()
    chosen = _chosen(before, PRESETS[started_from()])
    if started_from() not in suiting(source, reading):
        st.session_state[STARTED_FROM] = SUGGESTED
    preset = PRESETS[started_from()]
    refitted = _started(preset, source, reading, before.seed)
    of_kinds = _changed(refitted, {c.path: value_at(before, c.path) for c in chosen if c.members})
    known = {control.path for control in controls(of_kinds)}
    chosen = [control for control in chosen if control.path in known]
    session.set_draft(_changed(of_kinds, {c.path: value_at(before, c.path) for c in chosen}))
    st.session_state[REFITTED] = _refit_note(preset, chosen)


def change_reading(reading: ReadingOptions) -> None:
    """Read the draft's data set in another way: all else stays, but what its columns were for.

    Roles stay where the new sheet has a column of that name.
    """
    st.session_state.pop(REFITTED, None)
    data = session.draft().data
    if not is_known(data.source, reading):
        return
    found = sheet(data.source, reading)
    names = {column.name for column in found.columns}
    classes = {name for name, _ in found.classes}
    changes = {
        READING: reading,
        "data.roles": {name: role for name, role in data.roles.items() if name in names},
        "data.classes": [name for name in data.classes if name in classes],
    }
    session.set_draft(_changed(session.draft(), changes))


def roll_seed() -> None:
    """A new seed, short enough to be read out."""
    session.set_draft(_changed(session.draft(), {SEED: secrets.randbelow(SEEDS)}))


def started_from() -> str:
    """The preset that the draft started from."""
    name: str = st.session_state.get(STARTED_FROM, SUGGESTED)
    return name


def matching_preset() -> str | None:
    """The preset that the draft is equal to, the seed aside, or None once it was changed."""
    held = session.draft()
    source, reading, everything = held.data.source, held.data.reading, held.to_dict()
    if not is_known(source, reading):
        return None
    same = (
        name
        for name in suiting(source, reading)
        if _started(PRESETS[name], source, reading, held.seed).to_dict() == everything
    )
    return next(same, None)


def changed_from_preset() -> tuple[Difference, ...]:
    """In what the draft differs from the preset that it started from, the data set's own aside."""
    held = session.draft()
    base = _started(PRESETS[started_from()], held.data.source, held.data.reading, held.seed)
    of_data = {control.path for control in controls(held) if control.on_data_page}
    return tuple(d for d in differences(base, held) if d.path not in of_data)


def refit_note() -> str:
    """What the last change of data set did to the rest of the form; empty after any other edit."""
    note: str = st.session_state.get(REFITTED, "")
    return note


def _started(preset: Preset, source: str, reading: ReadingOptions, seed: int) -> ExperimentTree:
    return preset.tree(source, reading).model_copy(update={SEED: seed})


def _changed(tree: ExperimentTree, values: Mapping[str, Any]) -> ExperimentTree:
    """A tree with some values changed, by path; what a new kind leaves open suits the data.

    Raises:
        pydantic.ValidationError: a field refuses its value.
    """
    plain = {path: _plain(value) for path, value in values.items()}
    return ExperimentTree.completed(with_values(tree.model_dump(mode="json"), plain))


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, Settings) else value


def _chosen(held: ExperimentTree, preset: Preset) -> list[Control]:
    """The options in which the draft differs from the preset it started from."""
    base = _started(preset, held.data.source, held.data.reading, held.seed)
    return [
        control
        for control in controls(held)
        # Roles, classes and how it is read are those of one data set alone.
        if control.path != SOURCE
        and not control.on_data_page
        and value_at(held, control.path) != value_at(base, control.path)
        and not _inside_optional(control, held)
    ]


def _inside_optional(control: Control, held: ExperimentTree) -> bool:
    """Whether the option is part of a group that can be absent; the group stands for it."""
    groups = (c.path for c in controls(held) if c.kind == "optional")
    return any(control.path.startswith(f"{path}.") for path in groups)


def _refit_note(preset: Preset, chosen: Iterable[Control]) -> str:
    titles = ", ".join(control.title.lower() for control in chosen)
    note = f"The settings of “{preset.title}” now suit this data set."
    return f"{note} Kept as you chose: {titles}." if titles else note
