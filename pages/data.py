"""Data: choose a data set or bring your own, check it, and say what is to be learned from."""

from __future__ import annotations

import streamlit as st

from aecore.data import title_of
from aecore.data.profile import stored_sheets
from ui.app import session
from ui.base import text
from ui.data import check_sheet, data_choice, reading
from ui.form import fields, forms

session.require_app()
st.title("Data", anchor=False)
data_choice.gallery()

source, way = data_choice.looked_at()
st.divider()
title, action = st.columns([3, 1], vertical_alignment="center")
title.header(text.plain(title_of(source)), anchor=False)
if not data_choice.sheet_is_there(source, way):
    st.stop()
if not data_choice.is_of_the_form(source, way):
    data_choice.open_source(source, way)
    st.rerun()
with action.container(horizontal=True, horizontal_alignment="right"):
    st.page_link("pages/train.py", label="Train on this", icon=":material/model_training:")

sheet, preview = stored_sheets.saved(source, way), stored_sheets.previewed(source, way)
wrong = session.problems()
if sheet is None or preview is None:
    st.stop()
check_sheet.overview(sheet)
reading.told(source, way, sheet.notes, data_choice.open_source)
check_sheet.advice(sheet)
reading.choices(source, way, sheet.notes, data_choice.open_source)

with fields.drawing():
    left, right = st.columns([7, 4], gap="medium")
    with left:
        st.markdown("**A few samples, as they came**")
        check_sheet.sample(sheet, preview)
        if sheet.is_table:
            st.markdown("**Columns and their roles**")
            check_sheet.columns_editor(sheet, wrong.get("data.roles", ""))
    with right:
        st.markdown("**What is taken and what is done to it**")
        forms.data_form(wrong)
        check_sheet.class_filter(sheet, wrong.get("data.classes", ""))
