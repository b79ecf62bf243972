"""Arranging: a table's times read as moments, its rows in order, its series side by side."""
