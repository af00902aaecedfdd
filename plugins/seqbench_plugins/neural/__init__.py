"""Taggers that are torch networks."""
