"""Labels: the column that names the classes, told by its name, its place and its values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from aecore.data.columns.column import Column, Role
from aecore.data.columns.ids import is_headless
from aecore.data.columns.measures import TWO, ColumnMeasures
from aecore.data.columns.words import plain, words
from aecore.data.names import shown

NAMED_LABEL = "named like a label"
LAST = "the last column, with few different values"
FIRST = "the first column of a table without names, with few different values"
BESIDE_TEXTS = "a few different values beside texts"
MAY_BE_LABEL = "may be the label, by its name"
SECOND_LABEL = "may be a label, too, by its name"
SPLIT = "names the rows for training and those for tests"

# Where several columns are named like this, the earlier name counts.
LABEL_NAMES = (
    *("label", "labels", "class", "classes", "class_name", "class_label", "target", "targets"),
    *("y", "y_true", "ytrue", "ground_truth", "groundtruth", "gt", "truth"),
    *("species", "diagnosis", "outcome", "category", "anomaly", "anomalies", "outlier"),
    *("klasse", "klassen", "etikett", "etikette", "kategorie", "classe", "clase", "etiqueta"),
    *("fraud", "attack_cat", "attack_type", "attack_category", "attack", "intrusion", "malware"),
    *("fault", "fault_type", "faulty", "defect", "defective", "failure", "failed", "fehler"),
    *("survived", "exited", "churn", "churned", "attrition", "response", "activity"),
    *("sentiment", "digit", "variety", "cultivar", "subspecies", "spam", "death_event"),
    *("normal_attack", "cls", "class_id", "label_id", "target_class"),
)
# Features may have these names too: labels where they stand apart, beside numbers.
MAYBE_NAMES = frozenset(
    (
        *("type", "typ", "art", "kind", "state", "status", "zustand", "group", "gruppe", "cluster"),
        *("condition", "quality", "result", "ergebnis", "cat", "stage", "phase", "regime", "mode"),
        *(
            "decision",
            "verdict",
            "event",
            "alarm",
            "alert",
            "stroke",
            "disease",
            "death",
            "default",
        ),
        *("defaulted", "flag", "tag", "output", "risk", "grade", "rating", "approved", "emotion"),
        *("abnormal", "normal", "genre", "annotation", "segment"),
    )
)
SPLIT_WORDS = frozenset(
    (
        *("train", "training", "trn", "test", "testing", "tst", "val", "valid", "validation"),
        *("dev", "holdout", "eval", "public", "private"),
    )
)
TRAINING_WORDS = {"train", "training", "trn", "dev"}
SPLIT_NAMES = {"split", "fold", "partition", "is_train", "is_test", "train_test", "usage"}
# Whole numbers that name classes: more of them where the column is named so.
MOST_NAMED_CLASSES, MOST_CLASSES = 100, 20
LEAST_COLUMNS = 3
# Whole numbers that count or measure something, however few of them there are.
COUNT_WORDS = frozenset(
    (
        *("count", "counts", "visits", "n", "num", "number", "quantity", "qty", "total", "sum"),
        *("amount", "size", "age", "year", "month", "day", "week", "hour", "minute", "anzahl"),
        *("menge", "alter", "jahr", "monat", "tag", "stunde"),
    )
)
NUMBERED = re.compile(r"(?P<front>.*?)(?P<number>\d+)\D*")

Labelled = tuple[int, str]


def is_split(one: ColumnMeasures) -> bool:
    """Whether a column says which rows are for training and which for tests."""
    values = {text.strip().lower() for text in one.column.categories}
    if len(values) >= TWO and values <= SPLIT_WORDS and values & TRAINING_WORDS:
        return True
    return one.few and one.column.distinct <= MOST_CLASSES and plain(one.column.name) in SPLIT_NAMES


def find_label(
    measures: Sequence[ColumnMeasures], columns: Sequence[Column], known: Mapping[str, Role]
) -> Labelled | None:
    """The place of the column that is likely the label, and why."""
    free = [i for i, c in enumerate(columns) if c.role == "feature" and c.name not in known]
    likely = [i for i in free if may_be_label(measures[i], MOST_NAMED_CLASSES)]
    named = _named_label([c.name for c in columns], likely)
    if named is not None:
        return named, NAMED_LABEL
    one_hot = {i for group in one_hot_groups(measures) for i in group}
    several = [i for i in free if columns[i].distinct >= TWO and i not in one_hot]
    last = len(columns) - 1
    may_be_last = last in several and may_be_label(measures[last], MOST_CLASSES)
    if may_be_last and _is_apart(columns) and not _counts_or_goes_on(columns):
        return last, LAST
    first = _first_label(measures, columns)
    if first in several and is_headless([c.name for c in columns]):
        return first, FIRST
    if len(free) == 1 and several and any(c.role == "text" for c in columns):
        return (free[0], BESIDE_TEXTS) if may_be_label(measures[free[0]], MOST_CLASSES) else None
    maybe = [i for i in several if _may_be_named(measures[i]) and _stands_apart(i, columns)]
    return (maybe[0], NAMED_LABEL) if len(maybe) == 1 else None


def with_hints(
    measures: Sequence[ColumnMeasures], columns: Sequence[Column], known: Mapping[str, Role]
) -> list[Column]:
    """Features that may be labels by their names, with a word on it."""
    label = next((c for c in columns if c.role == "label"), None)
    hints: dict[int, str] = {}
    for i, one in enumerate(measures):
        name = plain(columns[i].name)
        if name in LABEL_NAMES and may_be_label(one, MOST_NAMED_CLASSES):
            hints[i] = SECOND_LABEL if label else MAY_BE_LABEL
        elif label is None and _may_be_named(one):
            hints[i] = MAY_BE_LABEL
    if label is None:
        hints |= _hints_of_one_hot(measures)
    return [
        replace(column, reason=hints[i])
        if i in hints and column.role == "feature" and column.name not in known
        else column
        for i, column in enumerate(columns)
    ]


def without_label_again(
    measures: Sequence[ColumnMeasures], columns: Sequence[Column], known: Mapping[str, Role]
) -> list[Column]:
    """No feature tells the label in other words, such as a code beside the name of a class."""
    labels = [i for i, c in enumerate(columns) if c.role == "label" and measures[i].few]
    if not labels:
        return list(columns)
    label, reason = measures[labels[0]], f'tells the label "{shown(columns[labels[0]].name)}"'
    return [
        replace(column, role="ignore", reason=reason)
        if column.role == "feature" and column.name not in known and one.pattern == label.pattern
        else column
        for one, column in zip(measures, columns, strict=True)
    ]


def may_be_label(one: ColumnMeasures, most: int) -> bool:
    """Whether values come again as those of classes do."""
    return one.few and (one.column.type == "category" or one.column.distinct <= most)


def one_hot_groups(measures: Sequence[ColumnMeasures]) -> list[list[int]]:
    """Places of columns that are one category together: `cls_a`, `cls_b` and `cls_c`."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(measures):
        *front, _ = words(one.column.name) or [""]
        if front and one.ones:
            groups["_".join(front)].append(i)
    return [
        group
        for group in groups.values()
        if len(group) > TWO and sum(measures[i].ones for i in group) == measures[group[0]].rows
    ]


