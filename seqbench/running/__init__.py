"""A request to a plan to finished trials, wherever they run, and the search for hyperparameters."""
