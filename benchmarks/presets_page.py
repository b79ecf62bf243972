"""docs/presets.md: what every preset reaches on every data set, and where it is not offered."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from aecore.data.sources import DATASETS
from aecore.experiment.presets import PRESETS, left_out
from benchmarks.report import table

PAGE = Path(__file__).resolve().parents[1] / "docs" / "presets.md"
INTRODUCTION = """# Presets on the data sets

Written by `make presets`: every preset at its defaults on every data set that needs no download.
Figures are of held-out rows (*Linear = PCA* holds none out), from the smallest to the largest of
the seeds. R² is 0 for answering with the mean, and 1 for a copy; *to PCA* is the error over that of
PCA with as many numbers, and left out where PCA leaves none. A dash: not trained yet.
"""
# What a preset is chosen for: figure of the run, and what it is called here.
SHOWN = {
    "noisy_mse": "error of the noisy input over its own",
    "active_units": "active units",
    "prior_mmd": "MMD²",
    "dead_codes": "dead entries",
}
Runs = Sequence[Mapping[str, Any]]


def write_page(found: Iterable[Mapping[str, Any]], planned: int) -> None:
    """Write the page, and print what ended worse than the mean.

    Args:
        found: what was trained, with all of its figures.
        planned: runs that there will be.
    """
    runs: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for one in found:
        runs[one["source"], one["preset"]].append(one["metrics"])
    sources = [n for n, spec in sorted(DATASETS.items(), key=_order) if _is_here(n)]
    parts = [INTRODUCTION, _worse(runs, planned)]
    parts += [f"## {DATASETS[source].title}\n\n{_of_source(source, runs)}" for source in sources]
    absent = [spec.title for n, spec in sorted(DATASETS.items(), key=_order) if not _is_here(n)]
    parts.append(f"Left out, for they are downloaded: {', '.join(absent)}.")
    PAGE.write_text("\n\n".join(part.strip() for part in parts) + "\n", encoding="utf-8")
    print(_worse(runs, planned))


def _of_source(source: str, runs: Mapping[tuple[str, str], Runs]) -> str:
    """A row a preset, and why the others are not offered."""
    reasons = left_out(source)
    rows = [
        (preset.title, *_figures(runs.get((source, name), [])))
        for name, preset in PRESETS.items()
        if name not in reasons
    ]
    columns = ("Preset", "R²", "to PCA", "What it is chosen for", "Seeds")
    told = [f"- *{PRESETS[name].title}* is not offered. {why}" for name, why in reasons.items()]
    return "\n".join([table(columns, rows), "", *told])


def _figures(runs: Runs) -> tuple[str, ...]:
    if not runs:
        return "–", "–", "–", "0"
    chosen_for = [f"{title} {_span(_of(runs, name))}" for name, title in SHOWN.items()]
    told = ", ".join(said for said in chosen_for if not said.endswith(" "))
    return _span(_of(runs, "r2")), _span(_of(runs, "relative_to_pca")), told, str(len(runs))


def _of(runs: Runs, name: str) -> list[float]:
    """A figure of all runs that have it; of the noisy input the share that is left of it."""
    values = [run[name] for run in runs if run.get(name) is not None]
    if name == "noisy_mse":
        return [run["noisy_mse"] / run["mse"] for run in runs if run.get("noisy_mse")]
    return [float(value) for value in values]


def _span(values: Sequence[float]) -> str:
    """From the smallest to the largest."""
    if not values:
        return ""
    low, high = (_rounded(value) for value in (min(values), max(values)))
    return low if low == high else f"{low} to {high}"


def _rounded(value: float) -> str:
    if value == int(value):
        return str(int(value))
    return f"{value:.3f}" if abs(value) < 1 else f"{value:.2f}"


def _worse(runs: Mapping[tuple[str, str], Runs], planned: int) -> str:
    """What ended worse than the mean, as a sentence."""
    found = [
        f"{PRESETS[preset].title} on {source}"
        for (source, preset), some in runs.items()
        if min(_of(some, "r2"), default=math.nan) < 0
    ]
    count = sum(len(some) for some in runs.values())
    if not found:
        return f"Of {count} runs, of {planned} that there will be, none ended worse than the mean."
    return f"Of {count} runs, of {planned}, some ended worse than the mean: {', '.join(found)}."


def _is_here(source: str) -> bool:
    return DATASETS[source].origin != "downloaded"


def _order(item: tuple[str, Any]) -> int:
    return int(item[1].order)
