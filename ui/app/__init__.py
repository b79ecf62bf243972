"""What belongs to a server and to one of its tabs."""
