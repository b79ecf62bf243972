"""A template of a table, for those who wonder what a file should look like."""

from __future__ import annotations

import streamlit as st

HEAD = ("id", "length", "weight", "colour", "quality")
ROWS = (
    ("A-001", 12.4, 3.10, "red", "ok"),
    ("A-002", 12.6, 3.05, "blue", "ok"),
    ("A-003", 12.1, 3.20, "red", "ok"),
    ("A-004", 11.9, "", "green", "ok"),
    ("A-005", 18.7, 2.11, "red", "faulty"),
)
HELP = (
    "One row a sample, one column a quantity, names in the first line. Numbers and words may be "
    "mixed, cells may be empty; ids and labels are not learned from."
)


def offer_template() -> None:
    """A small CSV file to fill in."""
    lines = [",".join(str(cell) for cell in row) for row in (HEAD, *ROWS)]
    st.download_button(
        "A template (CSV)",
        "\n".join(lines) + "\n",
        "template.csv",
        "text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        key="template-csv",
        help=HELP,
    )
