"""Signing in, where accounts are set up."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from ui.app import visitors
from ui.base.text import plain


def require_account() -> None:
    """Let a visitor sign in who has not; the page ends there for them."""
    if not visitors.must_sign_in():
        return
    st.title("Autoencoder Lab", anchor=False)
    st.write("Runs are kept for each person here. Sign in to see yours and to train new ones.")
    for provider in _providers():
        label = f"Sign in with {plain(provider)}" if provider else "Sign in"
        st.button(label, type="primary", on_click=st.login, args=(provider or None,))
    st.stop()


def offer_sign_out() -> None:
    """Say who has signed in, and let them sign out."""
    if not visitors.is_signed_in():
        return
    name = st.user.get("name") or st.user.get("email") or "you"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"Signed in as {plain(str(name))}.")
        st.button("Sign out", type="tertiary", icon=":material/logout:", on_click=st.logout)


def _providers() -> list[str]:
    """The names of those who tell who somebody is; an empty one for the only one."""
    section: Mapping[str, object] = st.secrets["auth"]
    named = [name for name, value in section.items() if isinstance(value, Mapping)]
    return [name for name in named if name != "client_kwargs"] or [""]
