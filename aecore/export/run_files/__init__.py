"""Formats in which a run leaves, one a file; each file says where it comes from."""

from __future__ import annotations

from aecore.export.run_files._spec import RunFormat
from aecore.specs import collect

RUN_FORMATS: dict[str, RunFormat] = collect(__name__, __path__)

__all__ = ["RUN_FORMATS", "RunFormat"]
