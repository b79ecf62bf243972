"""What a check sheet says of a data set, and what each column and class is for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from aecore.data import Facts, Sheet
from aecore.data.columns.column import ROLES, Role
from aecore.data.columns.roles import roles_of
from aecore.data.profile.role_notes import about_time
from aecore.errors import DataError
from aecore.experiment.data_facts import known_facts
from aecore.experiment.requirements import unmet
from ui.app import session
from ui.base import text
from ui.base.theme import palette
from ui.figures import previews
from ui.form import drafts

EDITOR = "column-roles"
SIZE_READING = "How large one sample is, with the options on this page."
READING = {
    "Rows": "Rows or samples in the file, before a choice of classes or of fewer rows.",
    "Classes": "Different labels; they colour maps, and held-out rows keep their proportions.",
    "Missing values": "Empty cells in all columns, ignored ones too.",
    "Memory": "All features as numbers of four bytes, before windows or categories are made.",
}


def overview(sheet: Sheet) -> None:
    """Rows, shape, classes, missing values and memory."""
    known = known_facts(session.draft())
    gaps = sum(column.missing for column in sheet.columns)
    shown = {
        "Rows": text.count(sheet.rows),
        _size_title(known): text.shape(known.sample_shape) if known else text.NOT_YET,
        "Classes": text.count(len(known.class_names)) if known and known.class_names else "none",
        "Missing values": text.count(gaps),
        "Memory": text.megabytes(sheet.memory),
    }
    for column, (title, value) in zip(st.columns(len(shown)), shown.items(), strict=True):
        column.metric(title, value, help=READING.get(title, SIZE_READING))


def _size_title(known: Facts | None) -> str:
    """What the size of a sample is called: pictures and series have a shape, others a length."""
    if known is None:
        return "One sample"
    return {"image": "One picture", "series": "Steps × channels"}.get(
        known.kind, "Values per sample"
    )


def advice(sheet: Sheet) -> None:
    """What suits the data and what to look out for, in words."""
    for sentence in sheet.advice:
        st.markdown(f":material/lightbulb: {text.plain(sentence)}")


def sample(sheet: Sheet, preview: dict[str, Any]) -> None:
    """A few samples as they came; of a wide table the first columns."""
    if preview["kind"] == "image":
        count = preview["shape"][0]
        st.image(
            previews.plot_pictures(preview, palette()), width="stretch", alt=f"{count} pictures"
        )
    elif preview["kind"] == "series":
        st.plotly_chart(previews.plot_series(preview, palette()), key="preview-series")
    else:
        st.dataframe(pd.DataFrame(preview["rows"], columns=preview["columns"]), hide_index=True)
        shown, there = len(preview["columns"]), len(sheet.columns)
        if shown < there:
            st.caption(f"The first {shown:,} of {there:,} columns.")


def columns_editor(sheet: Sheet, problem: str) -> None:
    """Each column with its type, role and why; a role can be changed."""
    given = session.draft().data.roles
    try:
        roles = roles_of(sheet.columns, given)
    except DataError:
        roles = {c.name: given.get(c.name, c.role) for c in sheet.columns}
    rows = pd.DataFrame(
        {
            "Column": [c.name for c in sheet.columns],
            "Type": [c.type for c in sheet.columns],
            "Role": [roles[c.name] for c in sheet.columns],
            "Missing": [c.missing for c in sheet.columns],
            "Different": [c.distinct for c in sheet.columns],
            "From": [c.low for c in sheet.columns],
            "To": [c.high for c in sheet.columns],
            "Note": [c.reason for c in sheet.columns],
        }
    )
    edited = st.data_editor(
        rows,
        # Another key for other roles: an edit that was taken over must not be made again.
        key=f"{EDITOR}-{hash(tuple(sorted(given.items())))}-{sheet.digest}",
        hide_index=True,
        disabled=[name for name in rows.columns if name != "Role"],
        column_config={
            "Role": st.column_config.SelectboxColumn(
                options=list(ROLES),
                required=True,
                help="Feature: the model learns it. Label: names the class. Time: the rows are a "
                "series, cut into windows. Text: described by its words. Ignore: left out.",
            )
        },
    )
    if not edited["Role"].equals(rows["Role"]):
        _take_roles(sheet, edited["Role"].tolist())
        # A role that the draft refuses, which only a forged edit can hold, changes nothing.
        if session.draft().data.roles != given:
            st.rerun()
    sorting = about_time(sheet.columns, given, session.draft().data.reading)
    if sorting:
        st.markdown(f":material/info: {text.plain(sorting)}")
    if problem:
        st.markdown(f":red[:material/error: {text.plain(problem)}]")


def class_filter(sheet: Sheet, problem: str) -> None:
    """How many rows each class has, and which classes to take."""
    known = known_facts(session.draft())
    if known is None or not known.class_names:
        return
    names = known.class_names
    counts, chosen = dict(sheet.classes), session.draft().data.classes
    if chosen or unmet(session.draft(), "data.classes", names) is None:
        _choose_classes(sheet, names, [name for name in chosen if name in names])
    if problem:
        st.markdown(f":red[:material/error: {text.plain(problem)}]")
    if counts and set(counts) == set(names):
        most = max(counts.values())
        st.dataframe(
            pd.DataFrame({"Class": list(counts), "Rows": list(counts.values())}),
            hide_index=True,
            column_config={
                "Rows": st.column_config.ProgressColumn(
                    format="localized", min_value=0, max_value=most
                )
            },
        )


def _choose_classes(sheet: Sheet, names: Sequence[str], chosen: Sequence[str]) -> None:
    counts = dict(sheet.classes)
    st.multiselect(
        "Only these classes",
        names,
        default=chosen,
        format_func=lambda name: f"{name} ({text.count(counts[name])})" if name in counts else name,
        key=f"classes-{sheet.digest}",
        placeholder="All",
        on_change=_take_classes,
        args=(f"classes-{sheet.digest}",),
    )


def _take_roles(sheet: Sheet, roles: list[Role]) -> None:
    """Keep those that are not as proposed."""
    chosen = zip(sheet.columns, roles, strict=True)
    drafts.change("data.roles", {c.name: role for c, role in chosen if role != c.role})


def _take_classes(key: str) -> None:
    drafts.change("data.classes", list(st.session_state[key]))
