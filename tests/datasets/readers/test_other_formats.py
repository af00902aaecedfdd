"""Formats beside columns and CoNLL-U: read by their readers, and refused by name where they come as columns."""

import json

import pytest

from seqbench import DataError, SeqbenchError
from seqbench.registry.data_argument import parsed
from seqbench.registry.discovery import Registry
from seqbench.registry.reading import read

WORDS, TAGS = [["Anna", "Smith", "left", "Bonn"], ["Bonn"]], [["B-PER", "I-PER", "O", "B-LOC"], ["B-LOC"]]
OPENNLP = "<START:PER> Anna Smith <END> left <START:LOC> Bonn <END>\n<START:LOC> Bonn <END>\n"
WEBANNO = """#FORMAT=WebAnno TSV 3.2
#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue
#T_SP=webanno.custom.NamedEntity|value


#Text=Anna Smith left Bonn
1-1\t0-4\tAnna\tNE\tPER[1]\t
1-2\t5-10\tSmith\tNE\tPER[1]\t
1-3\t11-15\tleft\tVV\t_\t
1-3.1\t11-13\tle\t_\t_\t
1-4\t16-20\tBonn\tNE\tLOC|ORG\t

#Text=Bonn
2-1\t21-25\tBonn\tNE\tLOC\t
"""
CONLL_2012 = """#begin document (bc/x); part 000
bc/x 0 0 Anna NNP (TOP(S(NP* - - - Sp (PER* (ARG0* -
bc/x 0 1 Smith NNP *) - - - Sp *) *) (0)
bc/x 0 2 left VBD * leave 01 1 Sp * (V*) -
bc/x 0 3 Bonn NNP *)) - - - Sp (LOC) * -

bc/x 0 0 Bonn NNP (TOP*) - - - Sp (LOC) -

#end document
"""
BRACKETS = "Anna (PER*\nSmith *)\nleft *\nBonn (LOC)\n\nBonn (LOC*)\n"


SPANS = [("Anna Smith left Bonn", [[0, 10, "PER"], [16, 20, "LOC"]]), ("Bonn", [[0, 4, "LOC"]])]
JOINT = "Anna Smith left Bonn\nBonn"
PLACES = [(0, 10, "PER"), (16, 20, "LOC"), (21, 25, "LOC")]
OFFSETS = [{"start_offset": start, "end_offset": end, "label": kind} for start, end, kind in PLACES]
VALUES = [{"start": start, "end": end, "labels": [kind]} for start, end, kind in PLACES]
RESULT = [{"type": "labels", "value": value} for value in VALUES]
TASKS = [{"id": 7, "data": {"text": JOINT}, "annotations": [{"result": [*RESULT, {"type": "choices", "value": {}}]}]}]


@pytest.fixture(scope="module")
def registry():
    return Registry.discover()


def corpus_of(folder, registry, name, text):
    path = folder / name.partition("?")[0]
    path.write_text(text)
    return read(path, parsed(f"{folder}/{name}"), registry)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.opennlp", OPENNLP),
        ("x.train?reader=opennlp", OPENNLP),
        ("x.webanno?tags=value", WEBANNO),
        ("x.tsv?reader=webanno&tags=NamedEntity.value", WEBANNO),
        ("x.v4_gold_conll", CONLL_2012),
        ("x.conll?reader=conll-2012&tags=11", CONLL_2012),
        ("x.txt", BRACKETS),
        ("x.doccano", "".join(f"{json.dumps({'id': 1, 'text': text, 'label': spans})}\n" for text, spans in SPANS)),
        ("x.jsonl?reader=annotated-text&text=t", json.dumps({"t": JOINT, "entities": OFFSETS}) + "\n"),
        ("x.json?reader=annotated-text", json.dumps(TASKS, indent=1)),
        ("x.labelstudio", json.dumps([{"text": JOINT, "label": VALUES}])),
        ("x.tagged", "Anna|NNP|B-PER Smith|NNP|I-PER left|VBD|O Bonn|NNP|B-LOC\nBonn|NNP|B-LOC\n"),
        ("x.tagged", "Anna###B-PER Smith###I-PER left###O Bonn###B-LOC\nBonn###B-LOC\n"),
    ],
)
def test_every_shape_holds_the_same_spans(tmp_path, registry, name, text):
    corpus = corpus_of(tmp_path, registry, name, text)
    assert (list(corpus.sentences), list(corpus.tags)) == (WORDS, TAGS)


