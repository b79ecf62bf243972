"""The Generate page: what the decoder makes of codes that no sample has."""
