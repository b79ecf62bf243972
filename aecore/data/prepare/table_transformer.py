"""`TableTransformer`: columns of a table as numbers, learned from training rows alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from aecore.data.columns.column import MISSING_LABEL, Column, Role, class_names
from aecore.data.columns.measures import LEAST_TEXTS
from aecore.data.columns.values import value_text
from aecore.data.options import Preprocessing
from aecore.data.prepare.scaling import AS_IS, Units
from aecore.data.scalings import SCALINGS
from aecore.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

STRATEGIES = {"median": "median", "most-frequent": "most_frequent", "drop": "median"}


@dataclass(frozen=True)
class Columns:
    """A table's columns by what they are for.

    Attributes:
        numbers, categories, texts: feature columns by what becomes of them.
        label: the column of classes, if any.
        factors: further columns of numbers, to colour maps by.
    """

    numbers: tuple[Column, ...]
    categories: tuple[Column, ...]
    texts: tuple[Column, ...]
    label: Column | None
    factors: tuple[Column, ...]

    @property
    def features(self) -> tuple[Column, ...]:
        """All that a sample is made of."""
        return (*self.numbers, *self.categories, *self.texts)


def sorted_out(columns: Sequence[Column], roles: Mapping[str, Role]) -> Columns:
    """The columns of a table by their roles."""

    def those(role: str, *types: str) -> tuple[Column, ...]:
        return tuple(c for c in columns if roles[c.name] == role and c.type in types)

    return Columns(
        numbers=those("feature", "number"),
        categories=those("feature", "category", "text", "time"),
        texts=tuple(c for c in columns if roles[c.name] == "text"),
        label=next((c for c in columns if roles[c.name] == "label"), None),
        factors=those("ignore", "number"),
    )


def labels(frame: pd.DataFrame, label: Column | None) -> np.ndarray | None:
    """(rows,) class indices, or None without a label."""
    if label is None:
        return None
    names = class_names(label)
    place = {name: i for i, name in enumerate(names)}
    values = as_text(frame[label.name]).fillna(MISSING_LABEL)
    return np.array([place[value] for value in values], dtype=np.int64)


def factors(frame: pd.DataFrame, columns: Columns) -> dict[str, np.ndarray]:
    """Name -> (rows,) of the further columns of numbers, but for constant ones."""
    return {
        c.name: frame[c.name].to_numpy(dtype=np.float64, na_value=np.nan)
        for c in columns.factors
        if not c.is_constant
    }


def as_text(values: pd.Series) -> pd.Series:
    """Values of any type as a check sheet names them; missing ones stay missing."""
    return values.map(value_text, na_action="ignore").astype(object)


def complete_rows(frame: pd.DataFrame, columns: Columns) -> np.ndarray:
    """(rows,) whether all features but texts have a value."""
    names = [c.name for c in (*columns.numbers, *columns.categories)]
    return frame[names].notna().all(axis=1).to_numpy() if names else np.ones(len(frame), bool)


class TableTransformer:
    """Numbers filled and scaled, categories one-hot, texts by TF-IDF: scikit-learn's own, in one.

    Args:
        columns: with the categories that each column has in the whole data set: they belong to its
            description, as columns' names do. Which of them are rare is learned from training rows.
    """

    def __init__(self, columns: Columns, preprocessing: Preprocessing) -> None:
        self._columns = columns
        self._options = preprocessing
        self._transformer: Any = None

    def fit(self, frame: pd.DataFrame) -> TableTransformer:
        """Learn from training rows.

        Raises:
            DataError: a column has no value in them, or texts have too few different words.
        """
        from sklearn.compose import ColumnTransformer

        for column in (*self._columns.numbers, *self._columns.categories):
            if not frame[column.name].notna().any():
                raise DataError(
                    f"Column {column.name!r} has no value in any training row.",
                    "Ignore it on the Data page.",
                )
        parts = [
            ("numbers", self._numbers(), [c.name for c in self._columns.numbers]),
            ("categories", self._categories(), [c.name for c in self._columns.categories]),
            *((f"text {c.name}", self._text(frame, c), c.name) for c in self._columns.texts),
        ]
        used = [part for part in parts if part[2]]
        self._transformer = ColumnTransformer(used, sparse_threshold=0.0).fit(self._plain(frame))
        return self

    def transform(self, frame: pd.DataFrame) -> np.ndarray:
        """(rows, features) float32."""
        found = self._transformer.transform(self._plain(frame))
        return np.ascontiguousarray(found, dtype=np.float32)

    def refit(self, frames: Iterable[pd.DataFrame]) -> tuple[float, float]:
        """Learn scaling anew from all training rows, some at a time; gaps are filled as before.

        Robust scaling is not learned in parts.

        Returns:
            The least and the greatest scaled value of a feature.
        """
        ends = [np.array([0.0, 1.0])] if self._columns.categories else []
        if self._columns.numbers:
            ends.append(self._refit_numbers(frames))
        found = np.concatenate(ends)
        return float(found.min()), float(found.max())

    @property
    def feature_names(self) -> tuple[str, ...]:
        """One a feature: a column's name, or column and category, or a term."""
        names: list[str] = [c.name for c in self._columns.numbers]
        fitted = self._transformer.named_transformers_
        for column, kept in self._kept_categories():
            names += [f"{column.name} = {value}" for value in kept]
        for column in self._columns.texts:
            names += fitted[f"text {column.name}"].get_feature_names_out().tolist()
        return tuple(names)

    def units(self) -> Units:
        """How scaled numbers become raw again; categories and terms stay as they are."""
        numbers = len(self._columns.numbers)
        if not numbers or not SCALINGS[self._options.scaling].is_learned:
            return AS_IS
        width = len(self.feature_names)
        scale, offset = np.ones((1, width), np.float32), np.zeros((1, width), np.float32)
        scaler = self._transformer.named_transformers_["numbers"][-1]
        zero, one = np.zeros((1, numbers)), np.ones((1, numbers))
        offset[:, :numbers] = scaler.inverse_transform(zero)
        scale[:, :numbers] = scaler.inverse_transform(one) - offset[:, :numbers]
        return Units(scale, offset)

    def _refit_numbers(self, frames: Iterable[pd.DataFrame]) -> np.ndarray:
        """The least and greatest scaled values of each column of numbers."""
        pipeline = self._transformer.named_transformers_["numbers"]
        names = [c.name for c in self._columns.numbers]
        scaler = SCALINGS[self._options.scaling].make()
        in_parts = hasattr(scaler, "partial_fit")
        low, high = np.full(len(names), np.inf), np.full(len(names), -np.inf)
        for frame in frames:
            values = pipeline[0].transform(self._plain(frame)[names])
            if in_parts:
                scaler.partial_fit(values)
            elif scaler is not None:
                values = scaler.transform(values)
            low, high = np.minimum(low, values.min(axis=0)), np.maximum(high, values.max(axis=0))
        ends = np.stack([low, high])
        if not in_parts:
            return ends.ravel()
        pipeline.steps[-1] = (pipeline.steps[-1][0], scaler)
        return np.asarray(scaler.transform(ends)).ravel()

    def _numbers(self) -> Any:
        from sklearn.impute import SimpleImputer
        from sklearn.pipeline import make_pipeline

        fill = SimpleImputer(strategy=STRATEGIES[self._options.missing])
        return make_pipeline(fill, SCALINGS[self._options.scaling].make() or "passthrough")

    def _categories(self) -> Any:
        from sklearn.impute import SimpleImputer
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import OneHotEncoder

        known = [np.array(c.categories, dtype=object) for c in self._columns.categories]
        encoder = OneHotEncoder(
            categories=known,
            max_categories=self._options.max_categories,
            handle_unknown="ignore",
            sparse_output=False,
        )
        return make_pipeline(SimpleImputer(strategy="most_frequent"), encoder)

    def _text(self, frame: pd.DataFrame, column: Column) -> Any:
        from sklearn.feature_extraction.text import TfidfVectorizer

        most = self._options.max_terms
        vectorizer = TfidfVectorizer(max_features=most, min_df=LEAST_TEXTS, stop_words="english")
        found = 0
        try:
            found = len(vectorizer.fit(frame[column.name].fillna("")).vocabulary_)
        except ValueError:
            # No word at all stands in two texts.
            found = 0
        if found < most:
            raise DataError(
                f"The training texts in {column.name!r} have {found} different words that stand "
                f"in two of them, fewer than the {most} asked for.",
                f"Set Most terms to {found}." if found > 1 else "Use longer texts, or more.",
            )
        return vectorizer

    def _plain(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Categories as text and texts without gaps, as the transformers take them."""
        import pandas as pd

        plain = {c.name: frame[c.name].astype(np.float64) for c in self._columns.numbers}
        for column in self._columns.categories:
            text = as_text(frame[column.name])
            plain[column.name] = text.where(text.notna(), np.nan).astype(object)
        for column in self._columns.texts:
            plain[column.name] = frame[column.name].fillna("").astype(str).astype(object)
        return pd.DataFrame(plain, index=frame.index)

    def _kept_categories(self) -> list[tuple[Column, list[str]]]:
        """Each column's categories as one-hot columns; the rare ones together, last."""
        if not self._columns.categories:
            return []
        encoder = self._transformer.named_transformers_["categories"][-1]
        found = []
        for column, known, rare in zip(
            self._columns.categories,
            encoder.categories_,
            encoder.infrequent_categories_,
            strict=True,
        ):
            few = set() if rare is None else set(rare)
            kept = [str(value) for value in known if value not in few]
            found.append((column, [*kept, "other"] if few else kept))
        return found
