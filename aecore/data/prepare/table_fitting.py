"""What is learned from a table's training rows: fills, rare categories and vocabularies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from aecore.data.columns.column import EMPTY, Column
from aecore.data.columns.measures import LEAST_TEXTS
from aecore.data.columns.text_terms import terms_of
from aecore.data.options import Preprocessing
from aecore.data.prepare.description import (
    CategoryColumn,
    ColumnUse,
    TableRows,
    TextColumn,
    Window,
)
from aecore.data.prepare.table_columns import Columns, as_text
from aecore.data.prepare.table_encoder import numbers_of, plain_texts
from aecore.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

STRATEGIES = {"median": "median", "most-frequent": "most_frequent", "drop": "median"}


class Learned(NamedTuple):
    """What `TableEncoder` takes."""

    rows: TableRows
    fill: np.ndarray
    idf: list[np.ndarray]


def learn(
    columns: Columns, options: Preprocessing, frame: pd.DataFrame, window: Window | None = None
) -> Learned:
    """Learn from training rows.

    Args:
        columns: with the categories that each column has in the whole data set: they belong to its
            description, as columns' names do. Which of them are rare is learned from the rows.

    Raises:
        DataError: a column has no value in them, or texts have too few different terms.
    """
    for column in (*columns.numbers, *columns.categories):
        if not frame[column.name].notna().any():
            raise DataError(
                f"Column {column.name!r} has no value in any training row.",
                "Ignore it on the Data page.",
            )
    texts = [_text(frame, column, options.max_terms) for column in columns.texts]
    rows = TableRows(
        columns=tuple(ColumnUse(c.name, c.type, columns.roles[c.name]) for c in columns.all),
        numbers=tuple(column.name for column in columns.numbers),
        categories=_categories(frame, columns, options),
        texts=tuple(column for column, _ in texts),
        label=None if columns.label is None else columns.label.name,
        drops_gaps=options.missing == "drop",
        window=window,
    )
    return Learned(rows, _fills(frame, rows.numbers, options), [idf for _, idf in texts])


def _fills(frame: pd.DataFrame, names: tuple[str, ...], options: Preprocessing) -> np.ndarray:
    """(numbers,) what takes the place of a gap in each column."""
    from sklearn.impute import SimpleImputer

    if not names:
        return np.zeros(0)
    values = np.stack([numbers_of(frame[name]) for name in names], axis=1)
    imputer = SimpleImputer(strategy=STRATEGIES[options.missing]).fit(values)
    return np.asarray(imputer.statistics_, np.float64)


def _categories(
    frame: pd.DataFrame, columns: Columns, options: Preprocessing
) -> tuple[CategoryColumn, ...]:
    """Each column with what fills its gaps and which of its categories are rare."""
    from sklearn.impute import SimpleImputer
    from sklearn.preprocessing import OneHotEncoder

    if not columns.categories:
        return ()
    keeps_gaps = options.missing != "drop"
    known = [c.with_empty if keeps_gaps else c.categories for c in columns.categories]
    texts = np.stack(
        [
            _without_gaps(as_text(frame[column.name]), EMPTY in names)
            for column, names in zip(columns.categories, known, strict=True)
        ],
        axis=1,
    )
    imputer = SimpleImputer(strategy="most_frequent").fit(texts)
    encoder: Any = OneHotEncoder(
        categories=[np.array(names, dtype=object) for names in known],
        max_categories=options.max_categories,
        handle_unknown="infrequent_if_exist",
    ).fit(imputer.transform(texts))
    return tuple(
        CategoryColumn(
            column.name,
            names,
            () if rare is None else tuple(map(str, rare)),
            EMPTY if EMPTY in names else str(fill),
        )
        for column, names, fill, rare in zip(
            columns.categories,
            known,
            imputer.statistics_,
            encoder.infrequent_categories_,
            strict=True,
        )
    )


def _without_gaps(texts: pd.Series, is_category: bool) -> np.ndarray:
    """(rows,) texts, of which a missing one is a category of its own where there is such."""
    return np.asarray((texts.fillna(EMPTY) if is_category else texts).to_numpy())


def _text(frame: pd.DataFrame, column: Column, most: int) -> tuple[TextColumn, np.ndarray]:
    """A column's terms and their inverse document frequencies, (terms,)."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=terms_of, max_features=most, min_df=LEAST_TEXTS)
    found = 0
    try:
        found = len(vectorizer.fit(plain_texts(frame[column.name])).vocabulary_)
    except ValueError:
        # No term at all stands in two texts.
        found = 0
    if found < most:
        raise DataError(
            f"The training texts in {column.name!r} have {found} different terms that stand "
            f"in two of them, fewer than the {most} asked for.",
            f"Set Most terms to {found}." if found > 1 else "Use longer texts, or more.",
        )
    terms = tuple(map(str, vectorizer.get_feature_names_out()))
    return TextColumn(column.name, terms), np.asarray(vectorizer.idf_, np.float64)
