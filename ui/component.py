"""How does a part of a page that the browser draws by itself come from its files?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

_HERE = Path(__file__).parent


def component(name: str, html: str) -> ComponentRenderer:
    """What puts `html` on a page, with `<name>.js` of this folder and, if it has one, its `.css`.

    To be called once a name, when its module is imported.
    """
    style = _HERE / f"{name}.css"
    return st.components.v2.component(
        name,
        html=html,
        css=style.read_text(encoding="utf-8") if style.is_file() else None,
        js=(_HERE / f"{name}.js").read_text(encoding="utf-8"),
    )


def run_again() -> None:
    """For a change that one need only be told of: the page, or the part around, runs again."""
