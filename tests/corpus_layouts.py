"""Small made-up files of each layout of the catalogue, and what is in them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

Sentence = list[tuple[str, str]]

WORDS = (("Ana", "B-PER"), ("Lee", "I-PER"), ("sings", "O"), (".", "O"))
LABELS = (("a", "NOUN"), ("b", "VERB"), ("c", "X"))
SENTENCES: tuple[Sentence, ...] = tuple(list(WORDS if number % 2 else LABELS) for number in range(40))


@dataclass(frozen=True)
class MadeFile:
    """Content of a file, the sentences in it, the numbers of those that open documents, and the published counts."""

    content: bytes
    sentences: list[Sentence]
    documents: list[int] = field(default_factory=list)
    counted: tuple[int, int] | None = None

    @property
    def counts(self) -> tuple[int, int]:
        """Sentences and tokens as a catalogue counts them."""
        return self.counted or (len(self.sentences), sum(map(len, self.sentences)))


def made_file(name: str, entry) -> MadeFile:
    """File of a corpus's layout."""
    return LAYOUTS[entry.format](name, entry)


def treebank(name, entry) -> MadeFile:
    """CoNLL-U with comments, a multiword token, an empty node and an open document."""
    lines = []
    for number, sentence in enumerate(SENTENCES):
        lines += ["# newdoc id = d"] * (number == 0) + [f"# sent_id = {number}", "1-2\tab\t" + "\t".join("_" * 8)]
        for place, (word, tag) in enumerate(sentence, start=1):
            upos, misc = (tag, "_") if not entry.columns.key else ("X", f"Gloss=a|{entry.columns.key}={tag}")
            lines.append(f"{place}\t{word}\tl\t{upos}\tP\t_\t0\troot\t_\t{misc}")
        lines += ["8.1\tnothing\t" + "\t".join("_" * 8), ""]
    return MadeFile("\n".join(lines).encode(), list(SENTENCES), [0])


def columns(name, entry) -> MadeFile:
    """Column file with what an entry says: columns, separator, comments, header, and what its notes tell."""
    known, rules = entry.columns, entry.rules
    separator = "\t" if known.separator == "tab" else " "
    width = max(int(known.words), int(known.tags), *known.features.values(), 10 if rules.sentence_end else 0)
    marked = name in {"jnlpba", "turku-ner", "wikigold", "sec-filings", "conll2003", "conll2003-german"}
    lines = [separator.join(f"H{number}" for number in range(width))] if known.header else []
    documents = []
    for number, sentence in enumerate(SENTENCES):
        if known.comment and number % 3 == 0:
            lines.append(f"{known.comment}id = {number}")
        if marked and number % 4 == 0:
            documents.append(number)
            lines += [separator.join(["-DOCSTART-", *["O"] * (width - 1)]), ""]
        if rules.sentence_end and number % 4 == 0:
            documents.append(number)
            lines += [""] * (number > 0)
        for place, (word, tag) in enumerate(sentence, start=1):
            cells = ["_" if int(known.words) == 1 else str(place)] * width
            cells[int(known.words) - 1], cells[int(known.tags) - 1] = word, tag
            if rules.sentence_end and place == len(sentence):
                cells[rules.sentence_end.column - 1] = f"NoSpaceAfter|{rules.sentence_end.mark}"
            lines.append(separator.join(cells))
        if not rules.sentence_end and not rules.cut:
            lines.append("\t" if name == "wnut17" and number % 2 else "\t\t" if name.startswith("finer") else "")
    return _finished(name, entry, lines, documents)


def _finished(name, entry, lines, documents) -> MadeFile:
    sentences, rules, end = list(SENTENCES), entry.rules, "\r\n" if name == "german-ler" else "\n"
    tokens = sum(map(len, sentences))
    counted = (len(documents), tokens) if rules.counts == "documents" else None
    if rules.empty_word:
        lines, sentences = [*lines, "\tO", ""], [*sentences, [(rules.empty_word, "O")]]
    if rules.empty_tag:
        lines, sentences = ["", *lines, "<HEADLINE>\t\t", ""], [*sentences, [("<HEADLINE>", rules.empty_tag)]]
    if rules.numbered:
        more = ["1-2\tab" + "\t_" * 17, "1\ta" + "\t_" * 16 + "\tO", ""]
        lines, sentences, counted = [*lines, *more], [*sentences, [("a", "O")]], (len(sentences) + 1, tokens + 2)
    if rules.cut:
        sentences = [[*SENTENCES[number - 1], *SENTENCES[number]] for number in range(1, len(SENTENCES), 2)]
        counted = (1, tokens)
    return MadeFile(end.join([*lines, ""]).encode(entry.encoding), sentences, documents, counted)


