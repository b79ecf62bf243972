"""Wide tables, such as of gene expression and spectra: many more columns than rows."""

import numpy as np
import pytest

from aecore.data import checked
from aecore.data.limits import Limits
from aecore.data.loading import load
from aecore.data.prepare.preparing import prepare
from aecore.data.profile.previews import COLUMNS, preview
from aecore.errors import DataError
from aecore.experiment import Experiment

ROWS, GENES = 60, 5000


@pytest.fixture(scope="module")
def genes(tmp_path_factory):
    """The path of a table of 60 tissues by 5,000 genes, and the numbers in it."""
    path = tmp_path_factory.mktemp("wide") / "genes.csv"
    numbers = np.random.default_rng(0).lognormal(2, 1, (ROWS, GENES)).round(4)
    heading = [*(f"gene {i}" for i in range(GENES)), "tissue"]
    rows = [[*map(str, row), ("healthy", "tumour")[i % 2]] for i, row in enumerate(numbers)]
    path.write_text("\n".join(map(",".join, [heading, *rows])))
    return str(path), numbers


def test_a_wide_table_is_read_and_can_be_trained_on(genes):
    """Each gene is a feature, the tissue the label, and every value reaches the encoder."""
    source, numbers = genes
    raw, sheet = checked(source)
    assert [column.role for column in sheet.columns] == ["feature"] * GENES + ["label"]
    chosen = Experiment.from_dict(
        {"data": {"source": source}, "preprocessing": {"scaling": "none"}}
    )
    prepared = prepare(chosen.preparation_options, raw, columns=sheet.columns)
    assert prepared.train.shape == (48, GENES)
    np.testing.assert_allclose(prepared.train, numbers[prepared.split.train], rtol=1e-6)


def test_its_preview_stays_small(genes):
    """The first columns alone."""
    shown = preview(load(genes[0]))
    assert len(shown["columns"]) == len(shown["rows"][0]) == COLUMNS


def test_more_columns_than_the_limit_are_refused_by_number(tmp_path):
    """Before their values are read, and with the limit's name."""
    most = Limits().columns
    assert most >= 20_000
    path = tmp_path / "a.csv"
    path.write_text("\n".join([",".join(f"c{i}" for i in range(most + 1)), ",".join("1" * most)]))
    with pytest.raises(DataError, match=f"limit is {most:,} .AECORE_MAX_COLUMNS"):
        load(str(path))
