"""A pretrained encoder of the `transformers` library under an affine map, and how it is loaded."""

from __future__ import annotations

from typing import Any, Literal, Self

import torch
from safetensors import SafetensorError
from torch import Tensor, nn

from seqbench import SeqbenchError, UsageError, is_offline
from seqbench.neural import Alphabet, CharacterConvolution
from seqbench_plugins.neural._encoder_input import Read
from seqbench_plugins.neural._subwords import Subwords

Pooling = Literal["first", "mean"]


class Network(nn.Module):
    """An encoder and an affine map from the state of each word: that of its first sub-word, or the mean of all.

    With `alphabet` a convolution over the characters of each word, as they are written, is read twice: it is added to
    the embedding of the word's first sub-word, by a map that begins with zeros, and stands beside the word's state.
    """

    def __init__(
        self, encoder: Any, tags: int, dropout: float, pooling: Pooling = "first", alphabet: Alphabet | None = None
    ) -> None:
        super().__init__()
        self.encoder, self.pooling = encoder, pooling
        self.dropout = nn.Dropout(dropout)
        width = encoder.config.hidden_size
        self.characters: CharacterConvolution | None = None
        if alphabet is not None:
            self.characters = CharacterConvolution(len(alphabet.characters) + 2)
            self.into = nn.Linear(self.characters.width, encoder.get_input_embeddings().embedding_dim, bias=False)
            nn.init.zeros_(self.into.weight)
            width += self.characters.width
        self.output = nn.Linear(width, tags)

    @property
    def new_parts(self) -> dict[str, nn.Module]:
        """The parts beside the encoder, which begin untrained."""
        read = {} if self.characters is None else {"characters": self.characters, "into": self.into}
        return {"output": self.output, **read}

    def forward(self, read: Read) -> Tensor:
        """Read -> (batch, words, tags)."""
        words = self.words(read) if read.states is None else read.states
        scores: Tensor = self.output(self.dropout(words))
        return scores

    def words(self, read: Read) -> Tensor:
        """Read -> (batch, words, width)."""
        if self.characters is None or read.index is None:
            return self._pooled(self.encoder(input_ids=read.ids, attention_mask=read.attention).last_hidden_state, read)
        forms = nn.functional.embedding(read.index, self.characters(read.characters))  # (batch, words, filters)
        real = torch.arange(forms.shape[1], device=forms.device) < read.lengths.unsqueeze(1)
        added = self.into(forms) * real.unsqueeze(2)
        embeddings = self.encoder.get_input_embeddings()(read.ids)
        inputs = embeddings.scatter_add(1, read.first.unsqueeze(2).expand_as(added), added)
        states = self.encoder(inputs_embeds=inputs, attention_mask=read.attention).last_hidden_state
        return torch.cat([self._pooled(states, read), forms], 2)

    def _pooled(self, states: Tensor, read: Read) -> Tensor:
        """(batch, sub-words, width) -> (batch, words, width)."""
        if self.pooling == "first":
            return states.gather(1, read.first.unsqueeze(2).expand(-1, -1, states.shape[2]))
        places = torch.arange(states.shape[1], device=states.device)
        own = (places >= read.first.unsqueeze(2)) & (places < read.stop.unsqueeze(2))  # (batch, words, sub-words)
        return own.to(states.dtype) @ states / own.sum(2, keepdim=True).clamp(min=1)

    def train(self, mode: bool = True) -> Self:  # noqa: FBT001, FBT002 -- torch's signature
        """See `torch`; an encoder of which nothing is trained is always used as it is."""
        super().train(mode)
        if not any(weights.requires_grad for weights in self.encoder.parameters()):
            self.encoder.eval()
        return self


def library() -> Any:
    """The module `transformers`, made quiet. Raises `UsageError` if it is not installed."""
    try:
        import transformers
    except ImportError as error:
        raise UsageError(f"pretrained needs transformers ({error}): pip install 'seqbench[pretrained]'") from error
    log: Any = transformers.logging
    log.set_verbosity_error()
    log.disable_progress_bar()
    return transformers


def loaded(model: str, window: int) -> tuple[Any, Subwords]:
    """The encoder and its sub-words; no code of the model's is run, and no pickle is read.

    Raises `UsageError` if there is no encoder, `SeqbenchError` if its tokenizer does not align words and sub-words.
    """
    transformers = library()
    here: dict[str, bool] = {"trust_remote_code": False, "local_files_only": is_offline()}
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(model, use_fast=True, add_prefix_space=True, **here)
        encoder = transformers.AutoModel.from_pretrained(model, use_safetensors=True, **here)
    except (OSError, ValueError, SafetensorError) as error:
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
