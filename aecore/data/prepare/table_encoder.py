"""`TableEncoder`: rows of a table as numbers in the data's own units, gaps filled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.columns.text_terms import terms_of
from aecore.data.prepare.description import CategoryColumn, TableRows, TextColumn
from aecore.data.prepare.table_columns import as_text

if TYPE_CHECKING:
    import pandas as pd


class TableEncoder:
    """Numbers with their gaps filled, categories one-hot, texts by TF-IDF.

    Args:
        rows: the columns, with their categories and terms.
        fill: (numbers,) what takes the place of a gap in each column of numbers.
        idf: (terms,) a text column: the inverse document frequency of each of its terms.
    """

    def __init__(self, rows: TableRows, fill: np.ndarray, idf: Sequence[np.ndarray]) -> None:
        self._rows = rows
        self._fill = fill
        self._idf = tuple(idf)
        self.features = len(rows.feature_names)

    def values(self, frame: pd.DataFrame) -> np.ndarray:
        """(rows, features) float64; a category that is not known has no column or the rare ones'.

        What is no number in a column of numbers counts as a gap.
        """
        out = np.zeros((len(frame), self.features))
        first = len(self._rows.numbers)
        out[:, :first] = self.numbers(frame)
        for column in self._rows.categories:
            _write_hot(out[:, first : first + len(column.columns)], frame[column.name], column)
            first += len(column.columns)
        for text, idf in zip(self._rows.texts, self._idf, strict=True):
            out[:, first : first + len(idf)] = term_weights(frame[text.name], text, idf)
            first += len(idf)
        return out

    def numbers(self, frame: pd.DataFrame) -> np.ndarray:
        """(rows, numbers) float64 of the columns of numbers alone."""
        out = np.empty((len(frame), len(self._rows.numbers)))
        for place, name in enumerate(self._rows.numbers):
            values = numbers_of(frame[name])
            out[:, place] = np.where(np.isnan(values), self._fill[place], values)
        return out


def numbers_of(values: pd.Series) -> np.ndarray:
    """(rows,) float64 of values of any type; NaN for those that are missing or no number."""
    import pandas as pd
    from pandas.api import types

    if types.is_datetime64_any_dtype(values.dtype) or types.is_timedelta64_dtype(values.dtype):
        return np.full(len(values), np.nan)
    if types.is_numeric_dtype(values.dtype):
        return values.to_numpy(dtype=np.float64, na_value=np.nan)
    found = pd.to_numeric(values.astype(object), errors="coerce")
    return np.asarray(found.to_numpy(dtype=np.float64, na_value=np.nan))


def places_of(values: pd.Series, column: CategoryColumn) -> np.ndarray:
    """(rows,) the place of each value among a column's known categories; -1 for one that is not.

    Gaps take the column's fill.
    """
    import pandas as pd

    texts = as_text(values).fillna(column.fill)
    return np.asarray(pd.Index(column.known).get_indexer(pd.Index(texts)))


def term_weights(values: pd.Series, column: TextColumn, idf: np.ndarray) -> np.ndarray:
    """(rows, terms) float64: counts times idf, each text to length 1; empty texts stay 0.

    Source: Salton and Buckley 1988, as scikit-learn's TfidfVectorizer.
    """
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.preprocessing import normalize

    counter = CountVectorizer(analyzer=terms_of, vocabulary=column.terms, dtype=np.float64)
    counts = counter.transform(plain_texts(values))
    return np.asarray(normalize(counts.multiply(idf).tocsr()).toarray())


def plain_texts(values: pd.Series) -> pd.Series:
    """Texts without gaps."""
    return values.astype(object).where(values.notna(), "").astype(str)


def _write_hot(out: np.ndarray, values: pd.Series, column: CategoryColumn) -> None:
    """Ones where a category stands; rare ones, and such as were never seen, in the last column."""
    kept = {name: place for place, name in enumerate(column.kept)}
    rest = len(kept) if column.rare else -1
    targets = np.array([*(kept.get(name, rest) for name in column.known), rest])
    # The place of a category that is not known, -1, is the last of the targets.
    chosen = targets[places_of(values, column)]
    rows = np.flatnonzero(chosen >= 0)
    out[rows, chosen[rows]] = 1.0
