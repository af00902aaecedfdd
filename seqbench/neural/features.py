"""Words as vectors: embeddings of the word, its cased form and its affixes, and a convolution over its characters."""

from __future__ import annotations

from typing import Literal, Protocol

import torch
from torch import Tensor, nn

from seqbench.neural.batch import Batch, Forms, Shape

Characters = Literal["cnn", "none"]

_FORMS_AT_ONCE = 256
_FORMS_IN_TRAINING = 64  # more parts have less padding, each has its own gradient


class CharacterReader(Protocol):
    """A module that reads each form's characters."""

    width: int

    def __call__(self, characters: Tensor) -> Tensor:
        """(forms, length) ids, 0 is padding -> (forms, width)."""
        ...


class WordFeatures(nn.Module):
    """Looks up everything about a token but its neighbours: forward(batch) -> (batch, time, width).

    What depends on the form alone is computed once for each distinct form of the batch. With `subwords=False` only the
    lower-cased word is left. Input layers beside the words are always used, and so are vectors from a file, which
    stay as they are before a learned affine map. `width` is the size of the result. `characters` may be a module of
    your own, from (forms, length) ids to (forms, width), with a field `width`.
    """

    def __init__(
        self,
        shape: Shape,
        *,
        embedding_dim: int = 100,
        subwords: bool = True,
        characters: Characters | CharacterReader = "cnn",
    ) -> None:
        super().__init__()
        self.word = _embedding(shape.words, embedding_dim)
        self.layers = nn.ModuleDict({_key(name): _embedding(n, 32) for name, n in sorted(shape.layers.items())})
        self.width = embedding_dim + 32 * len(self.layers)
        self.cased = self.affixes = self.characters = None
        if subwords:
            self.cased = _embedding(shape.cased, embedding_dim // 2)
            self.affixes = AffixEmbeddings(shape.affixes, max(1, embedding_dim // 4))
            self.width += embedding_dim // 2 + self.affixes.width
        self.vectors = nn.Linear(shape.vectors, embedding_dim) if shape.vectors else None
        self.width += embedding_dim if shape.vectors else 0
        if subwords and characters != "none":
            self.characters = CharacterConvolution(shape.characters) if isinstance(characters, str) else characters
            self.width += self.characters.width

    def forward(self, batch: Batch) -> Tensor:
        """Batch -> (batch, time, width)."""
        tokens = nn.functional.embedding(batch.forms.index, self.of_forms(batch.forms))  # (batch, time, width)
        layers = [layer(batch.layers[_name(key)]) for key, layer in self.layers.items()]
        return torch.cat([tokens, *layers], 2) if layers else tokens

    def of_forms(self, forms: Forms) -> Tensor:
        """Forms -> (forms, width without the layers)."""
        parts = [self.word(forms.words)]
        if self.cased is not None and self.affixes is not None:
            parts += [self.cased(forms.cased), self.affixes(forms.affixes)]
        if self.characters is not None:
            parts.append(self.characters(forms.characters))
        if self.vectors is not None and forms.vectors is not None:
            parts.append(self.vectors(forms.vectors))
        return torch.cat(parts, 1)


class AffixEmbeddings(nn.Module):
    """One embedding for each kind of prefix and suffix, side by side: (forms, kinds) -> (forms, kinds * dim)."""

    def __init__(self, sizes: tuple[int, ...], dim: int) -> None:
        super().__init__()
        self.width = dim * len(sizes)
        self.table = _embedding(sum(sizes), dim)
        starts = torch.tensor([sum(sizes[:kind]) for kind in range(len(sizes))])
        self.register_buffer("starts", starts)

    def forward(self, affixes: Tensor) -> Tensor:
        """(forms, kinds) -> (forms, width)."""
        embedded: Tensor = self.table(affixes + self.get_buffer("starts"))  # (forms, kinds, dim)
        return embedded.flatten(1)


class CharacterConvolution(nn.Module):
    """The strongest answer of each filter over three neighbouring characters: (forms, length) -> (forms, filters)."""

    def __init__(self, characters: int, dim: int = 24, filters: int = 100) -> None:
        super().__init__()
        self.width = filters
        self.embedding = _embedding(characters, dim, padding=True)
        self.window = nn.Linear(3 * dim, filters)

    def forward(self, characters: Tensor) -> Tensor:
        """(forms, length) -> (forms, filters)."""
        most = self._at_once(characters)
        if len(characters) <= most:
            return self._strongest(characters)
        lengths, order = (characters > 0).sum(1).clamp(min=1).sort()  # those of about equal length need little padding
        parts = zip(torch.split(order, most), torch.split(lengths, most), strict=True)
        answers = [self._strongest(characters[forms, : int(sizes[-1])]) for forms, sizes in parts]
        return torch.cat(answers)[order.argsort()]

    def _at_once(self, characters: Tensor) -> int:
        """How many forms are read together; all where parts do not pay, or where the network is traced."""
        if not torch.is_grad_enabled():
            return _FORMS_AT_ONCE
        return _FORMS_IN_TRAINING if self.training and characters.device.type == "cpu" else len(characters)

    def _strongest(self, characters: Tensor) -> Tensor:
        letters = self.embedding(nn.functional.pad(characters, (1, 1)))
        triples = torch.cat([letters[:, :-2], letters[:, 1:-1], letters[:, 2:]], 2)  # (forms, length, 3 * dim)
        answers: Tensor = self.window(triples).relu() * (characters > 0).unsqueeze(2)
        return answers.amax(1)


def _embedding(size: int, dim: int, *, padding: bool = False) -> nn.Embedding:
    table = nn.Embedding(size, dim, padding_idx=0 if padding else None)
    nn.init.normal_(table.weight, std=0.1)
    if padding:
        nn.init.zeros_(table.weight[0:1].detach())
    return table


def _key(layer: str) -> str:
    """The layer's name as a module may be called."""
    return f"layer {layer}".replace(".", "·")


def _name(key: str) -> str:
    return key.removeprefix("layer ").replace("·", ".")
