"""Results and comparisons to tables and diagrams."""
