"""Settings of a run in sight: what was changed from the defaults first, then all of them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from aecore.runs.layout import RunSummary
from aecore.runs.telling_apart import ToldOption, told_options

# Longer tables scroll.
MOST_IN_FULL, TABLE_HEIGHT = 8, 320
WIDTH = 420
UNCHANGED = "Everything is at its default."


def show_settings(run: RunSummary) -> None:
    """A button that unfolds what the run was trained with."""
    panel = st.popover(
        "Settings",
        icon=":material/tune:",
        key=f"settings-{run.run_id}",
        on_change="rerun",
        help="What this run was trained with.",
    )
    if not panel.open:
        return
    with panel, st.container(width=WIDTH):
        told = told_options(run.experiment)
        changed = [option for option in told if option.default]
        st.markdown("**Not at their defaults**")
        if changed:
            _show_table(changed, "Settings that differ from their defaults", with_default=True)
        else:
            st.caption(UNCHANGED)
        st.markdown("**At their defaults**")
        same = [option for option in told if not option.default]
        _show_table(same, "Settings at their defaults", with_default=False)


def _show_table(options: Sequence[ToldOption], alt: str, *, with_default: bool) -> None:
    frame = pd.DataFrame(
        {
            "Setting": [option.title for option in options],
            "This run": [option.value for option in options],
            **({"Default": [option.default for option in options]} if with_default else {}),
        }
    )
    is_short = len(options) <= MOST_IN_FULL
    st.dataframe(frame, hide_index=True, height="content" if is_short else TABLE_HEIGHT, alt=alt)
