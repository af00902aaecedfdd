"""The run folder: records, locks, rows, predictions read back, and their verification."""
