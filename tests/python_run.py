"""A run from Python on a few sentences."""

from samples import dataset

import seqbench


def run(**options):
    """The rows of a run in the folder `run`, on the sample unless other data are named."""
    return seqbench.run(**{"data": dataset(), "device": "cpu", "out": "run", **options})
