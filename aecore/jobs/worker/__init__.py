"""What a worker does for jobs: it warms up, works, tells of it, and hears a stop."""
