"""The run bar: which run a page looks at, what tells it from others, and a switcher to another."""

from __future__ import annotations

import streamlit as st

from aecore.errors import LabError
from aecore.runs.layout import RunSummary
from aecore.runs.telling_apart import differences, in_few_words
from ui.app import session
from ui.base.text import plain
from ui.base.theme import Palette, palette
from ui.figures.thumbnails import run_thumbnail
from ui.shared.run_picker import choose_run, offered_runs
from ui.shared.run_settings import show_settings
from ui.shared.unread import show_unread
from ui.shared.verdict import show_verdict, verdict_line, verdict_of

# So many of the newest runs are shown with a picture.
TILES = 6
TILE_WIDTH = 210
SWITCHER_WIDTH = 500
HELP = "Look at another run."


def run_bar(title: str) -> RunSummary:
    """The title of a page beside the run that it looks at; the page ends where there is none.

    A run that is still going on can be looked at too: `samples_of` says why it cannot be seen.
    """
    bar = st.container(
        horizontal=True, vertical_alignment="center", key="run-bar", gap="small", wrap=True
    )
    with bar:
        st.title(title, anchor=False, width="content")
    choices, open_run = offered_runs()
    run = choices[open_run]
    with bar:
        _show_switcher(choices, run)
        st.caption(plain(_told(run, choices)), width="content")
        st.space("stretch")
        show_settings(run)
    show_unread(run.experiment)
    show_verdict(run)
    return run


def _told(run: RunSummary, choices: dict[str, RunSummary]) -> str:
    """What the run is, and in what it differs from the one most like it."""
    return " · ".join([in_few_words(run.experiment), *differences(run, choices.values())])


def _show_switcher(choices: dict[str, RunSummary], run: RunSummary) -> None:
    """The run's name; pressed, all other runs, the newest with pictures."""
    # With another run it is another one, and so closed.
    switcher = st.popover(
        plain(run.name),
        icon=":material/swap_horiz:",
        key=f"switch-{run.run_id}",
        on_change="rerun",
        help=HELP,
    )
    with switcher, st.container(width=SWITCHER_WIDTH):
        choose_run(choices, run.run_id)
        if switcher.open:
            _show_tiles(choices, run)


def _show_tiles(choices: dict[str, RunSummary], run: RunSummary) -> None:
    newest = [other for other in choices.values() if other.ended and other.run_id != run.run_id]
    if not newest:
        st.caption("There is no other run yet. The next one that you train can be chosen here.")
        return
    grid, colours = st.grid(min_column_width=TILE_WIDTH, border=True), palette()
    for other in newest[:TILES]:
        with grid.cell():
            st.button(
                plain(other.name),
                key=f"switch-to-{other.run_id}",
                on_click=session.open_run,
                args=(other.run_id,),
                width="stretch",
            )
            picture = _picture(other.run_id, colours.dark, colours)
            if picture is not None:
                st.image(picture, alt=f"Samples of {other.name} and their reconstructions")
            said = [plain(_told(other, choices))]
            if other.metrics:
                said.append(verdict_line(verdict_of(other)))
            st.caption("  \n".join(said))


@st.cache_data(show_spinner=False, max_entries=200)
def _picture(run_id: str, dark: bool, _palette: Palette) -> str | None:
    """Kept, for a run that has ended changes no more."""
    try:
        return run_thumbnail(session.store().samples(run_id), _palette)
    except LabError:
        # It has none that can be read; its page says why.
        return None
