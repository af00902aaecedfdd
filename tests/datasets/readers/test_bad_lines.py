"""Malformed lines: all of them counted, the first ten shown, left out on request."""

import pytest

from seqbench import DataError
from seqbench.registry.data_argument import parsed
from seqbench.registry.discovery import Registry
from seqbench.registry.reading import read

ROW = "{}\t{}\t_\tN\t_\t_\t0\troot\t_\t_\n"
WORD = ROW.format(1, "a")
SHAPES = {
    "x.txt": ("a N\n", "b\n", ""),
    "x.tsv": ("a\tN\n", "b\t\n", "c\tX\tY\n"),
    "x.conllu": (WORD, "7\tb\t_\n", WORD.replace("1\ta", "x\tb")),
    "x.conllup": ("1\ta\tN\n", "1\tb\n", "y\tb\tN\n"),
    "x.conllx": (WORD.replace("N\t_", "N\tNN"), "7\tb\t_\n", ""),
    "x.jsonl": ('{"tokens": ["a"], "tags": ["N"]}\n', '{"tokens": ["b"]}\n', "{\n"),
    "x.csv": ("a,N\n", "b\n", "b,\n"),
    "x.pos": ("a/N\n", "b\n", ""),
    "x.opennlp": ("a <START:N> b <END>\n", "b <END>\n", ""),
    "x.v4_gold_conll": ("d 0 0 a N * - - - - (N)\n", "b\n", ""),
}
HEADS = {"x.csv": "word,tag\n", "x.conllup": "# global.columns = ID FORM TAG\n"}


@pytest.fixture(scope="module")
def registry():
    return Registry.discover()


@pytest.mark.parametrize("name", SHAPES)
def test_malformed_lines_are_counted_and_left_out_on_request(tmp_path, registry, name):
    right, wrong, other = SHAPES[name]
    lines = [line for line in (wrong, other) if line]
    (tmp_path / name).write_text(HEADS.get(name, "") + right * 20 + wrong * 11 + other)
    with pytest.raises(DataError, match=f"{name}:") as refused:
        read(tmp_path / name, parsed(str(tmp_path / name)), registry)
    count, first = 10 + len(lines), 21 + (name in HEADS)
    shown = f"; {count} lines are malformed ({first}: {wrong.rstrip(chr(10))!r}, {first + 1}: "
    assert shown in str(refused.value)
    assert str(refused.value).endswith(f"and {count - 10} more); ?skip-bad=1 leaves them out")
    corpus = read(tmp_path / name, parsed(f"{tmp_path / name}?skip-bad=1"), registry)
    assert set(corpus.sentences.vocabulary) == ({"a", "b"} if name == "x.opennlp" else {"a"})
    assert corpus.tokens == (40 if name == "x.opennlp" else 20)
    assert any(note.startswith(f"{count} malformed lines were left out ({first}: ") for note in corpus.notes)


def test_one_malformed_line_is_the_error_as_before(tmp_path, registry):
    (tmp_path / "x.txt").write_text("a X\nb\n")
    with pytest.raises(DataError, match=r"x\.txt:2: 1 column, expected 2 .*: 'b'; \?skip-bad=1 leaves the line out$"):
        read(tmp_path / "x.txt", parsed(str(tmp_path / "x.txt")), registry)


def test_a_file_of_malformed_lines_alone_is_no_corpus(tmp_path, registry):
    (tmp_path / "x.conllu").write_text("a\nb\n")
    with pytest.raises(DataError, match=r"x\.conllu:1: 1 column, expected 10 .*2 lines are malformed"):
        read(tmp_path / "x.conllu", parsed(f"{tmp_path}/x.conllu"), registry)
    with pytest.raises(DataError, match="holds no sentence"):
        read(tmp_path / "x.conllu", parsed(f"{tmp_path}/x.conllu?skip-bad=1"), registry)


def test_ranges_of_eight_columns_are_no_words_and_that_is_said(tmp_path, registry):
    text = "1-2\tdu\t_\t_\t_\t_\t_\t_\n" + ROW.format(1, "de") + ROW.format(2, "le")
    (tmp_path / "x.conllu").write_text(text)
    corpus = read(tmp_path / "x.conllu", parsed(str(tmp_path / "x.conllu")), registry)
    assert list(corpus.sentences) == [["de", "le"]]
    assert corpus.notes == ("1 ranges of tokens (such as 3-4) have fewer than ten columns; they are no words",)


def test_ids_that_begin_again_inside_of_a_sentence_are_said(tmp_path, registry):
    rows = [ROW.format(*row) for row in ((1, "a"), (2, "b"), (1, "c"), (2, "d"))]
    (tmp_path / "x.conllu").write_text("".join(rows) + "\n" + rows[0])
    corpus = read(tmp_path / "x.conllu", parsed(str(tmp_path / "x.conllu")), registry)
    assert [note.partition(":")[0] for note in corpus.notes] == [
        "IDs begin again at 1 inside of sentences, 1 times (first at 'c' in sentence 1)"
    ]
    (tmp_path / "x.conllu").write_text("".join(rows[:2]) + "\n" + rows[0])
    assert read(tmp_path / "x.conllu", parsed(str(tmp_path / "x.conllu")), registry).notes == ()
