"""The Data page: choosing a data set, and its check sheet."""
