"""The form that edits the draft: it is made from the Experiment's own fields."""

from __future__ import annotations

import streamlit as st

from aecore.data import DATASETS
from aecore.data.prepare.split import part_sizes
from aecore.experiment.available_options import available_options
from aecore.experiment.data_facts import known_facts
from aecore.experiment.tree import ExperimentTree
from aecore.settings import Control, controls, value_at
from ui.app import belongings, session
from ui.base import text
from ui.form import drafts, fields

# The parts of an Experiment that are about the data set.
DATA = ("data", "preprocessing")


def data_form(wrong: dict[str, str]) -> None:
    """The options of the data set and of what is done to it, all at once.

    Args:
        wrong: field path -> sentence, as `session.problems` gives.
    """
    edited = session.draft()
    for control in offered(edited):
        if control.path != drafts.SOURCE and control.path.split(".")[0] in DATA:
            draw_field(control, edited, wrong)


def offered(edited: ExperimentTree) -> list[Control]:
    """The options of the form that do something now."""
    own = tuple(belongings.uploads())
    found = (available_options(edited, control, own) for control in controls(edited))
    return [control for control in found if control is not None and not control.on_data_page]


def draw_field(control: Control, edited: ExperimentTree, wrong: dict[str, str]) -> None:
    """The widget of an option with what there is to say of it.

    Args:
        wrong: field path -> sentence, as `session.problems` gives.
    """
    value, problem = value_at(edited, control.path), wrong.get(control.path, "")
    # A box of its own, so that a sentence more or less does not move the fields after it.
    with st.container(horizontal=control.path == drafts.SEED, vertical_alignment="bottom"):
        fields.draw(control, value, problem)
        if control.path == drafts.SEED:
            st.button("New seed", icon=":material/casino:", on_click=drafts.roll_seed)
        elif control.path == drafts.SOURCE:
            _facts(value)
        elif control.path == "data.validation_fraction":
            st.caption(_parts(edited))


def _facts(source: str) -> None:
    """What the data set is, and what changing to it did to the form."""
    if source in DATASETS:
        spec = DATASETS[source]
        st.caption(f"{spec.summary} Source: {spec.source}.")
    if drafts.refit_note():
        st.caption(f":blue[:material/info: {text.plain(drafts.refit_note())}]")


def _parts(edited: ExperimentTree) -> str:
    """What the shares come to in rows."""
    data, known = edited.data, known_facts(edited)
    if known is None:
        return ""
    shares = (data.validation_fraction, data.calibration_fraction, data.test_fraction)
    sizes = part_sizes(known.rows, *shares, known.overlap)
    what = "windows" if known.overlap else "rows"
    parts = [f"{text.count(max(0, sizes.train))} {what} to train on"]
    parts += [f"{text.count(sizes.validation)} to validate"] if shares[0] else ["none held out"]
    parts += [f"{text.count(sizes.calibration)} to calibrate"] if shares[1] else []
    parts += [f"{text.count(sizes.test)} to test"] if shares[2] else []
    return ", ".join(parts) + "."


def is_rare(control: Control, everything: list[Control]) -> bool:
    """Whether the option, or a group that it is part of, belongs behind "More options"."""
    return any(
        other.advanced and (control.path == other.path or control.path.startswith(f"{other.path}."))
        for other in everything
    )
