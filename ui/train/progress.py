"""How far a run is, in the bar: a line of figures and a stripe, as the panel of the run hears it.

The panel asks the server (see `ui/train/live.py`) and tells this component what it was answered.
"""

from __future__ import annotations

from ui.base.component import component

HTML = """
<div class="run">
  <dl class="figures"></dl>
  <div class="stripe" role="progressbar" aria-label="Training" aria-valuemin="0"
    aria-valuemax="100" aria-valuenow="0"><div></div></div>
  <p class="doing" role="status"></p>
</div>
"""
BEGINNING = "Starting"

_progress = component(__file__, HTML)


def show(run_id: str) -> None:
    """The progress of a run that is queued or running."""
    _progress(key="run-progress", data={"run": run_id, "beginning": BEGINNING})


def load_ahead() -> None:
    """Have the browser fetch the code before the first run needs it."""
    _progress(key="run-progress-ahead", data={})
