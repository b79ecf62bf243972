"""The form of Train in folds: data, model, training, and what few need; each with a summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from aecore.data import title_of
from aecore.experiment.differences import Difference, in_words
from aecore.experiment.tree import ExperimentTree
from aecore.settings import Control
from ui.app import session
from ui.base import text
from ui.form import drafts, forms

# The parts of an Experiment under headings that a reader looks for.
FOLDS = {
    "Data": ("data", "preprocessing"),
    "Model": ("model",),
    "Training": ("training", "seed"),
}
MORE = "More options"
# Within it, by the beginnings of their paths.
RARE_SECTIONS = {
    "Data": ("data.", "preprocessing."),
    "Layers and code": ("model.backbone", "model.bottleneck", "model.corruption", "model.output"),
    "Penalties": ("model.penalties",),
    "Training": ("training.", "seed"),
}


def key(fold: str) -> str:
    """The key of a fold, under which it is known whether it is open."""
    return f"fold:{fold}"


def experiment_form(wrong: dict[str, str]) -> None:
    """Every option of the draft; what is folded away is drawn once it is unfolded.

    Args:
        wrong: field path -> sentence, as `session.problems` gives.
    """
    edited, changed = session.draft(), drafts.changed_from_preset()
    everything = forms.offered(edited)
    rare = [control for control in everything if forms.is_rare(control, everything)]
    st.html("""<style>
.st-key-folds { gap: 0.2rem; }
.st-key-folds [data-testid="stCaptionContainer"] { padding: 0 0.2rem 0.5rem; }
</style>""")
    with st.container(key="folds"):
        for title, groups in FOLDS.items():
            shown = [c for c in everything if c not in rare and c.path.split(".")[0] in groups]
            summary = _summary(title, edited, _among(shown, changed))
            _fold(title, shown, summary, edited, wrong)
        summary = _marked(_among(rare, changed)) or "Rarely needed; all as the preset has them."
        _fold(MORE, rare, summary, edited, wrong)


def _fold(
    title: str,
    shown: Sequence[Control],
    summary: str,
    edited: ExperimentTree,
    wrong: dict[str, str],
) -> None:
    """One fold with its summary in a line under its name; unfolded where something is wrong."""
    # A change of its label would have the browser build it anew, under the hands of a user.
    if any(control.path in wrong for control in shown):
        st.session_state[key(title)] = True
    with st.container(gap=None):
        fold = st.expander(title, key=key(title), on_change="rerun")
        st.caption(summary)
    if not fold.open:
        return
    with fold:
        for heading, controls in _parts(title, shown).items():
            if heading and controls:
                st.markdown(f"**{heading}**")
            for control in controls:
                forms.draw_field(control, edited, wrong)


def _parts(title: str, shown: Sequence[Control]) -> dict[str, list[Control]]:
    """The options of a fold, under headings where it has many."""
    if title != MORE:
        return {"": list(shown)}
    return {
        heading: [control for control in shown if control.path.startswith(groups)]
        for heading, groups in RARE_SECTIONS.items()
    }


def _summary(title: str, edited: ExperimentTree, changed: Sequence[Difference]) -> str:
    """What a fold holds, in a line, and what of it is not as the preset has it."""
    said = text.plain(_SUMMARIES[title](edited))
    marked = _marked(changed)
    return f"{said} · {marked}" if marked else said


def _marked(changed: Sequence[Difference]) -> str:
    return f":orange[**{text.plain(in_words(changed))}**]" if changed else ""


def _among(shown: Sequence[Control], changed: Sequence[Difference]) -> list[Difference]:
    paths = {control.path for control in shown}
    return [difference for difference in changed if difference.path in paths]


def _data(edited: ExperimentTree) -> str:
    held_out = edited.data.validation_fraction
    return f"{title_of(edited.data.source)} · {held_out:.0%} held out"


def _model(edited: ExperimentTree) -> str:
    return f"{edited.backbone.title} · code of {text.count(edited.model.encoding_dim)}"


def _training(edited: ExperimentTree) -> str:
    return f"{text.counted(edited.training.epochs, 'epoch')} · {edited.loss.title}"


_SUMMARIES: dict[str, Callable[[ExperimentTree], str]] = {
    "Data": _data,
    "Model": _model,
    "Training": _training,
}
