"""Both readers against plain slow ones, on files of every odd kind, read in blocks of every size."""

import gzip
import os
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from seqbench import Corpus, DataError
from seqbench_datasets.readers import columns, conllu

ODD = "aB1é#-_.\u00a0\u2028\u0085\x0c\x1cчай"
CELLS = st.text(st.sampled_from(ODD), min_size=1, max_size=4)


def content(corpus):
    layers = {name: list(layer) for name, layer in corpus.sentences.layers.items()}
    return list(corpus.sentences), list(corpus.tags), layers, corpus.documents.tolist()


def slow_conllu(text, tag):
    """The same by splitting lines, one at a time."""
    sentences, tags, documents, opened, words = [], [], [], False, []
    for line in [*(line.removesuffix("\r") for line in text.split("\n")), ""]:
        if line.startswith("# newdoc"):
            opened = True
        elif not line.strip(" \t"):
            if words:
                if opened:
                    documents.append(len(sentences))
                opened = False
                sentences.append([cells[1] for cells in words])
                tags.append([cells[tag] for cells in words])
            words = []
        elif not line.startswith("#"):
            cells = line.split("\t")
            words += [cells] if cells[0].isdecimal() else []
    return sentences, tags, {}, documents


@st.composite
def conllu_text(draw):
    lines = []
    for _ in range(draw(st.integers(1, 4))):
        lines += draw(st.lists(st.sampled_from(["# text = a\tb", "#", "# newdoc", "# newdoc id = x"]), max_size=2))
        for number in range(1, draw(st.integers(1, 4)) + 1):
            lines += [f"{number}-{number + 1}\tab" + "\t_" * 8] if draw(st.booleans()) else []
            lines.append("\t".join([str(number), *(draw(CELLS) for _ in range(9))]))
            lines += [f"{number}.1\tab" + "\t_" * 8] if draw(st.booleans()) else []
        lines += draw(st.lists(st.sampled_from(["", " ", "\t"]), min_size=1, max_size=2))
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines) + draw(st.sampled_from(["", "\n", "\n\n"]))


@given(conllu_text(), st.integers(1, 200), st.booleans())
def test_conllu_is_read_as_by_splitting_lines(tmp_path_factory, text, block, packed):
    expected = slow_conllu(text, 4)
    assume(any(tag != "_" for tags in expected[1] for tag in tags))  # refused: a column that holds nothing
    path = tmp_path_factory.mktemp("conllu") / "x.conllu"
    path.write_bytes(gzip.compress(text.encode(), mtime=0) if packed else text.encode())
    assert content(conllu.read(path, tags="5", _block_bytes=block)) == expected


@given(st.data())
def test_columns_are_read_as_by_splitting_lines(tmp_path_factory, data):
    separator = data.draw(st.sampled_from(["\t", " ", "   "]))
    width = data.draw(st.integers(2, 4))
    rows = st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=4)
    sentences = data.draw(st.lists(rows, min_size=1, max_size=4))
    gap = data.draw(st.sampled_from(["\n", " \n", "\t\n", "\n\n"]))
    end = data.draw(st.sampled_from(["", " ", "\r"])) if separator != "\t" else ""
    text = gap.join("".join(separator.join(row) + end + "\n" for row in sentence) for sentence in sentences)
    path = tmp_path_factory.mktemp("columns") / "x.txt"
    path.write_bytes(data.draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + text.encode())
    corpus = columns.read(
        path, tags="2", features=("3",) if width > 2 else (), _block_bytes=data.draw(st.integers(1, 99))
    )
    words, tags, layers, _ = content(corpus)
    assert words == [[row[0] for row in sentence] for sentence in sentences]
    assert tags == [[row[1] for row in sentence] for sentence in sentences]
    assert layers == ({"3": [[row[2] for row in sentence] for sentence in sentences]} if width > 2 else {})


