"""One small corpus in all shapes that can hold it: one fingerprint, and exact round trips by `seqbench convert`."""

import json
from itertools import pairwise

import pytest
from program import called

from seqbench import Corpus, Dataset
from seqbench.registry.data_argument import parsed
from seqbench.registry.discovery import Registry
from seqbench.registry.reading import read

WORDS = [["Anna", "Smith", "left"], ["Bonn", "slept"], ["She", "saw", "Bonn"]]
TAGS = [["B-PER", "I-PER", "O"], ["B-LOC", "O"], ["O", "O", "B-LOC"]]
XPOS = [["NNP", "NNP", "VBD"], ["NNP", "VBD"], ["PRP", "VBD", "NNP"]]
OPENING = [0, 2]
SENTENCES = [list(enumerate(zip(*s, strict=True), start=1)) for s in zip(WORDS, XPOS, TAGS, strict=True)]
CONLLU = "{n}\t{w}\t_\t_\t{p}\t_\t0\troot\t_\tNER={t}\n"
ITEMS = [{"tokens": w, "xpos": p, "tags": t} for w, p, t in zip(WORDS, XPOS, TAGS, strict=True)]


def lines(token, after="\n", document="", first=""):
    """A text with a line for each token, `document` before the sentences that open one."""
    text = first
    for number, sentence in enumerate(SENTENCES):
        text += document if number in OPENING else ""
        text += "".join(token.format(n=n, w=w, p=p, t=t) for n, (w, p, t) in sentence) + after
    return text


def joined(token):
    return "".join(" ".join(token.format(w=w, p=p, t=t) for _, (w, p, t) in s) + "\n" for s in SENTENCES)


def brackets(tag, following):
    opening = f"({tag[2:]}" if tag[0] == "B" else ""
    return f"{opening}*{')' if tag != 'O' and following[:1] != 'I' else ''}"


def conll_2012():
    text = "#begin document (x); part 000\n"
    for words, pos, tags in zip(WORDS, XPOS, TAGS, strict=True):
        marks = [brackets(tag, after) for tag, after in zip(tags, [*tags[1:], "O"], strict=True)]
        cells = zip(words, pos, marks, strict=True)
        text += "".join(f"x 0 {n} {w} {p} * - - - A {m} -\n" for n, (w, p, m) in enumerate(cells)) + "\n"
    return text + "#end document\n"


PLAIN = {
    "tab.tsv": lines("{w}\t{t}\n"),
    "blank.txt": lines("{n} {w} {p} {t}\n"),
    "x.conllu?tags=misc:NER": lines(CONLLU),
    "x.conllup": lines("{n}\t{w}\t{t}\n", first="# global.columns = ID FORM X:NER\n"),
    "x.conllx?tags=postag": lines("{n}\t{w}\t_\t_\t{t}\t_\t0\troot\t_\t_\n"),
    "x.jsonl": "".join(json.dumps(item) + "\n" for item in ITEMS),
    "x.json": json.dumps(ITEMS, indent=1),
    "x.csv": "sentence,word,tag\n" + "".join(f"{i},{w},{t}\n" for i, s in enumerate(SENTENCES) for _, (w, _, t) in s),
    "x.pos": joined("{w}/{t}"),
    "x.tagged": joined("{w}|{p}|{t}"),
    "x.v4_gold_conll": conll_2012(),
    "x.opennlp": "<START:PER> Anna Smith <END> left\n<START:LOC> Bonn <END> slept\nShe saw <START:LOC> Bonn <END>\n",
    "x.doccano": '{"text": "Anna Smith left\\nBonn slept\\nShe saw Bonn", '
    '"label": [[0, 10, "PER"], [16, 20, "LOC"], [35, 39, "LOC"]]}\n',
}
WITH_ALL = {
    "x.tsv?header=1&features=xpos": lines("{w}\t{p}\t{t}\n", document="-DOCSTART-\n\n", first="word\txpos\tner\n"),
    "x.conllu?tags=misc:NER&features=xpos": lines(CONLLU, document="# newdoc\n"),
    "x.conllup?features=xpos": lines(
        "{n}\t{w}\t{p}\t{t}\n", document="# newdoc\n", first="# global.columns = ID FORM XPOS X:NER\n"
    ),
    "x.jsonl?features=xpos": "".join(
        json.dumps({**item, **({"document": True} if n in OPENING else {})}) + "\n" for n, item in enumerate(ITEMS)
    ),
}


@pytest.fixture(scope="module")
def registry():
    return Registry.discover()


def fingerprint(folder, name, registry, text=None, *, documents=True):
    path = folder / name.partition("?")[0]
    if text is not None:
        path.write_text(text)
    corpus = read(path, parsed(f"{folder}/{name}"), registry)
    if not documents:
        corpus = Corpus(corpus.sentences, corpus.tags)
    return Dataset.of("x", train=corpus, test=corpus).fingerprint


def test_thirteen_shapes_without_documents_and_layers_have_one_fingerprint(tmp_path, registry):
    one_document = {"x.v4_gold_conll", "x.doccano"}  # these shapes open one whatever they hold
    prints = {name: fingerprint(tmp_path, name, registry, text, documents=name not in one_document)
              for name, text in PLAIN.items()}  # fmt: skip
    plain = Corpus.encode(WORDS, TAGS)
    assert set(prints.values()) == {Dataset.of("x", train=plain, test=plain).fingerprint}


def test_shapes_that_can_hold_documents_and_layers_have_one_fingerprint_too(tmp_path, registry):
    prints = {fingerprint(tmp_path, name, registry, text) for name, text in WITH_ALL.items()}
    assert len(prints) == 1
    assert prints.isdisjoint({fingerprint(tmp_path, name, registry, PLAIN[name]) for name in ("tab.tsv", "x.jsonl")})


def test_round_trips_by_convert_are_exact(tmp_path, registry):
    name = "x.conllu?tags=misc:NER&features=xpos"
    before = fingerprint(tmp_path, name, registry, WITH_ALL[name])
    way = [name, "a.jsonl?features=xpos", "b.conllu?features=xpos", "c.jsonl?features=xpos"]
    for source, target in pairwise(way):
        done = called("convert", source, target.partition("?")[0], cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert fingerprint(tmp_path, target, registry) == before
    plain = fingerprint(tmp_path, "tab.tsv", registry, PLAIN["tab.tsv"])
    way = ["tab.tsv", "d.tagged", "e.bio", "f.conllu", "g.jsonl", "h.txt", "i.tsv"]
    for source, target in pairwise(way):
        assert called("convert", source, target, cwd=tmp_path).returncode == 0
        assert fingerprint(tmp_path, target, registry) == plain
    assert (tmp_path / "i.tsv").read_text() == PLAIN["tab.tsv"]
