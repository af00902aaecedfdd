"""Broken files against the readers: python benchmarks/reliability/reading.py READER [INPUTS] [SEED].

Each input is a file of the reader's format, damaged at random (bytes cut, doubled, replaced by odd ones) and read in
blocks of any size where the reader has them. It must give a corpus, or a `SeqbenchError` that names the file. Prints
the counts; the exit code is 1 where anything else was raised.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import msgspec
import numpy as np

from seqbench import Corpus, SeqbenchError
from seqbench_datasets.readers import (
    annotated_text,
    columns,
    conll_2012,
    conll_x,
    conllu,
    conllu_plus,
    csv_table,
    docbin,
    json_lines,
    opennlp,
    parquet,
    slashed,
    text,
    webanno,
)
from seqbench_datasets.readers._spacy_strings import murmur_hash

Options = Callable[[random.Random], dict[str, object]]

ODD = [b"\t", b" ", b"\n", b"\r", b"\r\n", b"#", b"\0", b"\xff", b"\xef\xbb\xbf", b"-DOCSTART-", b"# newdoc\n", b"\n\n"]
ODD += [
    b"1-2",
    b"3.1",
    b"_",
    "\u00a0é\u2028".encode(),
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"#begin document (a)\n",
    b"99999999999999",
]
WORDS = [b"the", b"dog", "Käse".encode(), b"#", b"1", b"-", b"B-X", b"O"]


def conllu_text(draw: random.Random) -> bytes:
    """A small file of CoNLL-U."""
    lines = []
    for _ in range(draw.randint(1, 3)):
        lines += [b"# text = a"] if draw.random() < 0.5 else []  # noqa: PLR2004 -- a coin
        for number in range(1, draw.randint(2, 5)):
            word = draw.choice(WORDS)
            lines.append(b"\t".join([b"%d" % number, word, word, b"NOUN", b"NN", b"_", b"0", b"root", b"_", b"_"]))
        lines.append(b"")
    return b"\n".join(lines) + b"\n"


def columns_text(draw: random.Random) -> bytes:
    """A small file of columns."""
    separator = draw.choice([b"\t", b" ", b"  "])
    width = draw.randint(2, 4)
    lines = [b"-DOCSTART- O"] if draw.random() < 0.2 else []  # noqa: PLR2004 -- a fifth of them
    for _ in range(draw.randint(1, 4)):
        lines += [separator.join(draw.choice(WORDS) for _ in range(width)) for _ in range(draw.randint(1, 4))]
        lines.append(b"")
    return b"\n".join(lines)


def damaged(data: bytes, draw: random.Random) -> bytes:
    """The data with a few changes."""
    for _ in range(draw.randint(0, 4)):
        start, end = sorted((draw.randint(0, len(data)), draw.randint(0, len(data))))
        way = draw.randrange(4)
        if way == 0:
            data = data[:start] + draw.choice(ODD) + data[start:]
        elif way == 1:
            data = data[:start] + data[min(end, start + 3) :]
        elif way == 2:  # noqa: PLR2004 -- the number of a way
            data = data[:end] + data[start:]
        else:
            data = data[:start] + bytes([draw.randrange(256)]) + data[start + 1 :]
    return data[:5000]


def sized(draw: random.Random) -> dict[str, object]:
    """Blocks of any size, for readers of blocks; few are small, since these take long."""
    return {"_block_bytes": draw.choices([7, 64, 1 << 20], [1, 3, 16])[0]}


def lenient(draw: random.Random) -> dict[str, object]:
    """Malformed lines are left out, or not."""
    return {"skip_bad": draw.randrange(2)}


def plain(_draw: random.Random) -> dict[str, object]:
    """No options."""
    return {}


def one_of(*texts: bytes) -> Callable[[random.Random], bytes]:
    """Some of these texts in a row."""
    return lambda draw: b"".join(draw.choice(texts) for _ in range(draw.randint(1, 3)))


def docbin_bytes(draw: random.Random) -> bytes:
    """What a DocBin has in it, damaged before it is packed."""
    words = [word.decode() for word in WORDS]
    rows = [
        [murmur_hash(draw.choice(WORDS)), draw.choice([0, 1, 2**64 - 1]), draw.choice([1, 2, 3]), 383] for _ in range(5)
    ]
    content = {"attrs": [65, 79, 77, 78], "tokens": np.array(rows, np.uint64).tobytes(), "strings": [*words, "ORG"],
               "lengths": np.array([2, 3], np.int32).tobytes(), "version": "0.1"}  # fmt: skip
    encoded = msgspec.msgpack.encode(content)
    return zlib.compress(damaged(encoded, draw) if draw.random() < 0.7 else encoded)  # noqa: PLR2004 -- most of them


CONLL_X = b"1\tthe\tthe\tN\tNN\t_\t2\tdet\t_\t_\n2\tdog\tdog\tN\tNN\t_\t0\troot\t_\t_\n\n"
CONLL_2012 = b"""#begin document (a); part 000
a 0 0 EU NNP (TOP* - - - - (ORG) -
a 0 1 rejects VBZ *) - - - - * -

#end document
"""
OPENNLP = (b"<START:ORG> EU <END> rejects\n", b"\n", b"the <START> dog <END>\n")
WEBANNO = b"""#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.NamedEntity|value


#Text=EU
1-1	0-2	EU	ORG[1]
1-2	3-4	a	_

