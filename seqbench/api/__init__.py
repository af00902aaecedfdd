"""Functions that do what the command line does: `seqbench.run`, `train` and `score`, one module each."""
