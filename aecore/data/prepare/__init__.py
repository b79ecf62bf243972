"""Preparation: from a data set as it came to scaled rows that train, validate and test."""
