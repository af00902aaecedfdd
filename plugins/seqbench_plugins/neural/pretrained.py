"""A pretrained encoder from the Hugging Face library, fine-tuned to tag."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from seqbench import Conditions, Contents, Corpus, SeqbenchError, Sequences, UsageError
from seqbench.neural import Schedule, Trainer, grouped
from seqbench_plugins.neural._encoder_input import Examples, Read
from seqbench_plugins.neural._subwords import Subwords

_IGNORED = -100


@dataclass(kw_only=True)
class Pretrained:
    """Any encoder of the `transformers` library under an affine map, all of it trained (Devlin et al. 2019).

    A word is tagged at its first sub-word. Sentences longer than the encoder can read are read in windows that overlap;
    nothing is cut off but the last sub-words of a word that fills a whole window. Weights must be in safetensors.
    """

    model: Annotated[str, "folder of a saved encoder and its tokenizer, or a name on the hub", Contents()]
    epochs: Annotated[int, "passes over the training set"] = 3
    batch_tokens: Annotated[int, "sub-words of a batch, padding included"] = 1000
    learning_rate: Annotated[float, "highest learning rate; it rises to it, then falls to 0"] = 5e-5
    clip: Annotated[float, "longest gradient"] = 1.0
    dropout: Annotated[float, "share of the encoder's states that are left out before the affine map"] = 0.1
    window: Annotated[int, "most sub-words read at once, special ones included"] = 512
    min_steps: Annotated[int, "steps that a small corpus is repeated for"] = 100

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        for name in ("epochs", "batch_tokens", "learning_rate", "clip"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} must be above 0, was: {getattr(self, name)}")
        if self.window < 4:  # noqa: PLR2004 -- two special sub-words and something between them
            raise ValueError(f"window must be 4 or more, was: {self.window}")

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """Load the encoder and train it; the epoch that is best on dev is kept, where there is dev."""
        torch.set_num_threads(conditions.threads)
        torch.manual_seed(conditions.seed)
        self._device, self._tags = conditions.device, train.tags.vocabulary
        encoder, self._subwords = _loaded(self.model, self.window)
        self._network = Network(encoder, len(self._tags), self.dropout).to(self._device)
        self._learn(train, conditions)
        self._network.eval()

    def predict(self, sentences: Sequences) -> Sequences:
        """The most probable tag of each token."""
        best = np.zeros(len(sentences.ids), np.int32)
        for places, scores in self._scored(sentences):
            best[places] = scores.argmax(1).cpu().numpy()
        return Sequences(best, sentences.offsets, self._tags)

    def predict_proba(self, sentences: Sequences) -> NDArray[np.float32]:
        """The softmax of each token's scores: (tokens, tags)."""
        found = np.zeros((len(sentences.ids), len(self._tags)), np.float32)
        for places, scores in self._scored(sentences):
            found[places] = scores.softmax(1).cpu().numpy()
        return found

    @property
    def parameters(self) -> int:
        """The weights of encoder and affine map."""
        return sum(weights.numel() for weights in self._network.parameters())

    @property
    def notes(self) -> Sequence[str]:
        """How well the encoder's sub-words fit the text."""
        return [self._note]

    def warm_up(self, conditions: Conditions) -> None:
        """Import the library."""
        del conditions
        _library()

    def _learn(self, train: Corpus, conditions: Conditions) -> None:
        examples = Examples.of(train.sentences, self._subwords)
        self._note = examples.note(train.sentences)
        tags = train.tags.ids.astype(np.int64)
        random = np.random.default_rng(conditions.seed)
        count = len(grouped(examples.lengths, self.batch_tokens))
        schedule = Schedule.of(self.epochs, count, self.learning_rate, self.min_steps)
        trainer = Trainer.of(self._network, schedule, _loss, "adam", self.clip)

        def batches() -> Iterator[tuple[Read, Tensor]]:
            groups = grouped(examples.lengths, self.batch_tokens, random.permutation(len(examples.windows)))
            for number in random.permutation(len(groups)):
                read, places, mask = examples.batch(groups[number], self._device)
                yield read, torch.from_numpy(np.where(mask, tags[places], _IGNORED)).to(self._device)

        clock = time.process_time if self._device == "cpu" else time.perf_counter
        best, kept = -1.0, None
        for epoch in range(1, self.epochs + 1):
            passed, loss = trainer.epoch(epoch, batches)
            told: dict[str, Any] = {"epoch": epoch, "tokens": passed, "loss": loss}
            if conditions.dev is not None:
                start = clock()
                accuracy = float((self.predict(conditions.dev.sentences).ids == conditions.dev.tags.ids).mean())
                told |= {"dev_accuracy": accuracy, "dev_seconds": clock() - start}
                if accuracy > best:
                    best, kept = accuracy, copy.deepcopy(self._network.state_dict())
            if conditions.report(**told):
                break
        if kept is not None:
            self._network.load_state_dict(kept)

    def _scored(self, sentences: Sequences) -> Iterator[tuple[NDArray[np.int64], Tensor]]:
        """The places of the tokens of each batch in the corpus, with their scores (tokens, tags)."""
        self._network.eval()
        examples = Examples.of(sentences, self._subwords)
        with torch.inference_mode():
            for group in grouped(examples.lengths, self.batch_tokens):
                read, places, mask = examples.batch(group, self._device)
                yield places[mask], self._network(read)[torch.from_numpy(mask).to(self._device)]


