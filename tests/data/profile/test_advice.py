"""Advice on data sets: each sentence, and which come first."""

from dataclasses import replace

import numpy as np
import pytest

from aecore.data.profile.advice import advice
from aecore.data.profile.check_sheet import Sheet
from aecore.data.profile.findings import Findings
from aecore.data.profile.steps import Steps
from tests.data.made import COLOURS, HOURS, NUMBERS, REVIEWS, ROWS, of_arrays, only, table

RANDOM = np.random.default_rng(0)
MANY = RANDOM.normal(size=(61, 60))
GREY = RANDOM.integers(1, 255, (ROWS, 4, 4, 1)).astype(np.uint8)


def with_class(sizes):
    """The sheet of a table whose label has classes of these sizes."""
    label = np.repeat([f"c{i}" for i in range(len(sizes))], sizes)
    numbers = RANDOM.normal(size=(len(label), 2))
    return only(a=numbers[:, 0], b=numbers[:, 1], label=label)


def test_good_data_needs_no_advice():
    """There is nothing to say of numbers in one range, nor of evenly filled classes."""
    assert table(c=NUMBERS[:, 2], label=COLOURS).advice == ()


@pytest.mark.parametrize(
    ("sheet", "sentence"),
    [
        pytest.param(
            only(a=NUMBERS[:49, 0], b=NUMBERS[:49, 1]),
            "49 rows are few: expect figures to change with the seed.",
            id="few rows",
        ),
        pytest.param(
            only(id=np.arange(ROWS), b=[3] * ROWS),
            "No column looks like something to learn: make one a feature, or a text.",
            id="no feature",
        ),
        pytest.param(
            table(
                c=[*NUMBERS[:-1, 3], np.nan],
                d=[None, None, *COLOURS[2:]],
                e=np.where(np.arange(ROWS) < 3, np.nan, NUMBERS[:, 2]),
            ),
            '6 values in 4 of 100 rows are missing, in "e", "d" and "c": a number is filled with '
            "its column's median and an empty category is one of its own, or such rows are left "
            "out, as chosen under Missing values.",
            id="missing",
        ),
        pytest.param(
            with_class([300, 291, 29]),
            'Class "c2" has 29 of 620 rows: look at figures class by class, or train without it '
            "and find it as an anomaly.",
            id="imbalance",
        ),
        pytest.param(
            with_class([60, 30, 1, 1]),
            'Class "c2" has 1 of 92 rows, and 1 other class no more: a random split cannot keep '
            "the mix of classes. Leave such classes out, or find more rows.",
            id="single rows",
        ),
        pytest.param(
            only(a=np.tile(NUMBERS[:50, 0], 2), b=np.tile(NUMBERS[:50, 1], 2)),
            "50 of 100 rows are copies of earlier ones: what is held out may have been trained "
            "on, and its error is then too small.",
            id="copies",
        ),
        pytest.param(
            of_arrays(np.concatenate([GREY[:99], GREY[:1]])),
            "1 of 100 rows is a copy of earlier ones: what is held out may have been trained on, "
            "and its error is then too small.",
            id="one copy",
        ),
        pytest.param(
            of_arrays(np.concatenate([GREY, np.full((2, 4, 4, 1), 9, np.uint8)])),
            "2 of 102 images have one colour all over, and nothing to learn from: leave such "
            "images out.",
            id="one colour",
        ),
        pytest.param(
            only(text=["", " ", None, *REVIEWS[3:]]),
            "3 texts are empty: leave such rows out.",
            id="empty texts",
        ),
        pytest.param(
            only(t=HOURS.delete([10, 50]), a=NUMBERS[:98, 0]),
            "Times are uneven: most steps are 1 hour, but 2 of 97 are not, and a window does not "
            "show its gaps.",
            id="uneven steps",
        ),
        pytest.param(
            table(c=NUMBERS[:, 2] * 100),
            'Values spread over 4.2 in "b" and over 586 in "c": standardise, or the widest columns '
            "alone decide the error.",
            id="ranges",
        ),
        pytest.param(
            table(c=[*NUMBERS[:-1, 2], 1e6], d=NUMBERS[:, 3] * 100),
            '"c" has values more than 20 times the width of the middle half away from the '
            "median: robust scaling suits such values.",
            id="heavy tails",
        ),
        pytest.param(
            of_arrays(GREY.reshape(50, 32) / 255, kind="table"),
            None,
            id="tall enough",
        ),
        pytest.param(
            of_arrays(GREY.reshape(50, 4, 8, 1)[:20] / 255),
            "A sample has 32 values, and there are 20 samples: keep the model small, and watch "
            "the validation loss.",
            id="wide",
        ),
        pytest.param(
            of_arrays(RANDOM.normal(size=(12, 3000)), kind="table"),
            "3,000 values are many: every 100 units beside them are 0.6 million weights, which "
            "take 10 MB while they train. Fewer units, or fewer columns, cost less.",
            id="costly",
        ),
        pytest.param(
            of_arrays(np.where(np.arange(16).reshape(4, 4, 1) < 2, 7, GREY)),
            "2 of 16 pixels are the same in all images: they make the mean error look small.",
            id="constant pixels",
        ),
        pytest.param(
            of_arrays(np.column_stack([NUMBERS, np.ones(ROWS)]), kind="table"),
            "1 of 5 columns are the same in all rows: there is nothing to learn in them.",
            id="constant column",
        ),
        pytest.param(
            table(
                id=np.arange(ROWS), c=NUMBERS[:, 0], d=[1] * ROWS, e=[f"n{i}" for i in range(100)]
            ),
            'Ignored: "id" (unique in each row), "c" (the same values as "a"), "d" (the same in '
            "each row) and 1 more.",
            id="ignored",
        ),
    ],
)
def test_advice_says_what_was_found(sheet, sentence):
    """Each sentence alone, with its numbers."""
    if sentence is None:
        assert sheet.advice == ()
        return
    assert sentence in sheet.advice


