"""Jobs: work in processes of its own, on Dask; submitted, watched and stopped.

`server/` sends jobs and sees them to an end, `worker/` does them, `kinds/` says what each kind is.
"""
