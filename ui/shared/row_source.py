"""A choice of rows: a run's own, any data set of its kind that is at hand, or a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from aecore.data import DATASETS, facts
from aecore.data.dataset import Kind
from aecore.data.downloading import is_here
from aecore.data.uploads import Upload
from aecore.errors import DataError
from ui.app import belongings, session
from ui.shared.jobs import refuse
from ui.shared.uploader import show_uploader

if TYPE_CHECKING:
    from aecore.jobs.kind import JobKind

ID_SHOWN = 6


def choose_source(
    own: Mapping[str, str], kind: Kind, job: JobKind[Any, Any], key: str, title: str, help_: str
) -> str:
    """The source of the rows that are chosen, as in `data.source`, or one of the run's own.

    Args:
        own: source -> title, of rows that stand before all others.
        job: what is done with the rows; a file that cannot be kept is refused in its place.
        key: tells the choice from others, and one run from another.
        title, help_: of the choice.
    """
    named = dict(own) | _sources(kind, own)
    session.forget_unless(key, named)
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    source: str = left.selectbox(
        title,
        list(named),
        format_func=named.__getitem__,
        key=key,
        persist_state="session",
        help=help_,
    )
    with right.popover("Upload", icon=":material/upload:", width="stretch"):
        show_uploader(
            f"{title}, in a file",
            f"{key}-file",
            partial(_take_file, key),
            partial(refuse, job),
            help="Of the same kind as what the run was trained on, with the same columns.",
        )
    return source


def _sources(kind: Kind, own: Mapping[str, str]) -> dict[str, str]:
    given = [upload for upload in belongings.uploads() if _suits(upload, kind)]
    titles = Counter(upload.title for upload in given)
    named = {}
    for each in given:
        # Streamlit would take one of two files with the same name for the other.
        id_ = f" · {each.id[:ID_SHOWN]}"
        named[each.source] = each.title + (id_ if titles[each.title] > 1 else "")
    named |= {
        spec.name: f"{spec.title}, all rows"
        for spec in DATASETS.values()
        if spec.facts.kind == kind and is_here(spec)
    }
    return {source: title for source, title in named.items() if source not in own}


def _suits(upload: Upload, kind: Kind) -> bool:
    """Whether a file is of this kind; one that was not looked at yet may be."""
    try:
        return facts(upload.source).kind == kind
    except DataError:
        return True


def _take_file(key: str, files: Mapping[str, bytes]) -> None:
    st.session_state[key] = belongings.keep_upload(files)
