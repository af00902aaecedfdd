"""What a plugin implements or is handed: taggers, hooks, metrics, hyperparameters, trials."""
