"""A pretrained encoder from the Hugging Face library, fine-tuned to tag."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from seqbench import (
    Conditions,
    Contents,
    Continues,
    Corpus,
    Ids,
    Sequences,
    Vocabularies,
    accepts_lists,
    learned,
    read_learned,
    write_learned,
)
from seqbench.neural import (
    IGNORED,
    TRAINING_FIELDS,
    Alphabet,
    KnownTags,
    TrainingFields,
    cross_entropy,
    give_weights,
    grouped,
    learned_folder,
    optimizer_of,
    weights_of,
)
from seqbench_plugins.neural._encoder import Network, Pooling, library, loaded
from seqbench_plugins.neural._encoder_input import Examples, Read
from seqbench_plugins.neural._encoder_layers import freeze, groups
from seqbench_plugins.neural._fitted_encoder import ENCODER, Fitted, Kept, begin_with


@dataclass(kw_only=True)
class Pretrained(TrainingFields):
    """Any encoder of the `transformers` library under an affine map, all of it trained (Devlin et al. 2019).

    A word is tagged at its first sub-word, or by the mean of all of its own. Sentences longer than the encoder can read
    are read in windows that overlap; nothing is cut off but the last sub-words of a word that fills a whole window.
    Weights must be in safetensors.
    """

    model: Annotated[str, "folder of a saved encoder and its tokenizer, or a name on the hub", Contents()]
    epochs: Annotated[int, "passes over the training set"] = 3
    batch_tokens: Annotated[int, "sub-words of a batch, padding included"] = 1000
    learning_rate: Annotated[float, "highest learning rate; it rises to it, then falls to 0"] = 5e-5
    clip: Annotated[float, "longest gradient"] = 1.0
    min_steps: Annotated[int, "steps that a small corpus is repeated for"] = 100
    dropout: Annotated[float, "share of the encoder's states that are left out before the affine map"] = 0.1
    window: Annotated[int, "most sub-words read at once, special ones included"] = 512
    pooling: Annotated[Pooling, "the state of a word: that of its first sub-word, or the mean of all"] = "first"
    rising: Annotated[float, "share of the steps in which the learning rate rises"] = 0.1
    layer_decay: Annotated[float, "learning rate of a layer, as a share of that of the layer above"] = 1.0
    new_rate: Annotated[float, "learning rate of what was not pretrained, as a multiple of that of the encoder"] = 1.0
    characters: Annotated[
        Literal["none", "cnn"], "a convolution over the characters of each word, for what the sub-words do not tell"
    ] = "none"
    freeze: Annotated[
        int, "lowest layers that stay as they are, with the embeddings; -1: all, each sentence is encoded once"
    ] = 0
    trained_on: Annotated[list[str], "names of the texts that the encoder learned from, which tables tell"] = field(
        default_factory=list
    )
    warm_start: Annotated[
        str,
        "folder of a kept model of this encoder, whose weights training begins with in place of those of `model`",
        Contents(),
        Continues((*TRAINING_FIELDS, "dropout", "window", "rising", "layer_decay", "new_rate", "freeze")),
    ] = ""
    _fitted: Fitted | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        super().__post_init__()
        if self.window < 4:  # noqa: PLR2004 -- two special sub-words and something between them
            raise ValueError(f"window must be 4 or more, was: {self.window}")
        if self.optimizer == "adam-rows":
            raise ValueError("adam-rows is for networks with one learning rate for all layers; take optimizer='adam'")
        if self.freeze < -1:
            raise ValueError(f"freeze must be -1 or more, was: {self.freeze}")
        if not 0 < self.layer_decay <= 1:
            raise ValueError(f"layer_decay must be above 0 and at most 1, was: {self.layer_decay}")
        if self.new_rate <= 0:
            raise ValueError(f"new_rate must be above 0, was: {self.new_rate}")
        if self.freeze == -1 and self.characters != "none":
            raise ValueError("characters are read into the encoder, which freeze=-1 leaves out; leave one of them out")
        self.require_share("rising")
        if self.warm_start:
            learned_folder(self.warm_start)
            if self.characters != "none":
                raise ValueError("warm_start takes over no characters; leave one of them out")

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """Load the encoder and train it; the epoch that is best on dev is kept, where there is dev."""
        self._fitted = None
        torch.set_num_threads(conditions.threads)
        torch.manual_seed(conditions.seed)
        fitted, examples = self._untrained(train, conditions)
        freeze(fitted.network.encoder, self.freeze)
        if self.freeze < 0:
            examples = fitted.remembered(examples)
        batches = _Batches(examples, train.tags.ids, fitted, np.random.default_rng(conditions.seed))
        self._train(fitted, batches, conditions)
        fitted.network.eval()
        self._fitted = fitted

    @accepts_lists
    def predict(self, sentences: Sequences) -> Sequences:
        """The most probable tag of each token."""
        fitted = learned(self)
        ids = fitted.best(fitted.examples(sentences))
        return Sequences(ids, sentences.offsets, fitted.vocabularies.tags)

    @accepts_lists
    def predict_proba(self, sentences: Sequences) -> NDArray[np.float32]:
        """The softmax of each token's scores: (tokens, tags)."""
        fitted = learned(self)
        return fitted.probabilities(fitted.examples(sentences))

    @staticmethod
    def no_onnx() -> str:
        """See `seqbench.NotExportable`."""
        return (
            "its pieces of words come from the encoder's own tokenizer, for which an ONNX file has no room; "
            "'seqbench tag' and 'seqbench serve' take the folder, in which learned/encoder is a model of transformers"
        )

    def save(self, folder: Path) -> None:
        """See `seqbench.Saveable`; the folder `encoder` in it is one that `model` of another tagger may name."""
        fitted = learned(self)
        kept = Kept(
            vocabularies=fitted.vocabularies,
            notes=fitted.notes,
            threads=fitted.threads,
            alphabet=fitted.alphabet,
            **{name: weights_of(part) for name, part in fitted.network.new_parts.items()},
        )
        write_learned(folder, kept)
        fitted.network.encoder.save_pretrained(folder / ENCODER)
        fitted.subwords.tokenizer.save_pretrained(folder / ENCODER)

    def load(self, folder: Path) -> None:
        """See `seqbench.Saveable`; the encoder is on the CPU, and no code that lies beside it is run."""
        kept = read_learned(folder, Kept)
        torch.set_num_threads(kept.threads)
        encoder, subwords = loaded(str(folder / ENCODER), self.window)
        network = Network(encoder, len(kept.vocabularies.tags), self.dropout, self.pooling, kept.alphabet)
        for name, part in network.new_parts.items():
            give_weights(part, getattr(kept, name) or {})
        network.eval()
        self._fitted = Fitted(
            vocabularies=kept.vocabularies,
            subwords=subwords,
            network=network,
            device="cpu",
            batch_tokens=self.batch_tokens,
            notes=kept.notes,
            threads=kept.threads,
            alphabet=kept.alphabet,
        )

    @property
    def parameters(self) -> int:
        """The weights of encoder and affine map."""
        return sum(weights.numel() for weights in learned(self).network.parameters())

    @property
    def notes(self) -> Sequence[str]:
        """How well the encoder's sub-words fit the text; which fields had no effect."""
        return list(learned(self).notes)

    def warm_up(self, conditions: Conditions) -> None:
        """Import the library."""
        del conditions
        library()

    def _untrained(self, train: Corpus, conditions: Conditions) -> tuple[Fitted, Examples]:
        """The encoder with an affine map to the tags of train, on its device, and train as it reads it."""
        parent = learned_folder(self.warm_start) if self.warm_start else None
        encoder, subwords = loaded(str(parent / ENCODER) if parent else self.model, self.window)
        alphabet = None if self.characters == "none" else Alphabet.of(train.sentences)
        network = Network(encoder, len(train.tags.vocabulary), self.dropout, self.pooling, alphabet)
        examples = Examples.of(train.sentences, subwords, alphabet)
        unnamed = ["pretrained on texts that are not named: trained_on=['NAME', ...] names them"]
        notes = [*unnamed * (not self.trained_on), examples.note(train.sentences), *self.training_notes(conditions)]
        if parent:
            tags = KnownTags.of(begin_with(network, parent, train), train)
            notes.append(f"warm start from {Path(self.warm_start).name!r}, which knows {'; '.join(tags.texts)}")
        fitted = Fitted(
            vocabularies=Vocabularies.of(train),
            subwords=subwords,
            network=network.to(conditions.device),
            device=conditions.device,
            batch_tokens=self.batch_tokens,
            notes=tuple(notes),
            threads=conditions.threads,
            alphabet=alphabet,
        )
        return fitted, examples

    def _train(self, fitted: Fitted, batches: _Batches, conditions: Conditions) -> None:
        count = len(grouped(batches.examples.lengths, self.batch_tokens))
        trainer = self.trainer(fitted.network, cross_entropy, count)
        trainer.schedule = replace(trainer.schedule, rising=self.rising)
        shares = groups(fitted.network, self.layer_decay, self.new_rate)
        trainer.optimizer = optimizer_of(shares, self.optimizer, self.learning_rate, self.weight_decay)
        trainer.fit(batches, fitted.evaluator(conditions, remember=self.freeze < 0), conditions.report)


@dataclass(frozen=True, eq=False)
class _Batches:
    """All windows of a training set in shuffled batches, with the `gold` tag ids (tokens,) of the corpus."""

    examples: Examples
    gold: Ids
    fitted: Fitted
    random: np.random.Generator

    def __call__(self) -> Iterator[tuple[Read, Tensor]]:
        """One pass: each batch with its tags (batch, words), `IGNORED` in the padding."""
        size, device = self.fitted.batch_tokens, self.fitted.device
        groups = grouped(self.examples.lengths, size, self.random.permutation(len(self.examples.windows)))
        for number in self.random.permutation(len(groups)):
            read, places, mask = self.examples.batch(groups[number], device)
            tags = np.where(mask, self.gold[places].astype(np.int64), IGNORED)
            yield read, torch.from_numpy(tags).to(device)
