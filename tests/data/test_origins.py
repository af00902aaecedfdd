"""Where sentences were read: kept beside a corpus through every part of it, outside of its content."""

import numpy as np
import pytest
from program import called

from seqbench.data.joining import joined
from seqbench.data.origins import Origin, Origins, joined_origins
from seqbench.registry.data_argument import parsed
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry
from seqbench.registry.reading import read

ROW = "{}\t{}\t_\tN\t_\t_\t0\troot\t_\t_\n"
ROWS = [ROW.format(*row) for row in ((1, "a"), (2, "b"), (1, "c"), (1, "d"))]
CONLLU = f"# sent_id = s-1\n# text = a b\n{ROWS[0]}{ROWS[1]}\n{ROWS[2]}\n# sent_id = s 3\n{ROWS[3]}"
SHAPES = {
    "x.conllu": (CONLLU, [(3, "s-1"), (6, ""), (9, "s 3")]),
    "x.txt": ("-DOCSTART- O\n\na N\nb N\n\n\nc N\n\nd N\n", [(3, ""), (7, ""), (9, "")]),
    "x.jsonl": ('{"tokens": ["a"], "tags": ["N"]}\n\n{"tokens": ["c"], "tags": ["N"]}\n', [(1, ""), (3, "")]),
    "x.pos": ("a/N b/N\n\nc/N\n", [(1, ""), (3, "")]),
    "x.csv": ("sentence,word,tag\n1,a,N\n1,b,N\n2,c,N\n", [(2, ""), (4, "")]),
}


@pytest.fixture(scope="module")
def registry():
    return Registry.discover()


@pytest.mark.parametrize("name", SHAPES)
def test_every_reader_knows_file_line_and_name_of_each_sentence(tmp_path, registry, name):
    text, expected = SHAPES[name]
    path = tmp_path / name
    path.write_text(text)
    corpus = read(path, parsed(str(path)), registry)
    assert [corpus.origins[n] for n in range(len(corpus))] == [Origin(str(path), *origin) for origin in expected]


def test_parts_of_a_corpus_keep_their_origins(tmp_path, registry):
    for name in ("x.conllu", "y.conllu"):
        (tmp_path / name).write_text(CONLLU)
    corpora = [read(tmp_path / name, parsed(str(tmp_path / name)), registry) for name in ("x.conllu", "y.conllu")]
    both = joined(corpora)
    assert [both.origins[n].sent_id for n in range(6)] == ["s-1", "", "s 3"] * 2
    assert both.origins[4].file.endswith("y.conllu")
    assert both.part(2, 4).origins[0] == both.origins[2]
    assert both.take(np.array([5, 0])).compact().extend(both).origins[0] == both.origins[5]
    assert joined_origins([both.origins, None]) is None
    assert len(Origins.of("x", np.array([1, 2]))) == 2


def test_origins_are_no_part_of_the_fingerprint_and_stand_beside_errors(tmp_path, registry):
    for name, text in (("train.conllu", CONLLU), ("test.conllu", CONLLU.replace("\tN\t", "\tV\t", 1))):
        (tmp_path / name).write_text(text)
    before = load(str(tmp_path) + "/test.conllu?train=train.conllu&dev=none", registry).fingerprint
    (tmp_path / "test.conllu").write_text("# newpar\n" + (tmp_path / "test.conllu").read_text().replace("s-1", "other"))
    assert load(str(tmp_path) + "/test.conllu?train=train.conllu&dev=none", registry).fingerprint == before
    data = "test.conllu?train=train.conllu&dev=none"
    called("run", "--data", data, "--models", "baseline", "--out", "run", cwd=tmp_path)
    assert "test.conllu:4 (other)" in called("errors", "run", cwd=tmp_path).stdout
