"""What codes are good for: probes beside yardsticks, and how many labels they take."""
