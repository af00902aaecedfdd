"""Taggers that count: most frequent tags and hidden Markov models."""