def test_the_tag_is_the_last_column_unless_said_otherwise(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("He PRP B-NP\nran VBD B-VP\n")
    assert list(columns.read(path).tags) == [["B-NP", "B-VP"]]
    assert list(columns.read(path, tags="2").tags) == [["PRP", "VBD"]]


def test_conllu_columns_go_by_name_or_number(tmp_path):
    path = tmp_path / "x.conllu"
    path.write_text("1\tdogs\tdog\tNOUN\tNNS\tNumber=Plur\t0\troot\t_\t_\n")
    assert list(conllu.read(path).tags) == [["NOUN"]]
    assert list(conllu.read(path, tags="XPOS").tags) == [["NNS"]]
    corpus = conllu.read(path, tags="5", features=("upos", "Lemma"))
    assert {name: list(layer) for name, layer in corpus.sentences.layers.items()} == {
        "upos": [["NOUN"]],
        "lemma": [["dog"]],
    }
    with pytest.raises(DataError, match="Did you mean 'xpos'"):
        conllu.read(path, tags="xpso")
    with pytest.raises(DataError, match="must be different columns"):
        conllu.read(path, features=("upos",))


@pytest.mark.parametrize("mark", ["-DOCSTART-", "-DOCSTART- O", "-DOCSTART- -X- O O", "#begin document (a); part 0"])
@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_document_mark_opens_a_document_and_is_no_word(tmp_path, mark, gap):
    path = tmp_path / "x.txt"
    path.write_text(f"{mark}\n{gap}a X\n\n{mark}\n{gap}b X\nc X\n")
    for block in (5, 1000):
        corpus = columns.read(path, _block_bytes=block)
        assert content(corpus) == ([["a"], ["b", "c"]], [["X"], ["X", "X"]], {}, [0, 1])
    path.write_text("-DOCSTART-x X\nb -DOCSTART-\n")
    assert list(columns.read(path).sentences) == [["-DOCSTART-x", "b"]]


@pytest.mark.parametrize("block", [7, 64, 1 << 20])
def test_the_line_of_a_mistake_is_right_in_every_block(tmp_path, block):
    path = tmp_path / "x.tsv"
    path.write_text("a\tX\n" * 50 + "b\n" + "a\tX\n" * 50)
    with pytest.raises(DataError, match=r"x\.tsv:51: 1 column, expected 2 \(TAB, as in line 1\): 'b'"):
        columns.read(path, _block_bytes=block)
    path.write_bytes(b"a\tX\n" * 50 + b"\xff\tX\n")
    with pytest.raises(DataError, match=r"x\.tsv:51: not UTF-8"):
        columns.read(path, _block_bytes=block)


WORD = ["3", "dogs", "dog", "NOUN", "NNS", "_", "0", "root", "_", "_"]
FAULTS = {
    "a column too few": "\t".join(WORD[:9]),
    "a column too many": "\t".join([*WORD, "_"]),
    "spaces for TABs": " ".join(WORD),
    "no ID": "\t".join(["", *WORD[1:]]),
    "an ID that is no number": "\t".join(["3a", *WORD[1:]]),
    "a long ID that is no number": "\t".join(["1" * 15 + "a", *WORD[1:]]),
    "no form": "\t".join(["3", "", *WORD[2:]]),
    "no tag": "\t".join([*WORD[:3], "", *WORD[4:]]),
    "Latin-1": "\t".join(["3", "h\udce9", *WORD[2:]]),
}


@given(conllu_text(), st.sampled_from(sorted(FAULTS)), st.integers(1, 200), st.data())
def test_a_faulty_line_of_conllu_is_named(tmp_path_factory, text, fault, block, data):
    lines = text.split("\n")
    line = data.draw(st.integers(0, len(lines) - 1))
    lines[line:line] = ["", FAULTS[fault]]
    path = tmp_path_factory.mktemp("conllu") / "x.conllu"
    path.write_bytes("\n".join(lines).encode(errors="surrogateescape"))
    with pytest.raises(DataError, match=f"^{re.escape(str(path))}:{line + 2}: "):
        conllu.read(path, _block_bytes=block)


def test_of_two_mistakes_the_first_is_told(tmp_path):
    path = tmp_path / "x.tsv"
    path.write_bytes(b"a\tX\nb\n\xff\tX\n")
    with pytest.raises(DataError, match=r"x\.tsv:2: 1 column"):
        columns.read(path)


@pytest.mark.parametrize("shift", range(4))
def test_letters_of_several_bytes_may_lie_anywhere(tmp_path, shift):
    path = tmp_path / "x.tsv"
    path.write_text("a" * shift + "\U0001f600é" * 30_000 + "\tX\n", encoding="utf-8")
    assert list(columns.read(path).sentences) == [["a" * shift + "\U0001f600é" * 30_000]]
    path.write_bytes(path.read_bytes() + b"b\tX\n\xc3\n")
    with pytest.raises(DataError, match=r"x\.tsv:3: not UTF-8: byte 0xc3"):
        columns.read(path)


def test_a_fault_shows_the_line(tmp_path):
    path = tmp_path / "x.tsv"
    path.write_text("a\tX\nb\t\n")
    with pytest.raises(DataError, match=r"x\.tsv:2: column 2 is empty: 'b\\t'"):
        columns.read(path)


@pytest.mark.parametrize(
    ("reader", "features"),
    [(columns, ("2", "2")), (columns, ("1",)), (columns, ("10",)), (conllu, ("5", "xpos")), (conllu, ("form",))],
)
def test_a_column_has_one_use(tmp_path, reader, features):
    path = tmp_path / "x.conllu"
    path.write_text("\t".join(WORD))
    with pytest.raises(DataError, match="must be different columns"):
        reader.read(path, features=features)


def test_an_id_may_have_any_number_of_digits(tmp_path):
    path = tmp_path / "x.conllu"
    path.write_text("\t".join(["1" * 15, *WORD[1:]]) + "\n" + "\t".join(["1" * 15 + "-" + "2" * 15, *WORD[1:]]))
    assert list(conllu.read(path).sentences) == [["dogs"]]


def test_tags_that_a_treebank_does_not_have_are_missed(tmp_path):
    path = tmp_path / "x.conllu"
    path.write_text("\t".join([*WORD[:4], "_", *WORD[5:]]))
    with pytest.raises(DataError, match=r"x\.conllu: has no xpos tags"):
        conllu.read(path, tags="xpos")


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff", "\ufeff\n"])
def test_a_file_without_tokens_holds_no_sentence(tmp_path, text):
    path = tmp_path / "x.txt"
    path.write_text(text, encoding="utf-8")
    for reader in (columns, conllu):
        with pytest.raises(DataError, match=r"x\.txt: holds no sentence"):
            reader.read(path)


def test_comments_alone_are_no_sentence_of_conllu(tmp_path):
    path = tmp_path / "x.conllu"
    path.write_text("# newdoc\n\n# text\n")
    with pytest.raises(DataError, match="holds no sentence"):
        conllu.read(path)


@given(st.integers(0, 10**6))
def test_a_packed_file_that_is_cut_off_anywhere_is_refused(tmp_path_factory, place):
    packed = gzip.compress("".join(f"w{number}\tX\n" for number in range(2000)).encode(), mtime=0)
    path = tmp_path_factory.mktemp("packed") / "x.tsv.gz"
    path.write_bytes(packed[: 1 + place % (len(packed) - 1)])
    with pytest.raises(DataError, match=r"x\.tsv\.gz: broken gzip file"):
        columns.read(path, _block_bytes=999)


def test_packed_bytes_that_changed_are_refused(tmp_path):
    packed = bytearray(gzip.compress("".join(f"w{number}\tX\n" for number in range(2000)).encode(), mtime=0))
    packed[len(packed) // 2] ^= 0xFF
    path = tmp_path / "x.tsv.gz"
    path.write_bytes(packed)
    with pytest.raises(DataError, match="broken gzip file"):
        columns.read(path)


def test_a_packed_file_needs_no_name_that_says_so_and_a_name_no_lie(tmp_path):
    path = tmp_path / "x.tsv"
    path.write_bytes(gzip.compress(b"a\tX\n") + gzip.compress(b"b\tX\n"))
    assert list(columns.read(path).sentences) == [["a", "b"]]
    liar = tmp_path / "x.tsv.gz"
    liar.write_text("a\tX\n")
    with pytest.raises(DataError, match="broken gzip file.*: Not a gzipped file"):
        columns.read(liar)


def test_a_pipe_is_refused_at_once():
    out, into = os.pipe()
    with pytest.raises(DataError, match="no regular file, but a folder, pipe or device"):
        columns.read(Path(f"/dev/fd/{out}"))
    os.close(into)
    os.close(out)


@pytest.mark.parametrize(
    ("name", "why"), [("", "it is no regular file"), ("none.txt", "No such file"), ("x" * 300, "File name too long")]
)
def test_what_cannot_be_opened_is_named_with_the_reason(tmp_path, name, why):
    with pytest.raises(DataError, match=f"{re.escape(str(tmp_path / name))}: cannot be read: {why}"):
        conllu.read(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "sentences", "words", "tags"),
    [
        ("ud-english-ewt", (12544, 2001, 2077), (204577, 25147, 25094), 17),
        ("ud-thai-tud", (2902, 362, 363), (62011, 7521, 7683), 15),
        ("ud-uyghur-udt", (1656, 900, 900), (19262, 10644, 10330), 16),
        ("ud-maltese-mudt", (1123, 433, 518), (22880, 10209, 11073), 17),
        ("conll2000", (8936, None, 2012), (211727, None, 47377), 22),
        ("wnut17", (3394, 1009, 1287), (62730, 15733, 23394), 13),
    ],
)
def test_real_corpora_have_the_counts_of_their_descriptions(shared, name, sentences, words, tags):
    for split, size, tokens in zip(("train", "dev", "test"), sentences, words, strict=True):
        if size is not None:
            (path,) = [p for p in (shared / name).iterdir() if p.name.startswith(split)]
            corpus = (conllu if "conllu" in path.name else columns).read(path)
            assert (len(corpus), corpus.tokens) == (size, tokens)
            assert split != "train" or len(corpus.tags.vocabulary) == tags


def by_conllu(path):
    import conllu as other

    with path.open(encoding="utf-8") as file:
        sentences = [[token for token in s if isinstance(token["id"], int)] for s in other.parse_incr(file)]
    return [[(token["form"], token["upos"], token["xpos"] or "_") for token in sentence] for sentence in sentences]


def by_pyconll(path):
    import pyconll

    sentences = [[token for token in s if token.id.isdecimal()] for s in pyconll.load_from_file(str(path))]
    return [[(token.form, token.upos, token.xpos or "_") for token in sentence] for sentence in sentences]


@pytest.mark.parametrize("oracle", [by_conllu, by_pyconll])
@pytest.mark.parametrize("name", ["ud-english-ewt", "ud-maltese-mudt", "ud-thai-tud"])
def test_real_conllu_is_read_as_other_readers_read_it(shared, name, oracle):
    path = shared / name / "test.conllu"
    corpus = conllu.read(path, features=("xpos",))
    columns = corpus.sentences, corpus.tags, corpus.sentences.layers["xpos"]
    assert [list(zip(*sentence, strict=True)) for sentence in zip(*columns, strict=True)] == oracle(path)


def test_documents_of_a_treebank_are_counted_as_in_its_description(shared):
    folder = shared / "ud-english-ewt"
    files = ("train.conllu.gz", "dev.conllu", "test.conllu")
    assert [len(conllu.read(folder / file).documents) for file in files] == [540, 318, 316]


def test_encoded_corpora_are_the_same_whatever_their_form():
    corpus = Corpus.encode([["a", "b"], ["a"]], [["X", "Y"], ["X"]])
    other = Corpus.encode([["z", "a", "b"], ["a"]], [["Z", "X", "Y"], ["X"]])
    part = Corpus(other.sentences.take(np.array([1])), other.tags.take(np.array([1])))
    assert part.digest() == corpus.part(1, 2).digest()
    assert part.digest() != corpus.digest()
    assert re.fullmatch(r"[0-9a-f]{64}", corpus.digest().hex())


def test_each_document_has_its_name_and_one_without_has_none(tmp_path):
    row = "1\ta\t_\tX" + "\t_" * 6 + "\n\n"
    path = tmp_path / "x.conllu"
    path.write_text(f"# newdoc id = empty\n# newdoc id = one\n{row}{row}# newdoc\n{row}# newdoc id = two words\n{row}")
    corpus = conllu.read(path)
    assert corpus.documents.tolist() == [0, 2, 3]
    assert corpus.document_ids == ("one", "", "two words")
    path.write_text(f"# newdoc\n{row}")
    assert conllu.read(path).document_ids == ()
