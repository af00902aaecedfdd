"""What the command line does, from Python: `seqbench.run`, `train` and `score`, one module each."""
