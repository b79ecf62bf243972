"""The model that the form describes, before anything is trained."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import streamlit as st

from aecore.errors import LabError
from aecore.experiment.experiment import layers_of
from aecore.experiment.tree import ExperimentTree
from aecore.models.assembly import Layer
from ui.app import session
from ui.base import text
from ui.base.theme import palette
from ui.figures import architecture
from ui.shared.findings import show_findings_before


def panel(edited: ExperimentTree) -> None:
    """The hourglass, and what it comes to in numbers."""
    try:
        layers = layers_of(edited)
    except LabError as error:
        session.show_error(error)
        return
    # Wider, the letters of the diagram would be larger than those of the page.
    st.html(
        """<style>.st-key-train-run [data-testid="stImage"] img { max-width: 52rem; }</style>"""
    )
    st.image(
        architecture.plot_architecture(layers, palette()),
        width="stretch",
        alt=architecture.describe_architecture(layers),
    )
    features, code = edited.facts.features, edited.model.encoding_dim
    st.caption(
        f"{text.counted(features, 'value')} are compressed into {text.count(code)} "
        f"({text.rounded(features / code)} to 1) and reconstructed from them. "
        f"{architecture.parameters(layers)}."
    )
    show_findings_before(edited)


def layers_table(edited: ExperimentTree) -> None:
    """The layers as a table, folded away."""
    table = st.expander("Layers as a table", key="layers_table", on_change="rerun")
    # Closed, it would still have the browser fetch its code for tables before the first page.
    if not table.open:
        return
    with table, suppress(LabError):
        _table(layers_of(edited))


def _table(layers: Sequence[Layer]) -> None:
    st.table(
        {
            "Part": [layer.part.capitalize() for layer in layers],
            "Layer": [layer.title for layer in layers],
            "Output shape": [text.shape(layer.shape) for layer in layers],
            "Parameters": [text.count(layer.parameters) for layer in layers],
        }
    )
