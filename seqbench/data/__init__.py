"""Sentences, corpora, datasets and their splits, and what is wrong with them."""
