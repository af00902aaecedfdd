"""The layers of a pretrained encoder: which of them are trained, and how fast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from torch import nn

from seqbench import UsageError


def depths(encoder: Any) -> dict[str, int]:
    """Number of the layer of each weight by name: 0 for embeddings, 1 for the lowest layer, that of the top above it.

    Raises `UsageError` if the encoder has no list of as many layers as its configuration says.
    """
    count = encoder.config.num_hidden_layers
    lists = (name for name, part in encoder.named_modules() if isinstance(part, nn.ModuleList) and len(part) == count)
    layers = next(lists, None)
    if layers is None:
        raise UsageError(
            f"pretrained: {encoder.config.model_type!r} has no list of layers; leave out freeze, layer_decay"
        )
    depth_of, depth = {}, 0
    for name, _ in encoder.named_parameters():
        if name.startswith(f"{layers}."):
            depth = int(name.removeprefix(f"{layers}.").partition(".")[0]) + 1
            depth_of[name] = depth
        else:
            depth_of[name] = count if depth else 0
    return depth_of


def freeze(encoder: Any, layers: int) -> None:
    """Leave the embeddings and so many of the lowest layers as they are; -1: the whole encoder."""
    if layers:
        depth_of = {} if layers < 0 else depths(encoder)
        for name, weights in encoder.named_parameters():
            weights.requires_grad_(layers > 0 and depth_of[name] > layers)


def groups(network: Any, decay: float, new: float = 1.0) -> Iterator[dict[str, Any]]:
    """Groups of trained weights with their `share` of the learning rate: `decay` of that of the layer above.

    What does not belong to the encoder has the share `new`.
    """
    depth_of = depths(network.encoder) if decay < 1 else {}
    top = network.encoder.config.num_hidden_layers + 1
    shares: dict[float, list[nn.Parameter]] = {}
    for name, weights in network.named_parameters():
        inner = name.removeprefix("encoder.")
        share = new if inner == name else decay ** (top - depth_of[inner]) if depth_of else 1.0
        if weights.requires_grad:
            shares.setdefault(share, []).append(weights)
    for share, weights_of_share in shares.items():
        yield {"params": weights_of_share, "share": share}
