"""What of a run's settings cannot be read, and what can be done about it."""

from __future__ import annotations

import streamlit as st

from aecore.experiment.stored import StoredExperiment
from ui.base.text import plain

CAUSE = "Not all settings of this run can be read."


def show_unread(experiment: StoredExperiment, *, beside_delete: bool = False) -> None:
    """A box with the reasons and the way out; nothing for a run that can be read as it is.

    Args:
        beside_delete: whether the button that deletes the run stands on the same page.
    """
    if not experiment.notes:
        return
    again = "train it again with what can be read, or " if experiment.values else ""
    where = "below" if beside_delete else "on the page Runs"
    st.warning(
        f"**{CAUSE}** {plain(' '.join(experiment.notes))} What else the run kept is shown. "
        f"You can {again}delete it {where}.",
        icon=":material/warning:",
    )
    if not beside_delete:
        st.page_link("pages/runs.py", label="Runs", icon=":material/list:")
