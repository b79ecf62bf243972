"""Columns of a table: what each holds, what can be measured of it, and what it is for."""
