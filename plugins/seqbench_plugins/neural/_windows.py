"""The neighbours of each token beside it, with nothing where the sentence ends, for networks without a state."""

from __future__ import annotations

import torch
from torch import Tensor


def neighbours(states: Tensor, mask: Tensor, reach: int, step: int = 1) -> Tensor:
    """(batch, time, width) -> (batch, time, (2 * reach + 1) * width): from `reach` steps before to as many after.

    Places outside the sentence are zeros, the padding (where mask (batch, time) is false) among them.
    """
    inside = states * mask.unsqueeze(2)
    far = reach * step
    padded = torch.nn.functional.pad(inside, (0, 0, far, far))
    time = states.shape[1]
    return torch.cat([padded[:, start : start + time] for start in range(0, 2 * far + 1, step)], 2)
