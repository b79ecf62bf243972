"""Components: parts of a page that the browser draws by itself, from files beside their module."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer


def component(module_file: str, html: str) -> ComponentRenderer:
    """What puts `html` on a page, with the `.js` and, if there is one, the `.css` of a module.

    To be called once, when the module is imported, with its `__file__`.
    """
    module = Path(module_file)
    name, style = module.stem, module.with_suffix(".css")
    return st.components.v2.component(
        name,
        html=html,
        css=style.read_text(encoding="utf-8") if style.is_file() else None,
        js=module.with_suffix(".js").read_text(encoding="utf-8"),
    )


def run_again() -> None:
    """For a change that one need only be told of: the page, or the part around, runs again."""
