"""The Train page: start and stop, the model drawn, and a run while it trains."""
