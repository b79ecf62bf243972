"""The experiment as JSON: what the Train page and `python -m aecore run` take."""

from __future__ import annotations

import json
from pathlib import Path

from aecore.export.run_files._origin import origin_of
from aecore.export.run_files._spec import RunFormat


def write(folder: Path, out: Path) -> None:
    """The options of the run, every one of them."""
    out.write_text(
        json.dumps(origin_of(folder).experiment, indent=2, ensure_ascii=False) + "\n", "utf-8"
    )


SPEC = RunFormat(
    name="experiment",
    title="Settings (JSON)",
    summary="Every setting of the run. `python -m aecore run FILE` trains it again.",
    suffix=".json",
    media="application/json",
    write=write,
    needs=("experiment.json", "metrics.json"),
    order=10,
)
