"""What several pages show: run picker, sample cards, galleries, maps, decoded codes."""