def test_parts_of_speech_of_other_formats_stay_as_they_are(tmp_path, registry):
    for name, text in (("x.webanno", WEBANNO), ("x.v4_gold_conll?tags=pos", CONLL_2012)):
        assert next(iter(corpus_of(tmp_path, registry, name, text).tags))[1:3] in (["NE", "VV"], ["NNP", "VBD"])
    row = "{}\t{}\t_\tN\t{}\t_\t0\troot\t_\t_\n"
    conll_x = "".join(row.format(n, word, "NN") for n, word in enumerate(WORDS[0], 1))
    assert list(corpus_of(tmp_path, registry, "x.conllx", conll_x).tags) == [["NN"] * 4]
    assert list(corpus_of(tmp_path, registry, "x.conllx?tags=cpostag", conll_x).tags) == [["N"] * 4]


def test_what_was_chosen_for_the_user_is_said(tmp_path, registry):
    said = {
        ("x.txt", BRACKETS): "tags such as '(PER*' and '*)' are spans in brackets: they are read as IOB2",
        ("x.webanno?tags=value", WEBANNO): "1 tokens have several values of the feature: the first one is read",
        ("x.tagged", "EU|NNP|B-ORG left|V|O\n"): "words have 3 parts ('EU|NNP|B-ORG'): the first is the word",
    }
    for (name, text), note in said.items():
        assert any(told.startswith(note) for told in corpus_of(tmp_path, registry, name, text).notes)


def test_documents_are_kept(tmp_path, registry):
    assert corpus_of(tmp_path, registry, "x.v4_gold_conll", CONLL_2012 * 2).documents.tolist() == [0, 2]
    assert corpus_of(tmp_path, registry, "x.opennlp", OPENNLP + "\n" + OPENNLP).documents.tolist() == [0, 2]


def test_brackets_inside_brackets_are_no_spans(tmp_path, registry):
    for text in ("a (X*\nb (Y*)\nc *)\n", "a (X*\nb *\n", "a *)\nb (X)\n", "a (X(Y*))\nb *\n"):
        corpus = corpus_of(tmp_path, registry, "x.txt", text)
        assert next(iter(corpus.tags))[0] == text.split()[1]


@pytest.mark.parametrize(
    ("name", "text", "reader"),
    [
        ("x.train", OPENNLP, "opennlp"),
        ("x.tsv", WEBANNO, "webanno"),
        ("x.conll", CONLL_2012, "conll-2012"),
        ("x.txt", "Anna/B-PER left/O\n", "slashed"),
        ("x.txt", "EU###B-ORG rejects###O\nAnna###B-PER\n", "slashed"),
        ("x.txt", "EU|NNP|B-ORG rejects|VBZ|O\n", "slashed"),
        ("x.txt", "EU_B-ORG rejects_O\nAnna_B-PER\n", "slashed"),
    ],
)
def test_another_format_under_a_suffix_of_columns_is_refused_with_its_reader(tmp_path, registry, name, text, reader):
    with pytest.raises(DataError, match=rf"x\.\w+:1: .*\?reader={reader}"):
        corpus_of(tmp_path, registry, name, text)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("x.doccano", '{"text": "a b", "label": [[0, 3, "X"], [2, 3, "Y"]]}\n', ":1: the span 'Y' from 2 on overlaps"),
        ("x.doccano", '{"label": []}\n', ":1: has no text under 'text'"),
        ("x.doccano", '{"text": "a", "label": [["0", 1, "X"]]}\n', ":1: expected a span with start, end and label"),
        ("x.jsonl", '{"text": "a"}\n', r"\?reader=annotated-text"),
        ("x.opennlp", "<START:PER> Anna\n", r":1: the span of type 'PER' has no <END>"),
        ("x.opennlp", "a\n<START:A> <START:B> b <END>\n", r":2: <START:B> stands inside of another span"),
        ("x.opennlp", "a <END>\n", ":1: <END> ends no span"),
        ("x.webanno", "1-1\t0-4\tAnna\tPER\n", ":1: the first line must begin with '#FORMAT=WebAnno TSV 3'"),
        ("x.webanno", WEBANNO.replace("1-2\t", "x\t"), ":8: the first cell must be like 1-2"),
        ("x.webanno", WEBANNO.replace("\t5-10\tSmith\tNE", "\tSmith"), ":8: 4 cells, expected 5"),
        ("x.webanno?tags=none", WEBANNO, r"no feature of this file is named 'none'\. Features: [^;]*$"),
        ("x.v4_gold_conll", "a b c\n", r":1: 3 columns, expected at least 11 \(CoNLL-2012\)"),
        ("x.v4_gold_conll?tags=x", CONLL_2012, "no column of CoNLL-2012 is named 'x'"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path, registry, name, text, why):
    with pytest.raises(DataError, match=why):
        corpus_of(tmp_path, registry, name, text)


HIPE = (
    "TOKEN\tNE-COARSE-LIT\tNE-COARSE-METO\tNEL-LIT\tMISC\n"
    "# hipe2022:document_id = a-1\n# hipe2022:language = de\nAm\tO\tO\t_\t_\nRhein\tB-loc\tO\tQ584\tEndOfLine\n\n"
    "# hipe2022:document_id = a-2\nBonn\tB-loc\tO\tQ586\t_\n"
)