"""
SPANS = (
    b'{"id": 1, "text": "EU rejects\\nAnna", "label": [[0, 2, "ORG"], [11, 15, "PER"]]}\n',
    b'{"data": {"text": "EU"}, "annotations": [{"result": [{"value": {"start": 0, "end": 2, "labels": ["A"]}}]}]}\n',
)
CONLLU_PLUS = b"# global.columns = ID FORM UPOS NER\n1\tthe\tDET\tO\n2\tdog\tNN\tB-X\n\n1\ta\tDET\t_\n\n"
CSV = (b"sentence,word,tag\n", b"1,the,DET\n1,dog,NN\n", b'2,"a, b",NN\n', b'3,"c""d",V\n', b"4,e;f,\n")
JSON_LINES = (
    b'{"tokens": ["the", "dog"], "tags": ["DET", "NN"]}\n',
    b'{"words": ["a", "b c"], "ner_tags": [0, 3], "id": "1"}\n',
    b'[{"tokens": ["a"], "tags": ["X"]}, {"tokens": ["b"], "tags": ["Y"]}]\n',
)
SLASHED = (b"the/DET dog/NN\n", b"1/2/CD a_b/NN\n", b"\n", b"the_DET dog_NN\n")


def csv_text(draw: random.Random) -> bytes:
    """A header and a few rows."""
    return CSV[0] + b"".join(draw.choice(CSV[1:]) for _ in range(draw.randint(1, 4)))


def json_text(draw: random.Random) -> bytes:
    """Objects of one kind, one a line, or a list of them."""
    return draw.choice([*JSON_LINES[:2], *JSON_LINES]) * draw.randint(1, 3)


def conllu_plus_text(draw: random.Random) -> bytes:
    """A file with its line of columns, perhaps twice."""
    return CONLLU_PLUS * draw.randint(1, 2)


def parquet_bytes(draw: random.Random) -> bytes:
    """A table of lists, as Parquet or as Arrow's stream."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {"tokens": [["the", "dog"], ["a"]] * draw.randint(1, 3), "tags": [["DET", "NN"], ["DET"]]}
    columns["tags"] *= len(columns["tokens"]) // 2
    table, sink = pa.table(columns), io.BytesIO()
    if draw.random() < 0.5:  # noqa: PLR2004 -- a coin
        pq.write_table(table, sink)
    else:
        with pa.ipc.new_stream(sink, table.schema) as stream:
            stream.write_table(table)
    return sink.getvalue()


READERS: dict[str, tuple[Callable[..., Corpus], Callable[[random.Random], bytes], Options]] = {
    "columns": (columns.read, columns_text, sized),
    "conllu": (conllu.read, conllu_text, sized),
    "conll-x": (conll_x.read, one_of(CONLL_X), lenient),
    "conll-2012": (conll_2012.read, one_of(CONLL_2012), lenient),
    "opennlp": (opennlp.read, one_of(*OPENNLP), lenient),
    "webanno": (webanno.read, one_of(WEBANNO), lenient),
    "annotated-text": (annotated_text.read, one_of(*SPANS), lenient),
    "text": (text.read, one_of(b"the dog\n", b"\n", b" a\tb \r\n"), plain),
    "conllu-plus": (conllu_plus.read, conllu_plus_text, plain),
    "csv-table": (csv_table.read, csv_text, plain),
    "json-lines": (json_lines.read, json_text, plain),
    "slashed": (slashed.read, one_of(*SLASHED), plain),
    "parquet": (parquet.read, parquet_bytes, plain),
    "docbin": (docbin.read, docbin_bytes, plain),
}

if find_spec("pyarrow") is None:  # an extra that need not be there
    del READERS["parquet"]


def tried(name: str, inputs: int, seed: int, folder: Path) -> Counter[str]:
    """How often each kind of end came, of so many inputs."""
    read, written, options = READERS[name]
    draw, ends = random.Random(seed), Counter[str]()  # noqa: S311 -- nothing here is secret
    path = folder / "x.txt"
    for _ in range(inputs):
        data = written(draw)
        if name != "docbin" or draw.random() < 0.3:  # noqa: PLR2004 -- most are damaged inside
            data = damaged(data, draw)
        path.write_bytes(data)
        try:
            corpus = read(path, **options(draw))
            whole = len(corpus.sentences.ids) == len(corpus.tags.ids) == corpus.sentences.offsets[-1]
            ends["read" if whole and corpus.tokens else f"an uneven corpus: {data!r}"] += 1
        except SeqbenchError as error:
            ends["refused" if str(path) in str(error) else f"an error without the file: {error}: {data!r}"] += 1
        except Exception as error:  # noqa: BLE001 -- whatever else is raised is what this command looks for
            ends[f"{type(error).__name__}: {error}: {data!r}"] += 1
    return ends


def main() -> int:
    """Try the inputs and print what came of them."""
    name, inputs, seed = sys.argv[1], int((sys.argv[2:] or ["1000000"])[0]), int((sys.argv[3:] or ["0"])[0])
    start = time.monotonic()
    memory = Path("/dev/shm")  # noqa: S108 -- files in memory are quicker, and the folder has a name of its own
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        ends = tried(name, inputs, seed, Path(folder))
    wrong = {end: count for end, count in ends.items() if end not in {"read", "refused"}}
    sizes = f"{ends['read']:,} read, {ends['refused']:,} refused, {sum(wrong.values()):,} wrong"
    print(f"{name}, seed {seed}: {inputs:,} inputs in {time.monotonic() - start:.0f} s: {sizes}")
    for end in list(wrong)[:10]:
        print(end)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
