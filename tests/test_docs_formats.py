"""Every example of docs/formats.md holds the same two sentences."""

import re
from pathlib import Path

import pytest

from seqbench.registry.data_argument import parsed
from seqbench.registry.discovery import Registry
from seqbench.registry.reading import read

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "formats.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"<!-- example: (\S+) -->\n```\n(.*?)```\n", PAGE, re.DOTALL)


def test_there_is_an_example_of_every_reader():
    names = {name.partition("?")[0] for name, _ in EXAMPLES}
    readers = Registry.discover().readers.values()
    unseen = [r.name for r in readers if not any(name.endswith(s) for name in names for s in r.suffixes)]
    assert unseen == ["docbin", "parquet"]  # no text


@pytest.mark.parametrize(("name", "text"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_the_examples_are_read(tmp_path, name, text):
    (tmp_path / name.partition("?")[0]).write_text(text)
    corpus = read(tmp_path / name.partition("?")[0], parsed(f"{tmp_path}/{name}"), Registry.discover())
    assert list(corpus.sentences) == [["EU", "rejects"], ["Anna"]]
    tagged = [["_", "_"], ["_"]] if name == "x.sentences" else [["B-ORG", "O"], ["B-PER"]]
    assert list(corpus.tags) == tagged
