"""Anomalies: scores of how odd a sample is, thresholds with a promise, and other detectors."""
