"""How many dimensions data has, and what each encoding dimension reaches on it."""
