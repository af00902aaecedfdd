"""Random scores of sentences and moves between tags, and pytorch-crf with the same moves as an oracle."""

import torch
import torchcrf

LENGTHS = torch.tensor([4, 1, 3, 2, 4])
MASK = torch.arange(4) < LENGTHS.unsqueeze(1)
TAGS = 3


def drawn(seed, scale=1.0):
    """Emissions of five sentences, and moves."""
    random = torch.Generator().manual_seed(seed)
    emissions = scale * torch.randn(5, 4, TAGS, generator=random, dtype=torch.float64)
    return emissions, scale * torch.randn(TAGS + 1, TAGS + 1, generator=random, dtype=torch.float64)


def oracle(moves):
    """pytorch-crf with the same moves."""
    layer = torchcrf.CRF(TAGS, batch_first=True).double()
    with torch.no_grad():
        layer.start_transitions.copy_(moves[-1, :-1])
        layer.transitions.copy_(moves[:-1, :-1])
        layer.end_transitions.copy_(moves[:-1, -1])
    return layer
