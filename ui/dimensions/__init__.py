"""The Dimensions page: how many numbers a code needs, and why."""
