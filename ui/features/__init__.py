"""The Features page: what codes are good for, what is in them, their clusters, and their files."""
