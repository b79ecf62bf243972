"""Which settings suit data: what is tried to find out."""
