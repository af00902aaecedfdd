"""Tables that lead from words to the inputs of an ONNX file, and from its scores to tags, in its metadata.

The tables are JSON in the metadata of the file, under the name `seqbench`.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import torch

from seqbench.data.long_sentences import LONGEST as LONGEST_SENTENCE
from seqbench.errors import UsageError
from seqbench.neural.crf_layer import ConditionalRandomField
from seqbench.neural.fitted_network import FittedNetwork
from seqbench.neural.vocabulary import AFFIX_LENGTHS, LONGEST

METADATA = "seqbench"
FORMAT = 1


def with_tables(content: bytes, fitted: FittedNetwork, about: Mapping[str, str]) -> bytes:
    """The ONNX file with the tables of a trained network, and with what `about` says of it.

    Raises `UsageError` if the network reads word vectors of a file, which the tables have no room for.
    """
    import onnx

    if fitted.alphabet.vectors is not None:
        raise UsageError("the network reads word vectors of a file, for which an ONNX file has no room; train without")
    model = onnx.load_from_string(content)
    onnx.helper.set_model_props(model, {METADATA: msgspec.json.encode({**about, **tables(fitted)}).decode()})
    onnx.checker.check_model(model)
    whole: bytes = model.SerializeToString()
    return whole


def tables(fitted: FittedNetwork) -> dict[str, object]:
    """The tables by name; id 0 is the unknown, of characters 1 (0 is padding).

    `affixes` are tables of the first 1, 2, ... and of the last 1, 2, ... letters of the lower-cased form. `moves` are
    scores of going from one tag (row) to the next (column), the last row and column for what is outside a sentence;
    None where each tag is chosen by itself.
    """
    alphabet = fitted.alphabet
    return {
        "format": FORMAT,
        "tags": [str(tag) for tag in fitted.vocabularies.tags],
        "words": alphabet.words,
        "cased": alphabet.cased,
        "affixes": alphabet.affixes,
        "affix_lengths": AFFIX_LENGTHS,
        "characters": alphabet.characters,
        "layers": alphabet.layers,
        "longest_form": LONGEST,
        "longest_sentence": LONGEST_SENTENCE,
        "moves": _moves(fitted),
    }


def _moves(fitted: FittedNetwork) -> list[list[float]] | None:
    objective = fitted.objective
    if not isinstance(objective, ConditionalRandomField):
        return None
    with torch.no_grad():
        moves: list[list[float]] = (objective.moves + objective.get_buffer("in_tagging")).cpu().tolist()
    return moves