def test_the_most_important_advice_comes_first():
    """At most eight sentences; what is ignored comes last, and here no more."""
    sheet = only(
        a=[np.nan, *NUMBERS[:19, 0], *NUMBERS[:20, 0]],
        b=[1e9, *NUMBERS[:19, 1], *NUMBERS[:20, 1]],
        text=[None, *REVIEWS[:19], *REVIEWS[:20]],
        id=np.arange(40),
        label=[None, "x", *["y"] * 38],
    )
    starts = [" ".join(sentence.split()[:4]) for sentence in sheet.advice]
    assert starts == [
        "40 rows are few:",
        "1 value in 1",
        "1 row has no",
        'Class "x" has 1',
        "19 of 40 rows",
        "1 text is empty:",
        '"b" has values more',
        'Ignored: "id" (unique in',
    ]


def test_there_are_at_most_eight_sentences():
    """Where nine could be said, the last is not."""
    sheet = Sheet("a", 10, "image", (4, 4, 1), bytes_of_grey=True, classes=(("p", 1), ("q", 99)))
    found = Findings(
        features=16,
        gaps=(("a", 2),),
        incomplete=2,
        unlabelled=1,
        copies=3,
        one_colour=1,
        constant=4,
        empty_texts=1,
        steps=Steps(usual=60, others=2),
    )
    said = advice(sheet, found)
    assert len(said) == 8
    assert said == advice(sheet, replace(found, constant=0))
    assert "Values run from 0 to 255" not in " ".join(said)


@pytest.mark.parametrize(
    "sheet",
    [
        pytest.param(with_class([30, 299]), id="a tenth of the largest class"),
        pytest.param(of_arrays(np.concatenate([GREY, GREY[:1]]) / 255), id="1 copy in 101"),
        pytest.param(
            of_arrays(np.where(np.arange(16).reshape(4, 4, 1) < 1, 0.5, GREY / 255)),
            id="1 constant pixel of 16",
        ),
        pytest.param(table(c=NUMBERS[:, 2] * 7), id="ranges within ten times"),
        pytest.param(
            only(text=REVIEWS[:60], **{f"a{i}": column for i, column in enumerate(MANY)}),
            id="texts, of which the width is not known",
        ),
        pytest.param(
            only(t=HOURS[:60], **{f"a{i}": column for i, column in enumerate(MANY)}),
            id="a stream, of which the windows are not known",
        ),
        pytest.param(only(t=HOURS, a=np.arange(ROWS) % 7 + 0.5), id="a stream comes again"),
    ],
)
def test_what_is_no_matter_is_not_said(sheet):
    """A little less than what would be."""
    assert sheet.advice == ()


def test_bytes_of_grey_need_no_other_scaling():
    """However far from the rest some pixels are."""
    pixels = np.where(np.arange(ROWS)[:, None] == 7, 250, GREY.reshape(ROWS, 16) % 3 + 1)
    sheet = of_arrays(pixels.astype(np.uint8), kind="table")
    assert sheet.advice == (
        "Values run from 0 to 255: min-max scaling and binary cross-entropy suit them.",
    )
    assert "robust" in of_arrays(pixels / 255, kind="table").advice[0]