def _named_label(names: Sequence[str], likely: Iterable[int]) -> int | None:
    """A column named as labels are, else the only one with a name like `true_label` or `is_ill`."""
    found = {i: plain(names[i]) for i in likely}
    # Beside x, y is a coordinate.
    if "x" in (name.lower() for name in names):
        found = {i: name for i, name in found.items() if name != "y"}
    exact = [i for i, name in found.items() if name in LABEL_NAMES]
    if exact:
        return min(exact, key=lambda i: LABEL_NAMES.index(found[i]))
    like = [
        i
        for i, name in found.items()
        if name.startswith(("is_", "type_of_")) or name.endswith(("_label", "_target", "_class"))
    ]
    return like[0] if len(like) == 1 else None


def _is_apart(columns: Sequence[Column]) -> bool:
    """Whether the last column differs from the others: most are numbers, and not of its range."""
    *others, last = [c for c in columns if c.role != "ignore"]
    numbers = [c for c in others if c.type == "number"]
    if len(columns) < LEAST_COLUMNS or 2 * len(numbers) <= len(others):
        return False
    if last.type != "number":
        return True
    counted = last.distinct == TWO or (
        last.low in (0, 1) and last.high == last.low + last.distinct - 1
    )
    alike = [c for c in numbers if (c.low, c.high) == (last.low, last.high)]
    return counted and 2 * len(alike) <= len(numbers)


def _counts_or_goes_on(columns: Sequence[Column]) -> bool:
    """Whether the last column counts something, or is one more of those before it: s3 after s2."""
    if columns[-1].type != "number" or is_headless([c.name for c in columns]):
        return False
    *_, before, last = (column.name for column in columns)
    own, other = NUMBERED.fullmatch(last), NUMBERED.fullmatch(before)
    if own and other and own["front"] == other["front"]:
        return int(own["number"]) == int(other["number"]) + 1
    return bool(COUNT_WORDS & set(words(last)[-1:]))


def _first_label(measures: Sequence[ColumnMeasures], columns: Sequence[Column]) -> int | None:
    """The first column that is learned, if its few values stand before measurements."""
    learned = [i for i, c in enumerate(columns) if c.role != "ignore"]
    if len(learned) <= LEAST_COLUMNS or not may_be_label(measures[learned[0]], MOST_CLASSES):
        return None
    first, others = measures[learned[0]], [measures[i].spread for i in learned[1:]]
    measured = [spread for spread in others if spread is not None and not spread.whole]
    if 2 * len(measured) <= len(others):
        return None
    spread = first.spread
    counted = spread is None or (
        spread.low in (-1, 0, 1) and spread.high - spread.low < TWO * spread.distinct
    )
    return learned[0] if counted else None


def _may_be_named(one: ColumnMeasures) -> bool:
    return plain(one.column.name) in MAYBE_NAMES and may_be_label(one, MOST_CLASSES)


def _stands_apart(place: int, columns: Sequence[Column]) -> bool:
    """Whether a column is the first or last that is learned, and all others are numbers."""
    learned = [i for i, c in enumerate(columns) if c.role != "ignore"]
    others = [i for i in learned if i != place]
    at_an_end = place in (learned[0], learned[-1])
    return (
        at_an_end
        and len(learned) >= LEAST_COLUMNS
        and all(columns[i].type == "number" for i in others)
    )


def _hints_of_one_hot(measures: Sequence[ColumnMeasures]) -> dict[int, str]:
    """Of columns that are one category together, where they are last or named like labels."""
    hints: dict[int, str] = {}
    for group in one_hot_groups(measures):
        *front, _ = words(measures[group[0]].column.name)
        if len(measures) - 1 not in group and "_".join(front) not in LABEL_NAMES:
            continue
        reason = f"may be the label: just one of {len(group)} such columns is 1 in each row"
        hints |= dict.fromkeys(group, reason)
    return hints
