"""What the tests of several commands share."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def two_corpora(tmp_path_factory):
    """A folder with one.tsv and two.tsv, alike but for a few words."""
    folder = tmp_path_factory.mktemp("corpora")
    words = [[f"{'abcde'[i * j % 5]}{i % 4}" for j in range(1 + i % 6)] for i in range(60)]
    text = "\n\n".join("\n".join(f"{word}\t{word[0].upper()}" for word in sentence) for sentence in words)
    (folder / "one.tsv").write_text(text)
    (folder / "two.tsv").write_text(text.replace("a1", "x9").replace("b2", "y7"))
    return folder
