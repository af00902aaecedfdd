"""Parts that all torch taggers share, so that they differ only in the network.

A plugin author inherits from `NeuralTagger` and writes `build(shape)`, which returns a module whose
`forward(batch: Batch)` gives scores (batch, time, tags). Encoding, batching, loss, optimiser, choice of epoch by dev
and decoding are here; a tagger with batches of another kind still finds `grouped`, `Schedule` and `Trainer`. Unlike
`import seqbench`, importing this imports torch.
"""

from seqbench.neural.batch import Batch, Forms, Shape
from seqbench.neural.batches_by_length import grouped
from seqbench.neural.best_epoch import Plateau
from seqbench.neural.crf_layer import ConditionalRandomField
from seqbench.neural.dev_evaluation import Evaluation, evaluation
from seqbench.neural.dropout import Dropout
from seqbench.neural.features import CharacterConvolution, WordFeatures
from seqbench.neural.kept_network import give_weights, weights_of
from seqbench.neural.loss import IGNORED, Loss, cross_entropy
from seqbench.neural.quantized_weights import Weights
from seqbench.neural.reversed_sentences import reverse_within
from seqbench.neural.schedule import Course, Schedule
from seqbench.neural.stepwise import Stepping
from seqbench.neural.tagger import NeuralTagger
from seqbench.neural.training import Trainer, optimizer_of
from seqbench.neural.training_fields import TRAINING_FIELDS, TrainingFields
from seqbench.neural.vocabulary import Alphabet
from seqbench.neural.warm_start import KnownTags, learned_folder

__all__ = [
    "IGNORED",
    "TRAINING_FIELDS",
    "Alphabet",
    "Batch",
    "CharacterConvolution",
    "ConditionalRandomField",
    "Course",
    "Dropout",
    "Evaluation",
    "Forms",
    "KnownTags",
    "Loss",
    "NeuralTagger",
    "Plateau",
    "Schedule",
    "Shape",
    "Stepping",
    "Trainer",
    "TrainingFields",
    "Weights",
    "WordFeatures",
    "cross_entropy",
    "evaluation",
    "give_weights",
    "grouped",
    "learned_folder",
    "optimizer_of",
    "reverse_within",
    "weights_of",
]
