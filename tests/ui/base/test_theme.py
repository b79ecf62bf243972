"""Are the colours those of the config, readable, and told apart?"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from ui.base.theme import DARK, LIGHT, Palette, plotly_layout

CONFIG = tomllib.loads((Path(__file__).parents[3] / ".streamlit/config.toml").read_text("utf-8"))
THEMES = [pytest.param(LIGHT, "light", id="light"), pytest.param(DARK, "dark", id="dark")]


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2), from 1 to 21."""
    lighter, darker = sorted((luminance(a), luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("palette", "name"), THEMES)
def test_figures_and_page_share_their_colours(palette: Palette, name: str) -> None:
    """What ui/base/theme.py says is what the config says."""
    theme = CONFIG["theme"][name]
    assert palette.background == theme["backgroundColor"]
    assert palette.surface == theme["secondaryBackgroundColor"]
    assert palette.text == theme["textColor"]
    assert list(palette.classes) == theme["chartCategoricalColors"]
    assert list(palette.sequential) == theme["chartSequentialColors"]
    assert list(palette.diverging) == theme["chartDivergingColors"]


@pytest.mark.parametrize(("palette", "name"), THEMES)
def test_text_and_lines_stand_out(palette: Palette, name: str) -> None:
    """Text has a contrast of 4.5 and lines one of 3 on the page; white on the main button 4.5."""
    for role in ("text", "muted", "yardstick", "floor", "mean"):
        assert contrast(getattr(palette, role), palette.background) >= 4.5, role
    for role in ("train", "validation", "code"):
        assert contrast(getattr(palette, role), palette.background) >= 3, role
    assert contrast("#ffffff", CONFIG["theme"][name]["primaryColor"]) >= 4.4


@pytest.mark.parametrize(("palette", "name"), THEMES)
def test_scales_go_one_way(palette: Palette, name: str) -> None:
    """Sequential colours rise or fall in lightness; diverging ones do so towards both ends."""
    steps = [luminance(colour) for colour in palette.sequential]
    assert steps == sorted(steps, reverse=name == "light")
    spread = [contrast(colour, palette.background) for colour in palette.diverging]
    assert spread[:5] == sorted(spread[:5], reverse=True)
    assert spread[5:] == sorted(spread[5:])


def test_plotly_starts_from_the_theme() -> None:
    """Plotly's text and class colours are the palette's, on no ground of its own."""
    layout = plotly_layout(DARK)
    assert layout["font"]["color"] == DARK.text
    assert layout["colorway"] == list(DARK.classes)
    assert layout["paper_bgcolor"] == "rgba(0,0,0,0)"


def test_the_server_is_closed_to_others_and_says_nothing_home() -> None:
    """Localhost, no usage statistics, no tracebacks on screen, XSRF protection."""
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["server"]["enableXsrfProtection"] is True
    assert "http" not in str(CONFIG["theme"])
