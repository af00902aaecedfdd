"""The version of seqbench: part of what a run tells of itself."""

__version__ = "0.1.0"
