"""How many words can the texts of a table be described by?"""

from __future__ import annotations

from dataclasses import replace

from aecore.data.dataset import Raw, Table
from aecore.data.sheet import Sheet

# A term says something only where a second text has it too.
LEAST_TEXTS = 2


def with_terms(sheet: Sheet, raw: Raw) -> Sheet:
    """The sheet with the words counted that stand in two texts of a column at least."""
    if not isinstance(raw, Table):
        return sheet
    columns = tuple(
        replace(column, terms=_terms(raw, column.name)) if column.role == "text" else column
        for column in sheet.columns
    )
    return replace(sheet, columns=columns)


def _terms(table: Table, name: str) -> int:
    from sklearn.feature_extraction.text import CountVectorizer

    texts = table.frame[name].fillna("").astype(str)
    try:
        counted = CountVectorizer(min_df=LEAST_TEXTS, stop_words="english").fit(texts)
    except ValueError:
        # No word at all stands in two texts.
        return 0
    return len(counted.vocabulary_)
