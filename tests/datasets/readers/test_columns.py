"""Column files as people keep them: where the words are, what is no token, and what cannot be right."""

import pytest

from seqbench import DataError, UsageError
from seqbench_datasets.readers import columns

TWO = [["EU", "rejects"], ["Anna", "left", "Paris"]]
TAGS = [["B-ORG", "O"], ["B-PER", "O", "B-LOC"]]


def read(folder, text, name="x.txt", **options):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    corpora = [columns.read(path, _block_bytes=size, **options) for size in (1 << 20, 1 << 12)]
    assert corpora[0].digest() == corpora[1].digest()
    return corpora[0]


def content(corpus):
    return list(corpus.sentences), list(corpus.tags)


def written(line, gap="\n"):
    """The two sentences, each token written by a function of its number, word and tag."""
    pairs = [list(enumerate(zip(*sentence, strict=True), start=1)) for sentence in zip(TWO, TAGS, strict=True)]
    return gap.join("".join(line(number, *pair) for number, pair in sentence) for sentence in pairs)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        (written(lambda n, w, t: f"{n} {w} NNP {t}\n"), {}),
        (written(lambda n, w, t: f"{n - 1}\t{w}\t{t}\n"), {}),
        (written(lambda n, w, t: f"{n}\t{w}\t{t}\tO\n"), {"tags": "3"}),
        (written(lambda n, w, t: f"NNP {w} {t}\n"), {"words": "2"}),
        ("WORT TAG\n" + written(lambda n, w, t: f"{w} {t}\n"), {"header": 1}),
        ("TAG WORT N\n" + written(lambda n, w, t: f"{t} {w} {n}\n"), {"header": 1, "words": "wort", "tags": "TAG"}),
        ("ner\tToken\n" + written(lambda n, w, t: f"{t}\t{w}\n"), {"header": 1, "tags": "ner"}),
        ("TOKEN\tNE-COARSE-LIT\n# document_id = a\n" + written(lambda n, w, t: f"{w}\t{t}\n"), {}),
        (written(lambda n, w, t: f"% no token\n{w} {t}\n"), {"comments": "%"}),
        (written(lambda n, w, t: f"{w},{t}\n"), {"separator": ","}),
        (written(lambda n, w, t: f"{w}|{t}\n"), {"separator": "|"}),
        ("first\nsecond line\n" + written(lambda n, w, t: f"{w} {t}\n"), {"skip": 2}),
        (written(lambda n, w, t: f"{w} {t}\n").encode("utf-16"), {"encoding": "utf-16"}),
        (written(lambda n, w, t: f"{w} {t}\n").replace("\n", "\r").encode(), {}),
        (written(lambda n, w, t: f"{w}\t{t} \n"), {}),
        (written(lambda n, w, t: f"{w} \t {t}\r\r\n"), {}),
        (written(lambda n, w, t: f"  {w}   {t}\r\n", "\r\n"), {}),
        (written(lambda n, w, t: f"{w}\t{t}\n" if n == 1 else f"{w} {t}\n"), {}),
        (written(lambda n, w, t: f"{w} {t}\n", "\n# id 5239d808-f300-46ea  domain=en\n"), {}),
        ("# id 52\tdomain=en\n" + written(lambda n, w, t: f"{w}\t_\t_\t{t}\n", "\n# id 53\tdomain=en\n"), {}),
        ("#\thttp://x.org [2009]\n" + written(lambda n, w, t: f"{n}\t{w}\t{t}\tO\n"), {"tags": "3"}),
        ("-DOCSTART- -X- O\n" + written(lambda n, w, t: f"{w} NNP I-NP {t}\n"), {}),
        ("-docstart- -X- O O\n\n" + written(lambda n, w, t: f"{w} NNP I-NP {t}\n"), {}),
        ("  -DOCSTART- O\n" + written(lambda n, w, t: f"{w} {t}\n", "\n-DOCSTART--X-O O\n\n"), {}),
        ("-DOCSTART-X- O O\n" + written(lambda n, w, t: f"{w} {t}\n"), {}),
        ("id\tword\tner\n" + written(lambda n, w, t: f"{n - 1}\t{w}\t{t}\n"), {}),
        ("\tToken\tPOS\tner_tags\n" + written(lambda n, w, t: f"7\t{w}\tX\t{t}\n"), {}),
    ],
)
def test_every_shape_holds_the_same_sentences(tmp_path, text, options):
    assert content(read(tmp_path, text, **options)) == (TWO, TAGS)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("1 EU NNP B-ORG\n2 rejects VBZ O\n",
         "column 1 counts the tokens of each sentence, so that the words are column 2"),
        ("TOKEN TAG\nEU B-ORG\n", "the first line names the columns: TOKEN, TAG"),
        ("# id 1 x\nEU B O\n\n# id 2 x\na B O\n", "2 lines such as '# id 1 x' were read as comments, not as tokens"),
        ("EU\tB\nrejects\tO\n\nAnna O\n",
         "cells are separated by TABs and by spaces (4: 1 column, expected 2 (TAB, as in line 1): 'Anna O')"),
        ("EU\tB\n\tO\n", "1 empty words are read as '_'"),
    ],
)  # fmt: skip
def test_what_was_found_out_is_said(tmp_path, text, note):
    assert note in read(tmp_path, text).notes


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("1\tdogs\tdog\tNOUN\tNNS\t_\t0\troot\t_\t_\n2\tran\trun\tVERB\tVBD\t_\t1\tx\t_\t_\n", {},
         r"x\.txt: has the ten columns of CoNLL-U; read it with \?reader=conllu"),
        ("1 dogs dog NOUN NNS _ 0 root _ _\n2 ran run VERB VBD _ 1 x _ _\n", {},
         r"x\.txt: has the ten columns of CoNLL-U between spaces; name its columns: \?words=2&tags=4"),
        ("Sentence #\tWord\tTag\nSentence: 1\tEU\tO\n\tx\tO\n", {},
         r"x\.txt:1: the first line names a column of sentences; read it with \?reader=csv-table&separator=tab"),
        ("EU rejects call\tB-ORG O O\nAnna left\tB-PER O\n", {}, r"x\.txt:1: each line looks like a sentence, a TAB"),
        ("a lonely comment here\na X\nb X\nc X\n", {}, r"x\.txt:1: 4 columns, expected 2 \(spaces, as in line 2\)"),
        ("a X\n", {"words": "3"}, r"has no column '3' for words; choose a number from 1 to 2"),
        ("w t\na X\n", {"header": 1, "tags": "x"}, r"has no column 'x' for tags; .* to 2, or one of w, t"),
        ("a X\nb\xff X\n".encode("latin-1"), {}, r"x\.txt:2: not UTF-8: byte 0xff; .*\?encoding=latin-1"),
        ("a X\n".encode("utf-16"), {}, r"x\.txt:1: is UTF-16, not UTF-8; name it: \?encoding=utf-16"),
        ("a X\n".encode("utf-16-le"), {}, r"x\.txt:1: is UTF-16, not UTF-8; name it: \?encoding=utf-16-le"),
        ("a X\n".encode("utf-16-be"), {}, r"x\.txt:1: is UTF-16, not UTF-8; name it: \?encoding=utf-16-be"),
        ("a X\n".encode("utf-32"), {}, r"x\.txt:1: is UTF-32, not UTF-8; name it: \?encoding=utf-32"),
        ("a X\n".encode("utf-32-le"), {}, r"x\.txt:1: is UTF-32, not UTF-8; name it: \?encoding=utf-32-le"),
        ("a X\n", {"encoding": "rot13"}, r"no encoding is called 'rot13'"),
        ("a X\n", {"encoding": "base64"}, r"no encoding is called 'base64'"),
        ("a X\n", {"encoding": "latin-99"}, r"no encoding is called 'latin-99'"),
        ("a X\nb X\n".encode("utf-16")[:-1], {"encoding": "utf-16"}, r"x\.txt:2: not utf-16, in this line"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_with_the_way_out(tmp_path, text, options, message):
    with pytest.raises(DataError, match=message):
        read(tmp_path, text, **options)


def test_a_column_that_is_empty_in_all_lines_is_left_out_and_said(tmp_path):
    for line, note in (
        (lambda n, w, t: f"{w}\t{t}\t\n", "column 3 is empty, so that the tags are column 2"),
        (lambda n, w, t: f"\t{w}\t{t}\n", "column 1 is empty, so that the words are column 2"),
    ):
        corpus = read(tmp_path, written(line))
        assert content(corpus) == (TWO, TAGS)
        assert corpus.notes == (note,)


def test_spaces_that_part_no_columns_are_named(tmp_path):
    with pytest.raises(DataError, match=r"has one column, .*; no-break and wide spaces .* are no ends of columns"):
        read(tmp_path, written(lambda n, w, t: f"{w}\u00a0{t}\n"))
    with pytest.raises(DataError, match="the word and its tag$"):
        read(tmp_path, "a\nb\n")


def test_a_first_line_that_names_no_columns_is_a_token(tmp_path):
    text = "TOKEN\tTAG\nEU\tB-ORG\n"
    corpus = read(tmp_path, text, header=0)
    assert content(corpus) == ([["TOKEN", "EU"]], [["TAG", "B-ORG"]])
    assert not [note for note in corpus.notes if "names the columns" in note]
    assert list(read(tmp_path, text).sentences) == [["EU"]]
    with pytest.raises(UsageError, match="header must be 0 or 1, was: 2"):
        read(tmp_path, text, header=2)


def test_lines_to_skip_are_a_number_of_lines(tmp_path):
    with pytest.raises(UsageError, match=r"x\.txt: \?skip= must be 0 lines or more, was: -1"):
        read(tmp_path, "a X\n", skip=-1)


def test_a_separator_is_one_character(tmp_path):
    with pytest.raises(UsageError, match="the separator must be tab, space, blank"):
        read(tmp_path, "a X\n", separator="ab")


def test_a_number_sign_is_a_word_where_it_is_no_comment(tmp_path):
    text = "# O\nid O\n\n#1 O\nis O\n\nwe O\n# id\n"
    assert list(read(tmp_path, text).sentences) == [["#", "id"], ["#1", "is"], ["we", "#"]]


def test_numbers_that_do_not_count_are_words(tmp_path):
    assert list(read(tmp_path, "1 CD X\n3 CD X\n").sentences) == [["1", "3"]]
    assert list(read(tmp_path, "1 EU X\n2 is X\n", words="1").sentences) == [["1", "2"]]


def test_a_line_without_end_is_refused_with_its_number(tmp_path):
    with pytest.raises(DataError, match=r"x\.txt:2: a line is longer than 64 MB"):
        read(tmp_path, b"a X\n" + b"b" * ((1 << 26) + (1 << 22)))
