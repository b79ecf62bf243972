"""The Runs page: the table of runs and what can be done with one."""
