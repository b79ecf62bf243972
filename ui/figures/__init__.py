"""Figures: `plot_x(info, palette)` makes a chart of numbers that `aecore` computed."""
