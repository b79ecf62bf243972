"""Try your own: what a run makes of a sample that is drawn, uploaded or disturbed."""
