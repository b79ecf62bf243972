"""Roles that a user gives: which stand, and what cannot be."""

import pytest

from aecore.data.columns.column import Column
from aecore.data.columns.roles import roles_of
from aecore.errors import DataError

COLUMNS = (
    Column("a", "number", "feature"),
    Column("b", "number", "feature", categories=("0", "1"), distinct=2),
    Column("c", "category", "label", categories=("x", "y"), distinct=2),
    Column("d", "text", "ignore", distinct=1_000_000),
    Column("t", "time", "ignore"),
)


def test_roles_are_the_proposed_ones_with_the_users_on_top():
    """Whatever is not named stays as proposed."""
    assert roles_of(COLUMNS, {}) == {c.name: c.role for c in COLUMNS}
    changed = roles_of(COLUMNS, {"b": "label", "c": "feature", "t": "time", "d": "text"})
    assert changed == {"a": "feature", "b": "label", "c": "feature", "d": "text", "t": "time"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            {"<b>": "feature", "e": "label"},
            r'no column named "<b>", "e"\. The columns are "a", "b"',
        ),
        ({"d": "feature"}, r'"d" has 1,000,000 different texts, too many or too long'),
        ({"t": "feature"}, r'"t" holds times, which cannot be a feature'),
        ({"a": "label", "c": "ignore"}, r'"a" cannot be the label'),
        ({"d": "label", "c": "ignore"}, r'"d" cannot be the label'),
        ({"c": "time"}, r'"c" holds no times'),
        ({"d": "time"}, r'"d" holds no times'),
        ({"a": "text"}, r'"a" holds no texts'),
        ({"t": "text"}, r'"t" holds no texts'),
        ({"b": "label"}, r'one label, and 2 columns have the role label: "b", "c"'),
        ({"a": "time", "t": "time"}, r'one time, and 2 columns have the role time: "a", "t"'),
        ({"a": "ignore", "b": "ignore"}, "No column is left to learn from"),
    ],
)
def test_roles_that_cannot_be_are_refused(given, words):
    """With the column, the reason, and what to do."""
    with pytest.raises(DataError, match=words) as error:
        roles_of(COLUMNS, given)
    assert error.value.remedy
