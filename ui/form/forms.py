"""The form that edits the draft: it is made from the Experiment's own fields."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from aecore.data import DATASETS, is_known
from aecore.data.prepare.split import part_sizes
from aecore.experiment.available_options import available_options
from aecore.experiment.data_facts import known_facts
from aecore.experiment.presets import PRESETS, left_out, suiting
from aecore.experiment.tree import ExperimentTree
from aecore.settings import Control, controls, value_at
from ui.app import belongings, session
from ui.base import text
from ui.form import drafts, fields

# The parts of an Experiment under headings that a reader looks for.
SECTIONS = {
    "Data": ("data", "preprocessing"),
    "Model": ("model",),
    "Training": ("training", "seed"),
}
# By the beginnings of their paths.
RARE_SECTIONS = {
    "Data": ("data.", "preprocessing."),
    "Layers and code": ("model.backbone", "model.bottleneck", "model.corruption", "model.output"),
    "Penalties": ("model.penalties",),
    "Training": ("training.", "seed"),
}
PRESET_KEY = "form:start_from"


def preset_pills() -> None:
    """Starting points; the one that the form is equal to is lit."""
    data = session.draft().data
    known = is_known(data.source, data.reading)
    names = suiting(data.source, data.reading) if known else ()
    chosen = drafts.matching_preset()
    fields.show(PRESET_KEY, chosen)
    st.pills(
        "Preset",
        names,
        format_func=lambda name: PRESETS[name].title,
        key=PRESET_KEY,
        required=True,
        help="\n".join(f"- **{PRESETS[name].title}**: {PRESETS[name].summary}" for name in names),
        on_change=_start_from_pill,
        wrap=True,
    )
    st.caption(PRESETS[chosen].summary if chosen else "Your own settings.")
    if known:
        _tell_left_out(left_out(data.source, data.reading))


def _tell_left_out(reasons: Mapping[str, str]) -> None:
    """The presets that are not offered for this data set, with the reasons behind a mark."""
    if not reasons:
        return
    titles = ", ".join(PRESETS[name].title for name in reasons)
    told = (f"- **{PRESETS[name].title}**: {text.plain(why)}" for name, why in reasons.items())
    st.caption(f"Not offered for this data: {titles}.", help="\n".join(told))


def data_form(wrong: dict[str, str]) -> None:
    """The options of the data set and of what is done to it, all at once.

    Args:
        wrong: field path -> sentence, as `session.problems` gives.
    """
    edited = session.draft()
    for control in _offered(edited):
        if control.path != drafts.SOURCE and control.path.split(".")[0] in SECTIONS["Data"]:
            _field(control, edited, wrong)


def experiment_form(wrong: dict[str, str]) -> None:
    """Every option of the draft, those for few behind "More options".

    Args:
        wrong: field path -> sentence, as `session.problems` gives.
    """
    edited = session.draft()
    everything = _offered(edited)
    rare = [control for control in everything if _is_rare(control, everything)]
    for title, groups in SECTIONS.items():
        st.subheader(title, anchor=False)
        for control in everything:
            if control not in rare and control.path.split(".")[0] in groups:
                _field(control, edited, wrong)
    more = st.expander(
        "More options",
        key="more_options",
        expanded=any(c.path in wrong for c in rare),
        on_change="rerun",
    )
    if not more.open:
        return
    with more:
        for title, groups in RARE_SECTIONS.items():
            shown = [control for control in rare if control.path.startswith(groups)]
            if shown:
                st.markdown(f"**{title}**")
            for control in shown:
                _field(control, edited, wrong)


def _offered(edited: ExperimentTree) -> list[Control]:
    """The options of the form that do something now."""
    own = tuple(belongings.uploads())
    found = (available_options(edited, control, own) for control in controls(edited))
    return [control for control in found if control is not None and not control.on_data_page]


def _field(control: Control, edited: ExperimentTree, wrong: dict[str, str]) -> None:
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


def _is_rare(control: Control, everything: list[Control]) -> bool:
    """Whether the option, or a group that it is part of, belongs behind "More options"."""
    return any(
        other.advanced and (control.path == other.path or control.path.startswith(f"{other.path}."))
        for other in everything
    )


def _start_from_pill() -> None:
    preset = st.session_state[PRESET_KEY]
    if preset in PRESETS:
        drafts.start_from(preset)
