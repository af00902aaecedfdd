"""The built-in writers of corpus files."""
