"""Metrics beyond the core scores."""
