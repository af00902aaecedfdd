"""The built-in readers of corpus files."""
