"""The Anomalies page: which rows are odd, where alarms begin, and what can be promised of them."""
