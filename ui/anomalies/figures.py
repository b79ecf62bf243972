"""Figures at the threshold: alarms, false alarms, and with labels what is found and what missed."""

from __future__ import annotations

from ui.base.component import component

_figures = component(__file__, '<div class="figures"></div>')


def show_figures(channel: str) -> None:
    """The figures, which follow the threshold of this channel while it moves."""
    _figures(key=f"{channel}-figures", data={"channel": channel})
