"""Which differences are real, and where models are wrong."""
