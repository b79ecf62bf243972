"""18,846 messages of twenty discussion groups."""

from __future__ import annotations

import re
import tarfile
from pathlib import Path

import numpy as np

from aecore.data.columns.column import Column
from aecore.data.dataset import DatasetSpec, Download, Facts, Table
from aecore.data.downloading import path_of

TITLE = "20 newsgroups, texts"
# The provider gives no size; this one is rounded.
ARCHIVE = Download(
    "https://ndownloader.figshare.com/files/5975967",
    "sha256:8f1b2514ca22a5ade8fbb9cfa5727df95fa587f4c87b786e15c759fa66d95610",
    14_460_000,
)
MESSAGE = re.compile(r"(?:\./)?20news-bydate-(?:train|test)/([^/]+)/[^/]+")
SEED = 0
GROUPS = (
    "alt.atheism",
    "comp.graphics",
    "comp.os.ms-windows.misc",
    "comp.sys.ibm.pc.hardware",
    "comp.sys.mac.hardware",
    "comp.windows.x",
    "misc.forsale",
    "rec.autos",
    "rec.motorcycles",
    "rec.sport.baseball",
    "rec.sport.hockey",
    "sci.crypt",
    "sci.electronics",
    "sci.med",
    "sci.space",
    "soc.religion.christian",
    "talk.politics.guns",
    "talk.politics.mideast",
    "talk.politics.misc",
    "talk.religion.misc",
)


def load() -> Table:
    """The messages, as `read` gives them.

    Raises:
        DataError: the file has not been downloaded, or is damaged.
    """
    return read(path_of(ARCHIVE, TITLE))


def read(path: Path) -> Table:
    """A row a message: its text without header, signature and quotations, and its group.

    Both of the archive's parts, earlier and later messages, mixed. A message that only quoted
    others is left empty.
    """
    import pandas as pd

    messages = _messages(path)
    order = np.random.default_rng(SEED).permutation(len(messages))
    rows = [messages[number] for number in order]
    frame = pd.DataFrame(rows, columns=["text", "group"])
    return Table(frame, roles={"text": "text", "group": "label"})


def _messages(path: Path) -> list[tuple[str, str]]:
    """Text and group of each message, by its place in the archive's folders."""
    found = {}
    with tarfile.open(path, "r:gz") as archive:
        for member in archive:
            place = MESSAGE.fullmatch(member.name)
            content = archive.extractfile(member) if place else None
            if place and content is not None:
                found[member.name] = (_body(content.read().decode("latin-1")), place[1])
    return [found[name] for name in sorted(found)]


def _body(message: str) -> str:
    """What the author wrote: the rest gives the group away without saying what it is about."""
    from sklearn.datasets import _twenty_newsgroups as newsgroups

    text = newsgroups.strip_newsgroup_header(message)
    text = newsgroups.strip_newsgroup_footer(text)
    return str(newsgroups.strip_newsgroup_quoting(text))


SPEC = DatasetSpec(
    name="20newsgroups",
    title=TITLE,
    summary="18,846 messages to twenty discussion groups of 1993, as text.",
    facts=Facts(18_846, (1000,), "text", class_names=GROUPS),
    load=load,
    source="Lang 1995, NewsWeeder; the version by date of Rennie, the file that scikit-learn "
    "fetches",
    origin="downloaded",
    files=(ARCHIVE,),
    columns=(
        Column("text", "text", "text", distinct=18_000, terms=20_000),
        Column("group", "category", "label", distinct=len(GROUPS), categories=GROUPS),
    ),
    table_rows=18_846,
    order=250,
)
