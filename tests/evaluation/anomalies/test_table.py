"""Does the download hold what was scored, in its order, and nothing that runs?"""

from __future__ import annotations

import io

import numpy as np
import pandas as pd

from aecore.evaluation.anomalies.table import as_csv, as_parquet, scored_table

ROWS, SCORES = np.array([5, 2, 9]), np.array([0.25, 1e-9, 3.0])
P, FLAGS = np.array([0.5, 1.0, 0.01]), np.array([False, False, True])


def test_columns_and_order_are_kept() -> None:
    """As the command line promises them; flags as 1 and 0."""
    csv = as_csv(scored_table(ROWS, SCORES, P, FLAGS)).decode()

    assert csv == "row,score,p_value,flag\n5,0.25,0.5,0\n2,1e-09,1.0,0\n9,3.0,0.01,1\n"


def test_without_calibration_there_is_no_p_value() -> None:
    """Its cells are empty."""
    assert ",,0\n" in as_csv(scored_table(ROWS, SCORES, None, FLAGS)).decode()


def test_the_three_features_that_say_most() -> None:
    """Rows without words have empty cells; a fourth is left out."""
    words = {2: ["temperature 81.2, expected 64.0 ± 2.1", "b", "c", "d"], 0: ["a"]}

    table = scored_table(ROWS, SCORES, P, FLAGS, words=words)

    assert table["feature_1"].tolist() == ["a", "", words[2][0]]
    assert table["feature_3"].tolist() == ["", "", "c"]
    assert "feature_4" not in table


def test_names_of_strangers_neither_run_nor_replace_ours() -> None:
    """In cells and headings of CSV; Parquet keeps them."""
    words = {0: ["=HYPERLINK(A1) 3.0, expected 1.0 ± 0.1"]}
    beside = {"=cmd": ["@x", "y", "z"], "score": [1, 2, 3]}
    table = scored_table(ROWS, SCORES, P, FLAGS, words=words, beside=beside)

    read = pd.read_csv(io.BytesIO(as_csv(table)))

    assert read["feature_1"][0].startswith("'=HYPERLINK")
    assert read["'=cmd"].tolist() == ["'@x", "y", "z"]
    assert read["score"].tolist() == SCORES.tolist()
    assert read["score (data)"].tolist() == [1, 2, 3]


def test_parquet_keeps_digits_and_types() -> None:
    """As it was."""
    table = scored_table(ROWS, SCORES / 3, P, FLAGS, words={1: ["-a"]}, beside={"=b": ["=1"] * 3})

    pd.testing.assert_frame_equal(pd.read_parquet(io.BytesIO(as_parquet(table))), table)


def test_no_rows_make_an_empty_table() -> None:
    """With its heading."""
    none = np.zeros(0)
    table = scored_table(none.astype(int), none, none, none, words={})

    assert as_csv(table).decode() == "row,score,p_value,flag,feature_1,feature_2,feature_3\n"
    assert len(pd.read_parquet(io.BytesIO(as_parquet(table)))) == 0
