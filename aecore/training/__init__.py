"""Training: the compiled loop, its events and its snapshots."""
