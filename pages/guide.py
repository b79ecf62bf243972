"""Guide: how to use every page, and what the words mean."""

from __future__ import annotations

import streamlit as st

from ui.app import session
from ui.guide.documents import glossary, guide
from ui.shared.next_steps import show_next_steps

GLOSSARY = "Glossary"

session.require_app()
st.title("Guide", anchor=False)
sections = guide()
chosen = st.pills(
    "Read about",
    [*sections, GLOSSARY],
    default=next(iter(sections)),
    required=True,
    key="guide-section",
    persist_state="session",
    label_visibility="collapsed",
)
with st.container(width=860):
    st.header(chosen, anchor=False)
    st.markdown(glossary() if chosen == GLOSSARY else sections[chosen], anchors=False)
show_next_steps("Train", "Data")
