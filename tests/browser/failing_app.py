"""An app like ours whose page fails wherever one can: drawn, clicked, and in a part of it."""

from __future__ import annotations

import streamlit as st

from aecore.errors import JobError
from aecore.experiment import Experiment
from ui.app import last_resort, session

DIMENSION = 7


def fail() -> None:
    """What nobody foresaw; its words are for nobody's eyes."""
    raise KeyError("a <secret> of the code")


def refuse() -> None:
    """What was foreseen, and told by nobody."""
    raise JobError("There are too many of them.", "Let some finish.")


def part() -> None:
    """A part of the page that is drawn by itself."""
    if st.button("Fail in a part"):
        fail()


if __name__ == "__main__":
    if session.DRAFT not in st.session_state:
        session.set_draft(Experiment().replace({"model.encoding_dim": DIMENSION}))
    st.title("A page")
    st.caption(f"Dimension {session.draft().model.encoding_dim}")
    st.button("Fail when clicked", on_click=fail)
    st.button("Refuse when clicked", on_click=refuse)
    st.fragment(part)()
    if st.checkbox("Fail when drawn"):
        fail()
    st.caption("All of it is drawn")
else:
    app = st.App(__file__, on_script_error=last_resort.tell)
