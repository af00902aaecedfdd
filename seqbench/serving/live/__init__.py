"""A page that changes while it is looked at, served on this machine only."""
