"""The app's mark, an hourglass of layers, alone and with its name."""

from __future__ import annotations

from ui.base.theme import IMAGE_FONT, Palette

NAME = "Autoencoder Lab"
BARS = ((2, 4, 24), (9, 8.5, 15), (16, 12, 8), (23, 8.5, 15), (30, 4, 24))


def plot_mark(palette: Palette) -> str:
    """Five bars, narrow in the middle, as an SVG of 36 × 32."""
    return _svg(36, _bars(palette))


def plot_wordmark(palette: Palette) -> str:
    """The mark and the name beside it, as an SVG."""
    name = (
        f'<text x="46" y="22" fill="{palette.text}" font-family="{IMAGE_FONT}" font-size="17" '
        f'font-weight="650" textLength="138" lengthAdjust="spacingAndGlyphs">{NAME}</text>'
    )
    return _svg(190, _bars(palette) + name)


def _bars(palette: Palette) -> str:
    colours = (palette.encoder, palette.encoder, palette.code, palette.decoder, palette.decoder)
    return "".join(
        f'<rect x="{x}" y="{y}" width="5" height="{height}" rx="1.5" fill="{colour}"/>'
        for (x, y, height), colour in zip(BARS, colours, strict=True)
    )


def _svg(width: int, body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 32" '
        f'width="{width}" height="32">{body}</svg>'
    )
