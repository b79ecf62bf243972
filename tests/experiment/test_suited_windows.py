"""Windows that suit the rows: a short dated table trains by default, and held-out rows are late."""

import numpy as np
import pandas as pd
import pytest

from aecore.data import load
from aecore.data.prepare.preparing import prepare
from aecore.experiment import Experiment


def months(folder, rows, **more):
    """A table of so many months."""
    frame = pd.DataFrame(
        {
            "month": pd.date_range("1990-01-01", periods=rows, freq="MS").strftime("%b %Y"),
            "sales": np.sin(np.arange(rows)).round(6),
            "heat": np.cos(np.arange(rows) / 7).round(6),
            **more,
        }
    )
    path = folder / "months.csv"
    frame.to_csv(path, index=False)
    return str(path)


@pytest.mark.parametrize("rows", [12, 24, 60, 64, 120, 128, 200, 400, 511, 512, 3000])
def test_a_dated_table_of_any_length_trains_by_default(tmp_path, rows):
    """In windows that its rows make some of, of which the last are held out."""
    source = months(tmp_path, rows)
    experiment = Experiment(data={"source": source})
    found = prepare(experiment.preparation_options, load(source))
    options = experiment.preprocessing
    assert found.dataset.kind == "series"
    assert options.window_length == {12: 4, 24: 4, 128: 16, 512: 64, 3000: 64}.get(
        rows, options.window_length
    )
    assert len(found.train) >= min(20, rows // 3)
    assert found.split.train.max() < found.split.validation.min()


def test_fewer_rows_are_a_table_in_the_order_of_time(tmp_path):
    """Its last rows are held out."""
    source = months(tmp_path, 11)
    experiment = Experiment(data={"source": source})
    found = prepare(experiment.preparation_options, load(source))
    assert (found.dataset.kind, experiment.data.split) == ("table", "ordered")
    assert found.split.validation.tolist() == [9, 10]


def test_what_is_given_stands(tmp_path):
    """A window that was chosen has a stride that suits it, and so have fewer rows."""
    source = months(tmp_path, 512)
    chosen = Experiment(data={"source": source}, preprocessing={"window_length": 12})
    assert (chosen.preprocessing.window_length, chosen.preprocessing.window_stride) == (12, 3)
    fewer = Experiment(data={"source": source, "rows": 64})
    assert (fewer.preprocessing.window_length, fewer.preprocessing.window_stride) == (8, 2)


def test_rows_beside_categories_are_held_out_in_order_too(tmp_path):
    """Unless they are in no order of time, or it is chosen."""
    colours = np.array(["red", "blue"])[np.arange(60) // 3 % 2]
    source = months(tmp_path, 60, colour=colours, more=np.arange(60) * 0.37)
    assert Experiment(data={"source": source}).data.split == "ordered"
    chosen = Experiment(data={"source": source, "split": "random"})
    assert chosen.data.split == "random"
    assert Experiment(data={"source": "iris"}).data.split == "random"