class Network(nn.Module):
    """An encoder and an affine map from the state of each word's first sub-word."""

    def __init__(self, encoder: Any, tags: int, dropout: float) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.output = nn.Linear(encoder.config.hidden_size, tags)

    def forward(self, read: Read) -> Tensor:
        """Read -> (batch, words, tags)."""
        states = self.encoder(input_ids=read.ids, attention_mask=read.attention).last_hidden_state
        words = states.gather(1, read.first.unsqueeze(2).expand(-1, -1, states.shape[2]))  # (batch, words, width)
        scores: Tensor = self.output(self.dropout(words))
        return scores


def _loss(scores: Tensor, tags: Tensor) -> Tensor:
    return nn.functional.cross_entropy(scores.flatten(0, 1), tags.flatten(), ignore_index=_IGNORED)


def _library() -> Any:
    try:
        import transformers
    except ImportError as error:
        raise UsageError(f"pretrained needs transformers ({error}): pip install 'seqbench[pretrained]'") from error
    log: Any = transformers.logging
    log.set_verbosity_error()
    log.disable_progress_bar()
    return transformers


def _loaded(model: str, window: int) -> tuple[Any, Subwords]:
    """The encoder and its sub-words; no code of the model's is run, and no pickle is read."""
    library = _library()
    try:
        tokenizer = library.AutoTokenizer.from_pretrained(model, use_fast=True, add_prefix_space=True)
        encoder = library.AutoModel.from_pretrained(model, use_safetensors=True, trust_remote_code=False)
    except (OSError, ValueError) as error:
        first = str(error).strip().partition("\n")[0]
        raise UsageError(f"pretrained: no encoder can be loaded from {model!r}: {first}") from error
    if not tokenizer.is_fast:
        raise SeqbenchError(f"pretrained: {model!r} has no fast tokenizer, which aligns words and sub-words")
    limits = (window, tokenizer.model_max_length, _positions(encoder.config))
    return encoder, Subwords.of(tokenizer, min(limits))


def _positions(config: Any) -> int:
    """How many positions an encoder has; where padding has a number above 0, RoBERTa's count only from behind it."""
    positions = getattr(config, "max_position_embeddings", None)
    if not positions or positions < 0:
        return 1 << 30
    behind_padding = (
        (config.pad_token_id or 0) + 1 if config.model_type in ("roberta", "xlm-roberta", "camembert") else 0
    )
    return int(positions) - behind_padding
