"""Contracts of plugins: taggers, hooks, metrics, hyperparameters, trials."""
