"""The heaviest terms of texts beside those of their reconstructions, in two short columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aecore.data.terms import Term, TextPair
from aecore.training.events import Event
from ui.base.text import rounded
from ui.base.theme import Palette
from ui.figures import svg

PAIR_WIDTH = 312
GAP = 16
COLUMN = (PAIR_WIDTH - GAP) / 2
LABEL_HEIGHT = 22
HEAD_HEIGHT = 22
ROW = 20
BAR = 17
KEY_HEIGHT = 26
# Width that a weight takes at the right end of its line.
WEIGHT_WIDTH = 44
# Width that the mark takes before it.
MARK_WIDTH = 14
LETTERS = 20
LABEL_LETTERS = 40
# Texts and terms of a usual probe; see aecore/training/snapshot_recorder.py.
USUAL_TEXTS = 4
USUAL_TERMS = 6
SIDE_BY_SIDE = 2
TINT = 0.26


@dataclass(frozen=True)
class Column:
    """What a column is called, its colour, and the sign of terms that only it has.

    Attributes:
        mark: the sign as an SVG path, since the size of a letter depends on the visitor's fonts.
        meaning: of the sign.
    """

    title: str
    colour: str
    mark: str
    meaning: str


def plot_text_probe(snapshot: Event, palette: Palette) -> str:
    """The probe of a snapshot event of texts as an SVG, two texts in a line."""
    pairs, labels = probe_pairs(snapshot), snapshot["probe"]["labels"]
    heads = labels or [f"Text {i + 1}" for i in range(len(pairs))]
    scale = _heaviest(pairs)
    drawn = [
        _head(head, palette) + svg.moved(_columns(pair, scale, palette), 0, LABEL_HEIGHT)
        for pair, head in zip(pairs, heads, strict=True)
    ]
    return _grid(drawn, palette)


def plot_empty_texts(palette: Palette) -> str:
    """The room that a usual probe of texts will take."""
    return _grid([""] * USUAL_TEXTS, palette)


def plot_pair(pair: TextPair, palette: Palette) -> str:
    """One text and its reconstruction as an SVG, with a key."""
    height = HEAD_HEIGHT + ROW * max(1, len(pair.original), len(pair.reconstruction))
    columns = _columns(pair, _heaviest([pair]), palette)
    body = columns + svg.moved(_key(palette), 0, height)
    return svg.document(body, PAIR_WIDTH, height + KEY_HEIGHT)


def describe_text_probe(snapshot: Event) -> str:
    """The figure in words, for those who do not see it."""
    pairs = probe_pairs(snapshot)
    kept, terms = sum(pair.kept for pair in pairs), sum(len(pair.original) for pair in pairs)
    return (
        f"The heaviest terms of {len(pairs)} texts and of their reconstructions after epoch "
        f"{snapshot['epoch']}; {kept} of {terms} terms come back."
    )


def probe_pairs(snapshot: Event) -> list[TextPair]:
    """The texts of a snapshot event."""
    return [
        TextPair(
            tuple(Term(*term) for term in text["original"]),
            tuple(Term(*term) for term in text["reconstruction"]),
        )
        for text in snapshot["probe"]["texts"]
    ]


def _grid(pairs: Sequence[str], palette: Palette) -> str:
    """Texts in lines of two, over a key."""
    tall = LABEL_HEIGHT + HEAD_HEIGHT + USUAL_TERMS * ROW + GAP
    body = [
        svg.moved(pair, i % SIDE_BY_SIDE * (PAIR_WIDTH + GAP), i // SIDE_BY_SIDE * tall)
        for i, pair in enumerate(pairs)
    ]
    height = tall * -(-len(pairs) // SIDE_BY_SIDE)
    body.append(svg.moved(_key(palette), 0, height))
    return svg.document("".join(body), SIDE_BY_SIDE * (PAIR_WIDTH + GAP) - GAP, height + KEY_HEIGHT)


def _head(label: str, palette: Palette) -> str:
    shown = svg.text(
        svg.shortened(label, LABEL_LETTERS), MARK_WIDTH, 15, palette.text, 'font-weight="600"'
    )
    return svg.clipped(shown, 0, 0, PAIR_WIDTH, LABEL_HEIGHT)


def _columns(pair: TextPair, scale: float, palette: Palette) -> str:
    """What went in and what came out; the bars of both are on one scale."""
    before, after = _both(palette)
    left = _column(pair.original, before, scale, palette)
    right = _column(pair.reconstruction, after, scale, palette)
    return left + svg.moved(right, COLUMN + GAP, 0)


def _both(palette: Palette) -> tuple[Column, Column]:
    return (
        Column("In", palette.original, "M2 5l7 7m0-7l-7 7", "missing on the right"),
        Column("Out", palette.reconstruction, "M5.5 4.5v8m-4-4h8", "not in the text"),
    )


def _column(terms: Sequence[Term], column: Column, scale: float, palette: Palette) -> str:
    lines = [
        svg.moved(_line(term, column, scale, palette), 0, HEAD_HEIGHT + i * ROW)
        for i, term in enumerate(terms)
    ]
    if not lines:
        lines = [svg.text("no term", MARK_WIDTH + 5, HEAD_HEIGHT + 13, palette.muted)]
    return svg.text(column.title, MARK_WIDTH, 14, palette.muted) + "".join(lines)


def _line(term: Term, column: Column, scale: float, palette: Palette) -> str:
    """A term over a bar as long as it is heavy, its weight, and a mark if only this side has it."""
    width = max(2.0, (COLUMN - MARK_WIDTH) * term.weight / scale)
    colour = column.colour if term.shared else palette.positive
    bar = f'rx="2" fill="{colour}" fill-opacity="{TINT}"'
    name = svg.text(svg.shortened(term.name, LETTERS), 5, 13, palette.text)
    weight = svg.text(
        rounded(term.weight, 2), COLUMN - 4, 13, palette.muted, f'{svg.END} font-size="11"'
    )
    return (
        ("" if term.shared else _mark(column, palette))
        + svg.box(MARK_WIDTH, 0, width, BAR, bar)
        + svg.clipped(name, MARK_WIDTH, 0, COLUMN - MARK_WIDTH - WEIGHT_WIDTH, ROW)
        + weight
    )


def _mark(column: Column, palette: Palette) -> str:
    stroke = f'stroke="{palette.positive}" stroke-width="1.8" stroke-linecap="round"'
    return f'<path d="{column.mark}" fill="none" {stroke}/>'


def _key(palette: Palette) -> str:
    return "".join(
        svg.moved(
            _mark(column, palette) + svg.text(column.meaning, MARK_WIDTH + 5, 13, palette.muted),
            x,
            4,
        )
        for column, x in zip(_both(palette), (0, COLUMN + GAP), strict=True)
    )


def _heaviest(pairs: Sequence[TextPair]) -> float:
    """The weight of the longest bar."""
    terms = [term for pair in pairs for term in (*pair.original, *pair.reconstruction)]
    return max((term.weight for term in terms), default=0.0) or 1.0
