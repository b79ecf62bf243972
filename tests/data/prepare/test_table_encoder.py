"""Columns as numbers: gaps, rare and unknown categories and terms, as scikit-learn has them."""

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

from aecore.data.columns.column import EMPTY
from aecore.data.columns.roles import propose, roles_of
from aecore.data.options import Preprocessing
from aecore.data.prepare.table_columns import as_text, class_indices, sorted_out
from aecore.data.prepare.table_encoder import TableEncoder, numbers_of
from aecore.data.prepare.table_fitting import STRATEGIES, learn

ROWS = 90
WORDS = ["apple", "banana", "cherry", "damson", "elder", "fig"]


def frame(seed=0):
    """Numbers and categories with gaps, more categories than are kept, and texts."""
    random = np.random.default_rng(seed)
    found = pd.DataFrame(
        {
            "a": random.normal(5, 2, ROWS),
            "b": random.integers(0, 4, ROWS).astype(float),
            "town": np.array([f"t{i}" for i in range(9)], object)[
                random.integers(0, 9, ROWS) ** 2 // 8
            ],
            "on": random.integers(0, 2, ROWS).astype(bool),
            "text": [" ".join(random.choice(WORDS, 5)) for _ in range(ROWS)],
        }
    )
    found.loc[::7, ["a", "b", "town"]] = None
    found.loc[3, "text"] = None
    return found


def learned_from(rows, **options):
    """The columns by what they are for, and what is learned."""
    columns = propose(rows, {"text": "text", "b": "feature", "on": "feature"})
    sorted_columns = sorted_out(columns, roles_of(columns, {}))
    return sorted_columns, learn(sorted_columns, Preprocessing(max_terms=6, **options), rows)


@pytest.mark.parametrize("missing", STRATEGIES)
@pytest.mark.parametrize("most", [4, 20])
def test_values_are_those_of_scikit_learn(missing, most):
    """Of the rows learned from and of others, also where a category is new or a text empty."""
    rows, others = frame(), frame(1)
    others.loc[5, "town"] = "nowhere"
    columns, learned = learned_from(rows, missing=missing, max_categories=most)
    known = [list(c.categories if missing == "drop" else c.with_empty) for c in columns.categories]
    reference = ColumnTransformer(
        [
            ("numbers", SimpleImputer(strategy=STRATEGIES[missing]), ["a", "b"]),
            (
                "categories",
                make_pipeline(
                    SimpleImputer(strategy="most_frequent")
                    if missing == "drop"
                    else SimpleImputer(strategy="constant", fill_value=EMPTY),
                    OneHotEncoder(
                        categories=known,
                        max_categories=most,
                        handle_unknown="infrequent_if_exist",
                        sparse_output=False,
                    ),
                ),
                ["town", "on"],
            ),
            ("text", TfidfVectorizer(stop_words="english"), "text"),
        ],
        sparse_threshold=0.0,
    )

    def plain(given):
        texts = {name: as_text(given[name]) for name in ("town", "on")}
        return given.assign(**texts, text=given["text"].fillna(""))

    reference.fit(plain(rows))
    encoder = TableEncoder(*learned)
    for given in (rows, others):
        np.testing.assert_allclose(
            encoder.values(given), reference.transform(plain(given)), atol=1e-12
        )
    assert encoder.features == len(learned.rows.feature_names)


def test_a_category_that_is_new_joins_the_rare_ones():
    """Where there are such; else it has no column at all."""
    rows = frame()
    new = rows.iloc[:1].assign(town="nowhere")
    _, few = learned_from(rows, max_categories=4)
    names = few.rows.feature_names
    assert TableEncoder(*few).values(new)[0, names.index("town = other")] == 1
    _, all_of_them = learned_from(rows, max_categories=20)
    hot = [i for i, name in enumerate(all_of_them.rows.feature_names) if name.startswith("town")]
    assert TableEncoder(*all_of_them).values(new)[0, hot].tolist() == [0] * len(hot)


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        (pd.Series([1, 2]), [1, 2]),
        (pd.Series(["1.5", "x", None, " 2 "]), [1.5, np.nan, np.nan, 2]),
        (pd.Series([1, None], dtype="Int64"), [1, np.nan]),
        (pd.Series([True, False]), [1, 0]),
        (pd.Series([1.5, "2", None], dtype=object), [1.5, 2, np.nan]),
        (pd.to_datetime(pd.Series(["2024-01-01"])), [np.nan]),
    ],
)
def test_numbers_are_read_of_columns_of_any_type(values, wanted):
    """What is no number is NaN."""
    np.testing.assert_array_equal(numbers_of(values), wanted)


@pytest.mark.parametrize(
    "values",
    [
        pd.Series(["a", None, "b"]),
        pd.Series(["a", None, "b"], dtype="category"),
        pd.Series(["a", None, "b"], dtype="string"),
    ],
)
def test_classes_are_found_in_columns_of_any_type(values):
    """A gap is a class of its own where training had gaps."""
    assert class_indices(values, ("b", "a", "(missing)")).tolist() == [1, 2, 0]
    assert class_indices(values, ("b", "c")).tolist() == [-1, -1, 0]


def test_true_and_one_stay_apart():
    """They are equal, and named differently."""
    assert as_text(pd.Series([True, 1, 1.0, "1"], dtype=object)).tolist() == ["True", "1", "1", "1"]
