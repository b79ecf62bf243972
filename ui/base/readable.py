"""Readable: the few rules of contrast, focus and words that Streamlit's theme has no option for."""

from __future__ import annotations

import streamlit as st

from ui.base.theme import Palette

# Text in the accent colour on its own tint is too pale; the links of a theme are dark enough.
# The ring around a focused link and the word beside the sign that opens the list of pages are not
# there in Streamlit's own front end.
RULES = """<style>
[data-selected="true"] p, [data-testid="stSliderThumbValue"],
[data-testid="stSliderThumbValue"] p, [data-testid="stSlider"] [data-rac] p {{
  color: {accent};
}}
a[data-testid="stTopNavLink"]:focus-visible, a[data-testid="stSidebarNavLink"]:focus-visible,
[data-testid="stTopNavSection"]:focus-visible {{
  outline: 2px solid {accent}; outline-offset: 2px;
}}
[data-testid="stExpandSidebarButton"] {{ width: auto; }}
[data-testid="stExpandSidebarButton"]::after {{ content: "Pages"; margin-left: 0.25rem; }}
</style>"""


def make_readable(palette: Palette) -> None:
    """Put the rules on the page; nothing of them is seen or read out."""
    st.html(RULES.format(accent=palette.accent))
