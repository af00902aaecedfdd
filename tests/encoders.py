"""A pretrained encoder of the `transformers` library that is made here, tiny and of random weights."""

from __future__ import annotations

import string
from pathlib import Path

WORDS = ["the", "dog", "ate", "apple", "book", "read", "it", "that", "##s", "##ing"]
LETTERS = [*string.ascii_lowercase, *(f"##{letter}" for letter in string.ascii_lowercase)]


def tiny_bert(folder: Path) -> str:
    """A new folder with a BERT of two layers and a WordPiece vocabulary of letters and a few words."""
    import transformers

    folder.mkdir(exist_ok=True)
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS, *LETTERS]))
    transformers.BertTokenizerFast(str(vocabulary)).save_pretrained(folder)
    config = transformers.BertConfig(
        vocab_size=5 + len(WORDS) + len(LETTERS),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=24,
    )
    transformers.set_seed(1)
    transformers.BertModel(config).save_pretrained(folder)
    return str(folder)
