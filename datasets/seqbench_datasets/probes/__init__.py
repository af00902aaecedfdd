"""Datasets made to find what a sequence model can and cannot carry, one a file, each with its exact ceilings."""
