"""Advice: sentences on what suits a data set and what looks wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aecore.data.columns.measures import FAR
from aecore.data.columns.roles import KNOWN
from aecore.data.columns.times import order_beside
from aecore.data.names import shown
from aecore.data.profile.check_sheet import Sheet
from aecore.data.profile.findings import Findings
from aecore.wording import counted, short

MOST_SENTENCES = 8
FEW_ROWS = 50
# Classes and ranges that differ by less are no matter.
UNLIKE_CLASSES, UNLIKE_RANGES = 10, 10
LEAST_SHARE_OF_COPIES = 0.01
LEAST_SHARE_OF_PIXELS = 0.1
# scikit-learn needs two rows of each class to keep their mix.
ROWS_TO_STRATIFY = 2
NAMED = 3
# From here on the first and the last layer are most of a model: the encoder's and the decoder's,
# of which each weight is four numbers while it trains, with its gradient and Adam's two means.
MANY_FEATURES, UNITS, WAYS, BYTES_A_WEIGHT, MILLION = 2_000, 100, 2, 16, 1_000_000


def advice(sheet: Sheet, found: Findings) -> tuple[str, ...]:
    """At most eight sentences, the most important first; none on what is as it should be."""
    rules: tuple[Callable[[Sheet, Findings], str], ...] = (
        _nothing_to_learn,
        _few_rows,
        _missing,
        _no_labels,
        _leaks,
        _doubtful_roles,
        _alike_classes,
        _unlike_classes,
        _copies,
        _one_colour,
        _empty_texts,
        _uneven_steps,
        _order_beside,
        _spreads,
        _bytes_of_grey,
        _wide,
        _cost,
        _constant,
        _ignored,
    )
    sentences = [rule(sheet, found) for rule in rules]
    return tuple(sentence for sentence in sentences if sentence)[:MOST_SENTENCES]


def _nothing_to_learn(sheet: Sheet, _: Findings) -> str:
    learned = {"feature", "text"} & {column.role for column in sheet.columns}
    if not sheet.is_table or learned:
        return ""
    return "No column looks like something to learn: make one a feature, or a text."


def _few_rows(sheet: Sheet, _: Findings) -> str:
    if sheet.rows >= FEW_ROWS:
        return ""
    return (
        f"{counted(sheet.rows, 'row')} {'is' if sheet.rows == 1 else 'are'} few: expect figures "
        "to change with the seed."
    )


def _missing(sheet: Sheet, found: Findings) -> str:
    if not found.gaps:
        return ""
    cells = sum(count for _, count in found.gaps)
    worst = sorted(found.gaps, key=lambda gap: -gap[1])
    return (
        f"{counted(cells, 'value')} in {found.incomplete:,} of {counted(sheet.rows, 'row')} "
        f"{'is' if cells == 1 else 'are'} missing, in {_listed([name for name, _ in worst])}: a "
        "number is filled with its column's median and an empty category is one of its own, or "
        "such rows are left out, as chosen under Missing values."
    )


def _no_labels(_: Sheet, found: Findings) -> str:
    if not found.unlabelled:
        return ""
    return (
        f"{counted(found.unlabelled, 'row')} {_has(found.unlabelled)} no label: a class of "
        "their own."
    )


def _leaks(sheet: Sheet, found: Findings) -> str:
    if not found.leaks:
        return ""
    label = next(shown(column.name) for column in sheet.columns if column.role == "label")
    tells, it = ("tells", "it was") if len(found.leaks) == 1 else ("tell", "they were")
    return (
        f'{_listed(found.leaks)} {tells} the classes of "{label}" without anything else: ignore '
        f"what holds the answer, if {it} made from the label."
    )


def _doubtful_roles(sheet: Sheet, _: Findings) -> str:
    """Features that may be something else by their names or values."""
    doubtful = [c for c in sheet.columns if c.role == "feature" and c.reason and c.reason != KNOWN]
    if not doubtful:
        return ""
    roles = "role" if len(doubtful) == 1 else "roles"
    if len({column.reason for column in doubtful}) == 1:
        names = _listed([column.name for column in doubtful])
        return f"Check the {roles} of {names}: {doubtful[0].reason}."
    named = [f'"{shown(column.name)}" ({column.reason})' for column in doubtful[:NAMED]]
    return f"Check the {roles} of {_and(named, len(doubtful))}."


def _alike_classes(sheet: Sheet, _: Findings) -> str:
    alike: dict[str, list[str]] = {}
    for name, _count in sheet.classes:
        alike.setdefault(" ".join(name.casefold().split()), []).append(name)
    groups = [names for names in alike.values() if len(names) > 1]
    if not groups:
        return ""
    return (
        f"Classes {_listed(groups[0])} differ in capitals or spaces alone: write them alike, if "
        "they are one class."
    )


def _unlike_classes(sheet: Sheet, _: Findings) -> str:
    there = [(name, count) for name, count in sheet.classes if count]
    if len(there) < 2:
        return ""
    name, least = min(there, key=lambda of: of[1])
    if least * UNLIKE_CLASSES >= max(count for _, count in there):
        return ""
    lone = sum(count < ROWS_TO_STRATIFY for _, count in there)
    others = f", and {counted(lone - 1, 'other class')} no more" if lone > 1 else ""
    what_to_do = (
        "a random split cannot keep the mix of classes. Leave such classes out, or find more rows."
        if lone
        else "look at figures class by class, or train without it and find it as an anomaly."
    )
    subject = f'Class "{shown(name)}" has {least:,} of {counted(sheet.rows, "row")}'
    return f"{subject}{others}: {what_to_do}"


def _copies(sheet: Sheet, found: Findings) -> str:
    if not found.copies or found.copies < LEAST_SHARE_OF_COPIES * sheet.rows:
        return ""
    are = "is a copy" if found.copies == 1 else "are copies"
    return (
        f"{found.copies:,} of {counted(sheet.rows, 'row')} {are} of earlier ones: what is held "
        "out may have been trained on, and its error is then too small."
    )


def _one_colour(sheet: Sheet, found: Findings) -> str:
    if not found.one_colour:
        return ""
    return (
        f"{found.one_colour:,} of {counted(sheet.rows, 'image')} {_has(found.one_colour)} one "
        "colour all over, and nothing to learn from: leave such images out."
    )


def _empty_texts(_: Sheet, found: Findings) -> str:
    if not found.empty_texts:
        return ""
    are = "is" if found.empty_texts == 1 else "are"
    return f"{counted(found.empty_texts, 'text')} {are} empty: leave such rows out."


def _uneven_steps(sheet: Sheet, found: Findings) -> str:
    if found.steps is None or not found.steps.others:
        return ""
    return (
        f"Times are uneven: most steps are {found.steps.in_words}, but {found.steps.others:,} of "
        f"{sheet.rows - 1:,} are not, and a window does not show its gaps."
    )


def _order_beside(sheet: Sheet, _: Findings) -> str:
    time = order_beside(sheet.columns)
    if time is None:
        return ""
    return (
        f'Rows lie in the order of "{shown(time.name)}", and neighbours are alike: the last ones '
        "are held out, unless Rows held out says otherwise."
    )


def _spreads(sheet: Sheet, found: Findings) -> str:
    """Heavy tails call for robust scaling, which sees to different ranges as well."""
    if sheet.bytes_of_grey:
        return ""
    # What stands for missing values is told of with the way to say so.
    far = [name for name, spread in found.spreads if spread.far and not spread.sentinels]
    if far:
        have = "has" if len(far) == 1 else "have"
        return (
            f"{_listed(far)} {have} values more than {FAR} times the width of the middle half "
            "away from the median: robust scaling suits such values."
        )
    ranges = [(spread.high - spread.low, name) for name, spread in found.spreads]
    ranges = [(width, name) for width, name in ranges if width > 0]
    if not ranges or max(ranges)[0] <= UNLIKE_RANGES * min(ranges)[0]:
        return ""
    (least, narrow), (most, wide) = min(ranges), max(ranges)
    return (
        f'Values spread over {short(least, 3)} in "{shown(narrow)}" and over {short(most, 3)} in '
        f'"{shown(wide)}": standardise, or the widest columns alone decide the error.'
    )


def _bytes_of_grey(sheet: Sheet, _: Findings) -> str:
    if not sheet.bytes_of_grey:
        return ""
    return "Values run from 0 to 255: min-max scaling and binary cross-entropy suit them."


def _wide(sheet: Sheet, found: Findings) -> str:
    if sheet.kind == "series" and sheet.is_table:
        return ""
    if found.features <= sheet.rows:
        return ""
    return (
        f"A sample has {counted(found.features, 'value')}, and there are "
        f"{counted(sheet.rows, 'sample')}: keep the "
        "model small, and watch the validation loss."
    )


def _cost(sheet: Sheet, found: Findings) -> str:
    """What many values cost in a dense model, in which every unit of a layer sees all of them."""
    if sheet.kind != "table" or found.features < MANY_FEATURES:
        return ""
    weights = UNITS * WAYS * found.features
    return (
        f"{counted(found.features, 'value')} are many: every {UNITS} units beside them are "
        f"{short(weights / MILLION, 3)} million weights, which take "
        f"{weights * BYTES_A_WEIGHT / MILLION:,.0f} MB while they train. Fewer units, or fewer "
        "columns, cost less."
    )


def _constant(sheet: Sheet, found: Findings) -> str:
    if sheet.kind == "image":
        if found.constant < LEAST_SHARE_OF_PIXELS * found.features or not found.constant:
            return ""
        what, where, so = "pixels", "images", "they make the mean error look small"
    else:
        if not found.constant:
            return ""
        what, where, so = "columns", "rows", "there is nothing to learn in them"
    return f"{found.constant:,} of {found.features:,} {what} are the same in all {where}: {so}."


def _ignored(sheet: Sheet, _: Findings) -> str:
    left_out = [c for c in sheet.columns if c.role == "ignore" and c.reason]
    if not left_out:
        return ""
    named = [f'"{shown(column.name)}" ({column.reason})' for column in left_out[:NAMED]]
    return f"Ignored: {_and(named, len(left_out))}."


def _has(count: int) -> str:
    return "has" if count == 1 else "have"


def _listed(names: Sequence[str]) -> str:
    return _and([f'"{shown(name)}"' for name in names[:NAMED]], len(names))


def _and(items: Sequence[str], count: int) -> str:
    """The first few of so many items in one phrase."""
    parts = [*items, f"{count - len(items):,} more"] if count > len(items) else list(items)
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