def hyphens(name, entry) -> MadeFile:
    """Hyphenated words."""
    return _letters("ba-na-na", "-")


def bars(name, entry) -> MadeFile:
    """Words between bars."""
    return _letters("ก็|ดี| |มาก", "|")


def _letters(line: str, separator: str) -> MadeFile:
    tagged = [(letter, "I" if place else "B") for part in line.split(separator) for place, letter in enumerate(part)]
    return MadeFile(f"{line}\n".encode() * 30, [tagged] * 30)


def morphemes(name, entry) -> MadeFile:
    """Words with morphemes, of which one changes a letter: happiness is happy and ness."""
    kind = "\t010" if "mon" in name else ""
    content = f"cats\tcat @@s{kind}\nhappiness\thappy @@ness{kind}\n".encode() * 15
    cats = list(zip("cats", "BIIB", strict=True))
    return MadeFile(content, [cats, list(zip("happiness", "BIIIIBIII", strict=True))] * 15)


def token_objects(name, entry) -> MadeFile:
    """JSON objects with tokens and tags."""
    objects = [{"id": 1, "tokens": [w for w, _ in s], "ner_tags": [t for _, t in s], "ner_ids": []} for s in SENTENCES]
    return MadeFile(json.dumps(objects).encode(), list(SENTENCES))


def pieces(name, entry) -> MadeFile:
    """Snips: pieces of text with entities, and an emoji as two surrogates, each in three bytes."""
    data = [{"data": [{"text": "play "}, {"text": "blue sky", "entity": "track"}, {"text": " now EMOJI\n"}]}] * 30
    emoji = "\ud83d\ude00".encode("utf-8", "surrogatepass")
    content = json.dumps({"PlayMusic": data}).encode().replace(b"EMOJI", emoji)
    words = [("play", "O"), ("blue", "B-track"), ("sky", "I-track"), ("now", "O"), ("\U0001f600", "O")]
    return MadeFile(content, [words] * 30)


def tagged_text(name, entry) -> MadeFile:
    """word_TAG pairs, one of them with an underscore in the word, and a piece that has none."""
    return MadeFile(b"the_DT a_b_NN stray runs_VBZ\n\nit_PRP\n", [
        [("the", "DT"), ("a_b", "NN"), ("runs", "VBZ")], [("it", "PRP")],
    ], [0])  # fmt: skip


def brackets(name, entry) -> MadeFile:
    """CoNLL-2012 with spans in brackets."""
    rows = [("Ana", "(PERSON*"), ("Lee", "*)"), ("met", "*"), ("Bo", "(PERSON)")]
    lines = [f"d 0 {i} {w} P * - - - - {cell} -" for i, (w, cell) in enumerate(rows)]
    tags = ["B-PERSON", "I-PERSON", "O", "B-PERSON"]
    sentence = [(word, tag) for (word, _), tag in zip(rows, tags, strict=True)]
    text = "\n".join(["#begin document (d); part 000", *[*lines, ""] * 20, "#end document", ""])
    return MadeFile(text.encode(), [sentence] * 20, [0])


LAYOUTS: dict[str, Callable[..., MadeFile]] = {
    "bar-separated-words": bars,
    "columns": columns,
    "conll-2012": brackets,
    "conllu": treebank,
    "conllu-plus": columns,
    "conllulex": columns,
    "hyphenated-words": hyphens,
    "json": token_objects,
    "snips-json": pieces,
    "word-TAB-morphemes": morphemes,
    "word_TAG": tagged_text,
}


def zipped(**members: bytes) -> bytes:
    """Zip archive with these members; `__` in a name stands for a slash."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()
