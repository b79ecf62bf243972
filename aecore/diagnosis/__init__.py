"""Diagnosis: whether a run is any good, what went wrong in it, and what to change."""
