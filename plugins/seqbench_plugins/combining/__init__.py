"""Taggers made of other taggers."""
