"""Statistics and analyses that tell which differences are real, and where models are wrong."""
