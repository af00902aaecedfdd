"""Corpus files in another format, with all that was said on the way."""

import pytest

from seqbench import UsageError
from seqbench.registry.conversion import converted
from seqbench.registry.discovery import Registry

TSV = "EU\tB-ORG\nrejects\tO\n\nAnna\tB-PER\nLee\tI-PER\n\n"


def test_a_file_is_written_in_another_scheme_with_its_sizes(tmp_path):
    (tmp_path / "x.tsv").write_text(TSV)
    done = converted(str(tmp_path / "x.tsv"), str(tmp_path / "y.tsv"), Registry.discover(), "IOBES")
    assert (done.sentences, done.tokens, done.notes, done.file) == (2, 4, (), tmp_path / "y.tsv")
    assert done.file.read_text() == TSV.replace("B-ORG", "S-ORG").replace("I-PER", "E-PER")


def test_a_file_is_not_written_over_itself(tmp_path):
    (tmp_path / "x.tsv").write_text(TSV)
    with pytest.raises(UsageError, match="is the file that is read; write to another one"):
        converted(str(tmp_path / "x.tsv"), str(tmp_path / "x.tsv"), Registry.discover(), None)
