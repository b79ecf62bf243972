"""Export: what a run leaves as files for other programs, one format a module."""
