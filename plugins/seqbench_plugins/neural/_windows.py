"""The neighbours of each token beside it, with nothing where the sentence ends, for networks without a state."""

from __future__ import annotations

import torch
from torch import Tensor, nn


def neighbours(states: Tensor, mask: Tensor, reach: int, step: int = 1) -> Tensor:
    """(batch, time, width) -> (batch, time, (2 * reach + 1) * width): from `reach` steps before to as many after.

    Places outside the sentence are zeros, the padding (where mask (batch, time) is false) among them.
    """
    inside = states * mask.unsqueeze(2)
    far = reach * step
    padded = torch.nn.functional.pad(inside, (0, 0, far, far))
    time = states.shape[1]
    return torch.cat([padded[:, start : start + time] for start in range(0, 2 * far + 1, step)], 2)


def affine_by_forms(layer: nn.Linear, rows: Tensor, index: Tensor, mask: Tensor) -> Tensor:
    """The affine map of the neighbours of each token: (batch, time, out), the same as `layer(neighbours(...))`.

    `rows` (forms, width) are the features of forms, `index` (batch, time) the form of each token. What a form gives the
    layer from one place of the window is computed once for each form, of which a text has far fewer than tokens.
    """
    places = layer.in_features // rows.shape[1]
    weights = layer.weight.view(layer.out_features, places, -1)
    rows = nn.functional.pad(rows, (0, 0, 0, 1))  # the last row, of zeros, is what stands outside of sentences
    reach, outside = places // 2, len(rows) - 1
    around = nn.functional.pad(index.masked_fill(~mask, outside), (reach, reach), value=outside)
    states = layer.bias.expand(*index.shape, -1).clone()
    for step in range(places):
        products = nn.functional.linear(rows, weights[:, step])  # (forms + 1, out)
        states += nn.functional.embedding(around[:, step : step + index.shape[1]], products)
    return states
