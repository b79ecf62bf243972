"""What tests, benchmarks and screenshots share to drive the real app."""
