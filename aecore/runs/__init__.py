"""Runs: what was trained, kept in MLflow."""

from aecore.runs.layout import RunSummary
from aecore.runs.store import RunStore

__all__ = ["RunStore", "RunSummary"]
