"""Sections of the page: pictures of one dataset, or of all together, one file each."""