def test_hipe_2022_has_a_header_its_tags_are_not_the_remarks_and_its_comments_open_documents(tmp_path, registry):
    corpus = corpus_of(tmp_path, registry, "HIPE-2022-train-de.tsv", HIPE)
    assert (list(corpus.sentences), list(corpus.tags)) == ([["Am", "Rhein"], ["Bonn"]], [["O", "B-loc"], ["B-loc"]])
    assert corpus.documents.tolist() == [0, 1]
    assert "the tags are column 'NE-COARSE-LIT', not 'MISC'; ?tags= names another" in corpus.notes
    remarks = corpus_of(tmp_path, registry, "HIPE-2022-train-de.tsv?tags=MISC", HIPE)
    assert list(remarks.tags) == [["_", "EndOfLine"], ["_"]]


def test_conll_2012_under_the_name_of_columns_is_refused_though_all_sentences_are_as_wide(tmp_path, registry):
    even = "\n".join(line for line in CONLL_2012.split("\n") if "(0)" not in line and "left" not in line)
    even = even.replace("bc/x 0 0 Bonn NNP (TOP*) - - - Sp (LOC) -", "bc/x 0 0 Bonn NNP (TOP*) - - - Sp (LOC) * -")
    with pytest.raises(DataError, match=r"has the columns of CoNLL-2012.*\?reader=conll-2012"):
        corpus_of(tmp_path, registry, "x.conll", even)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.json", json.dumps(TASKS)),
        ("x.json", json.dumps([{"id": 1, "text": JOINT, "label": VALUES, "annotator": 1}])),
        ("x.jsonl", json.dumps({"id": 1, "text": JOINT, "label": PLACES, "Comments": []}) + "\n"),
        ("x.jsonl", json.dumps({"id": 1, "text": JOINT, "entities": OFFSETS, "relations": []}) + "\n"),
    ],
)
def test_exports_of_annotation_tools_are_read_under_the_names_that_the_tools_give_them(tmp_path, registry, name, text):
    corpus = corpus_of(tmp_path, registry, name, text)
    assert (list(corpus.sentences), list(corpus.tags)) == (WORDS, TAGS)
    assert corpus.notes == ("holds texts with spans by character: read as by ?reader=annotated-text",)


def test_an_object_with_words_and_a_text_is_no_text_with_spans(tmp_path, registry):
    item = {"text": "a b", "tokens": ["a", "b"], "labels": ["X", "Y"]}
    assert list(corpus_of(tmp_path, registry, "x.jsonl", json.dumps(item)).tags) == [["X", "Y"]]


def test_a_text_with_spans_may_describe_its_tokens_by_objects(tmp_path, registry):
    tokens = '[{"text": "Anna", "start": 0, "end": 4, "id": 0}]'
    (tmp_path / "x.jsonl").write_text(
        f'{{"text": "Anna", "tokens": {tokens}, "spans": [{{"start": 0, "end": 4, "label": "PER"}}]}}\n'
    )
    corpus = read(tmp_path / "x.jsonl", parsed(str(tmp_path / "x.jsonl")), registry)
    assert (list(corpus.sentences), list(corpus.tags)) == ([["Anna"]], [["B-PER"]])


def test_a_token_a_line_joined_to_its_tag_is_a_column_file_with_that_separator(registry, tmp_path):
    text = "Anna|B-PER\nleft|O\n\nBonn|B-LOC\n"
    with pytest.raises(DataError, match=r"joined to its tag by '\|', a token a line; read it with \?separator=%7C$"):
        corpus_of(tmp_path, registry, "x.txt", text)
    assert list(corpus_of(tmp_path, registry, "x.txt?separator=%7C", text).tags) == [["B-PER", "O"], ["B-LOC"]]


def test_the_way_out_of_a_csv_without_header_has_its_own_separator(registry, tmp_path):
    text = "Anna;B-PER\nleft;O\n"
    with pytest.raises(DataError, match=r"\?reader=columns&separator=%3B$"):
        corpus_of(tmp_path, registry, "x.csv", text)
    assert list(corpus_of(tmp_path, registry, "x.csv?reader=columns&separator=%3B", text).tags) == [["B-PER", "O"]]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.txt", b"version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 12\n", "git lfs pull"),
        ("x.jsonl", b"<!DOCTYPE html>\n<html></html>", "is a web page, not the data"),
        ("x.zip", b"PK\3\4junk", "is no whole zip file"),
        ("x.xlsx", b"PK\3\4", "is a spreadsheet, which is not read; save it as CSV"),
    ],
)
def test_what_is_no_corpus_at_all_is_named(registry, tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SeqbenchError, match=message):
        read(tmp_path / name, parsed(str(tmp_path / name)), registry)
