"""Shapes in which people keep small corpora: all hold the same sentences."""

import json

import pytest

from seqbench import DataError
from seqbench.registry.data_argument import parsed
from seqbench.registry.discovery import Registry
from seqbench.registry.reading import read

WORDS, TAGS = [["EU", "rejects"], ["Anna"]], [["B-ORG", "O"], ["B-PER"]]
ITEMS = [{"tokens": words, "ner_tags": tags} for words, tags in zip(WORDS, TAGS, strict=True)]
NUMBERED = [{"words": words, "labels": [["O", "B-ORG", "B-PER"].index(tag) for tag in tags]}
            for words, tags in zip(WORDS, TAGS, strict=True)]  # fmt: skip
ROW = "{n}\t{w}\t_\tX\t_\t_\t0\troot\t_\tNER={t}\n"


@pytest.fixture(scope="module")
def registry():
    return Registry.discover()


SHAPES = {
    "last.csv": "Word,Tag,Sentence\nEU,B-ORG,1\nrejects,O,1\nAnna,B-PER,2\n",
    "nan.csv": "Sentence #,Word,Tag\nSentence: 1,EU,B-ORG\nNaN,rejects,O\nSentence: 2,Anna,B-PER\n",
    "tabs.tagged": "EU/B-ORG \t rejects/O\t\r\nAnna/B-PER\n",
    "x.jsonl": "".join(json.dumps(item) + "\n" for item in ITEMS),
    "x.json": json.dumps(ITEMS, indent=1),
    "x.jsonl?names=O,B-ORG,B-PER": "".join(json.dumps(item) + "\n" for item in NUMBERED),
    "x.csv": "Sentence #,Word,POS,Tag\nSentence: 1,EU,NNP,B-ORG\n,rejects,VBZ,O\nSentence: 2,Anna,NNP,B-PER\n",
    "x.csv?words=w&tags=t&sentence=s": "s,t,w\n1,B-ORG,EU\n1,O,rejects\n2,B-PER,Anna\n",
    "x.csv?separator=%3B": '"token";"ner"\n"EU";B-ORG\nrejects;O\n;\nAnna;B-PER\n',
    "x.csv?words=2": "sid,token,tag\n1,EU,B-ORG\n1,rejects,O\n\n1,Anna,B-PER\n",
    "x.pos": "EU/B-ORG rejects/O\nAnna/B-PER\n",
    "x.tagged": "EU_B-ORG  rejects_O\n\nAnna_B-PER\n",
    "x.tagged?tags=3": "EU|NNP|B-ORG rejects|VBZ|O\nAnna|NNP|B-PER\n",
    "x.pos?separator=%23%23%23": "EU###B-ORG rejects###O\nAnna###B-PER\n",
    "x.conllu?tags=misc:NER": ROW.format(n=1, w="EU", t="B-ORG")
    + ROW.format(n=2, w="rejects", t="O")
    + "\n"
    + ROW.format(n=1, w="Anna", t="B-PER|Other=1"),
    "x.conllup?tags=ner": "# global.columns = ID FORM X:NER\n1\tEU\tB-ORG\n2\trejects\tO\n\n1\tAnna\tB-PER\n",
}


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_gives_the_same_corpus(registry, tmp_path, name):
    path = tmp_path / name.partition("?")[0]
    path.write_text(SHAPES[name])
    corpus = read(path, parsed(f"{tmp_path}/{name}"), registry)
    assert (list(corpus.sentences), list(corpus.tags)) == (WORDS, TAGS)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        (
            "x.jsonl",
            '{"tokens": ["a"], "tags": ["X"]}\n{"tokens": ["a"]}\n',
            r"x\.jsonl:2: has no key 'tags' for tags; it",
        ),
        ("x.jsonl", '{"tokens": ["a"], "tags": ["X", "Y"]}\n', r"x\.jsonl:1: 1 words, but 2 tags"),
        ("x.jsonl", '\n{"tokens": "a", "tags": ["X"]}\n', r"x\.jsonl:2: 'tokens' must be a list, was: 'a'"),
        ("x.jsonl", '{"tokens": [null], "tags": ["X"]}\n', r"must hold texts or numbers, was: 'None'"),
        ("x.jsonl", '{"tokens": ["\\ud800"], "tags": ["X"]}\n', r"x\.jsonl:1: '\\ud800' is half a character"),
        ("x.jsonl", "{\n", r"x\.jsonl:1: no JSON"),
        ("x.jsonl", "[" * 100_000, r"x\.jsonl:1: no JSON"),
        ("x.jsonl", "3\n", r"x\.jsonl:1: expected an object with tokens and tags, was: '3'"),
        ("x.jsonl", "", "holds no sentence"),
        ("x.csv", "a,b\n1,2\n", r"x\.csv:1: no column of the header holds the words"),
        ("x.csv", "sid,word,Tag,tag\n1,a,N,V\n", r"x\.csv:1: the header has 2 columns 'tag'; .* its number: 3 or 4"),
        ("x.csv", "sent,Sent,word,tag\n1,1,a,N\n", "the header has 2 columns 'sent'; .*: 1 or 2"),
        ("x.tsv", "word\tword\ttag\na\tN\tV\n", "the header has 2 columns 'word'; .*: 1 or 2"),
        ("x.csv", "word,tag,word\na,N,b\n", "the header has 2 columns 'word'; choose one by its number: 1 or 3"),
        ("x.tsv", "word\tner\tNER\nEU\tB-ORG\tO\n", "the header has 2 columns 'NER'; .*: 2 or 3"),
        ("x.csv", "word,tag\na\n", r"x\.csv:2: 1 cells, expected 2 \(as in the header\)"),
        ("x.csv", 'word,tag\na,"b\n', r"x\.csv:2: no CSV"),
        (
            "x.csv",
            "Sentence #,Word,Tag\n1,the,D\n2,a,D\n1,dog,N\n2,cat,N\n",
            r"x\.csv:4: sentence '1' comes again behind sentence '2': sort the lines by sentence, or leave a line",
        ),
        (
            "x.csv",
            "text,labels\nThe dog,DET NOUN\nA cat ran,DET NOUN V\n",
            r"x\.csv: each row looks like a sentence and its tags \('The dog'\); write one token a row",
        ),
        ("x.csv", "tokens,ner_tags\n\"['a', 'b']\",\"['X', 'Y']\"\n", r"each row looks like a sentence and its tags"),
        ("x.pos", "a/X b\n", r"x\.pos:1: no separator stands in every word"),
        ("x.pos", "a/X\nb\n", r"x\.pos:2: expected word/TAG, was: 'b'"),
        ("x.conllup", "1\ta\n", r"x\.conllup:1: the first line must be '# global\.columns = ID FORM \.\.\.'"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(registry, tmp_path, name, text, why):
    (tmp_path / name).write_text(text)
    with pytest.raises(DataError, match=why):
        read(tmp_path / name, parsed(str(tmp_path / name)), registry)


def test_keys_of_features_are_tags_and_a_missing_one_is_unspecified(registry, tmp_path):
    rows = ["1\ta\t_\tX\t_\tCase=Nom|Number=Sing", "2\tb\t_\tX\t_\tNumber=Plur", "3\tc\t_\tX\t_\t_"]
    (tmp_path / "x.conllu").write_text("".join(f"{row}\t0\troot\t_\t_\n" for row in rows))
    corpus = read(tmp_path / "x.conllu", parsed(f"{tmp_path}/x.conllu?tags=feats:Case&features=feats:Number"), registry)
    assert list(corpus.tags) == [["Nom", "_", "_"]]
    assert list(corpus.sentences.layers["feats:Number"]) == [["Sing", "Plur", "_"]]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_header_of_a_table_shows_what_separates_its_cells(registry, tmp_path, sign):
    text = 'sentence_id,word,tag\n1,EU,B-ORG\n1,"rejects",O\n2,Anna,B-PER\n'.replace(",", sign)
    (tmp_path / "x.csv").write_text(text)
    corpus = read(tmp_path / "x.csv", parsed(str(tmp_path / "x.csv")), registry)
    assert (list(corpus.sentences), list(corpus.tags)) == (WORDS, TAGS)
    named = {"\t": "tab", ";": "%3B", "|": "%7C"}.get(sign, sign)
    chosen = parsed(f"{tmp_path}/x.csv?separator={named}")
    assert read(tmp_path / "x.csv", chosen, registry).digest() == corpus.digest()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.jsonl", '{"tokens": ["-DOCSTART-"], "tags": ["O"]}\n{"tokens": ["EU"], "tags": ["B-ORG"]}\n'),
        ("x.csv", "sentence,word,tag\n1,-DOCSTART-,O\n2,EU,B-ORG\n"),
        ("x.tagged", "-docstart-/O\nEU/B-ORG\n"),
    ],
)
def test_a_sentence_that_marks_a_document_is_none(registry, tmp_path, name, text):
    (tmp_path / name).write_text(text)
    corpus = read(tmp_path / name, parsed(str(tmp_path / name)), registry)
    assert (list(corpus.sentences), corpus.documents.tolist()) == ([["EU"]], [0])
    assert "sentences of the word '-DOCSTART-' alone open documents" in corpus.notes[-1]


def test_a_table_without_a_header_is_told_to_be_read_as_columns(registry, tmp_path):
    (tmp_path / "x.csv").write_text("EU,B-ORG\nx,O\n")
    with pytest.raises(DataError, match=r"holds the words \(EU, B-ORG\); .* with \?reader=columns&separator=%2C"):
        read(tmp_path / "x.csv", parsed(str(tmp_path / "x.csv")), registry)
    assert read(tmp_path / "x.csv", parsed(f"{tmp_path}/x.csv?reader=columns&separator=%2C"), registry).tokens == 2
    assert read(tmp_path / "x.csv", parsed(f"{tmp_path}/x.csv?words=1"), registry).notes == (
        "the first line names the columns: EU, B-ORG",
    )
