"""Next steps: what to do after a page, as links to other pages."""

from __future__ import annotations

import streamlit as st

# Page -> its script, its icon, and what it answers.
PAGES = {
    "Train": ("pages/train.py", ":material/model_training:", "Train another run"),
    "Data": ("pages/data.py", ":material/dataset:", "Look at the data"),
    "Reconstructions": (
        "pages/reconstructions.py",
        ":material/compare:",
        "See what comes back of samples",
    ),
    "Latent space": (
        "pages/latent_space.py",
        ":material/scatter_plot:",
        "See how samples lie to each other",
    ),
    "Dimensions": (
        "pages/dimensions.py",
        ":material/straighten:",
        "Find out how many numbers the code needs",
    ),
    "Features": ("pages/features.py", ":material/science:", "Use the codes as features"),
    "Anomalies": ("pages/anomalies.py", ":material/troubleshoot:", "Find what is odd"),
    "Generate": ("pages/generate.py", ":material/auto_awesome:", "Generate new samples"),
    "Runs": ("pages/runs.py", ":material/list:", "Compare with your other runs"),
}


def show_next_steps(*pages: str) -> None:
    """Links to the pages, with what each is for."""
    with st.container(horizontal=True, vertical_alignment="center", key="next-steps"):
        st.markdown("**What next?**", width="content")
        for page in pages:
            script, icon, label = PAGES[page]
            st.page_link(script, label=label, icon=icon)
