"""Reporters that tell trackers of trials."""
