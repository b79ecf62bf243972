"""What a server does for jobs: it submits and watches them, and sees each to an end."""
