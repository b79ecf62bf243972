"""Readable: the few rules of contrast, focus and words that Streamlit's theme has no option for."""

from __future__ import annotations

import streamlit as st


def make_readable(dark: bool) -> None:
    """Put the rules on the page; nothing of them is seen or read out.

    Text in the accent colour on its own tint is too pale, so it takes the colour of links. The ring
    around a focused link, and the word beside the sign that opens the list of pages on a phone, are
    not there in Streamlit's own front end.
    """
    if dark:
        st.html("<style>:root { --chosen: #8fb0ff; }</style>")
    else:
        st.html("<style>:root { --chosen: #2851b3; }</style>")
    st.html(
        """<style>
[data-selected="true"] p, [data-testid="stSliderThumbValue"],
[data-testid="stSliderThumbValue"] p, [data-testid="stSlider"] [data-rac] p {
  color: var(--chosen);
}
a[data-testid="stTopNavLink"]:focus-visible, a[data-testid="stSidebarNavLink"]:focus-visible,
[data-testid="stTopNavSection"]:focus-visible {
  outline: 2px solid var(--chosen); outline-offset: 2px;
}
[data-testid="stExpandSidebarButton"] { width: auto; }
[data-testid="stExpandSidebarButton"]::after { content: "Pages"; margin-left: 0.25rem; }
</style>"""
    )
