"""Published results, a run folder for each corpus, made by plan.toml: data, and no code."""
