"""The peer of first_paint: the smallest Streamlit app that has a button."""

import streamlit as st

st.button("Start")
