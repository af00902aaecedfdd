"""What all torch taggers share, so that they differ only in the network.

A plugin author inherits from `NeuralTagger` and writes `build(shape)`, which returns a module whose
`forward(batch: Batch)` gives scores (batch, time, tags). Encoding, batching, loss, optimiser, choice of epoch by dev
and decoding are here. Unlike `import seqbench`, importing this imports torch.
"""

from seqbench.neural.batch import Batch, Forms, Shape
from seqbench.neural.dropout import Dropout
from seqbench.neural.features import WordFeatures
from seqbench.neural.reverse import reverse_within
from seqbench.neural.tagger import NeuralTagger

__all__ = ["Batch", "Dropout", "Forms", "NeuralTagger", "Shape", "WordFeatures", "reverse_within"]
