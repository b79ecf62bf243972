"""Generation: new samples from codes that no sample has, and how good they are."""
