"""Words written beside a run read back as the very same data, layers and documents included."""

import pytest

from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry
from seqbench.results.bundled_words import packed_words
from seqbench.results.records import DatasetRecord

ROWS = "the\tDT\tB-NP\ndog\tNN\tI-NP\nran\tVB\tO\n\n"


@pytest.mark.parametrize("options", ["?tags=3", "?tags=3&features=2", "?tags=3&features=2&fold=2/3"])
def test_words_read_back_with_layers_and_folds(tmp_path, options):
    registry = Registry.discover()
    for split in ("train", "test"):
        (tmp_path / f"{split}.tsv").write_text("".join(ROWS.replace("dog", f"{split}{n}") for n in range(6)))
    dataset = load(f"{tmp_path}/{options}", registry)
    record = DatasetRecord(
        name=dataset.name, fingerprint=dataset.fingerprint, source=f"{tmp_path}/{options}", tags=(), learned_tags=0,
        splits={"train": {}, "test": {}},
    )  # fmt: skip
    source = packed_words(record, registry, tmp_path / "run", "words/0")
    assert source is not None
    assert source.startswith("./words/0/")
    read = load(f"{tmp_path}/run/{source}", registry)
    assert read.fingerprint == dataset.fingerprint
