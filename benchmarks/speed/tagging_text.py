"""Tagging text by `seqbench tag` against the tagger's own speed, and the memory that it takes as the text grows.

    python benchmarks/speed/tagging_text.py 1000000

One model is trained on `grammar`. Its own speed is that of `predict` on sentences that are encoded already, in the
blocks of `seqbench tag` and all of a part at once; `seqbench tag` reads lines, encodes, tags and writes columns. All
run on the same text in turns, in CPU seconds.
"""

from __future__ import annotations

import io
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import chain, islice, repeat
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from kept import kept, loaded

from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry
from seqbench.serving.kept_model import KeptModel
from seqbench.serving.tagged_output import Output
from seqbench.serving.tagging import BLOCK_TOKENS, Tagging
from seqbench.serving.text_input import lines_of, sentences_of, tokenizer_of

MODEL = "lstm(epochs=1)"
PART = 100_000


def memory() -> float:
    """Memory of this process now, in MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def text(tokens: int) -> Iterator[bytes]:
    """Lines of about so many tokens in all."""
    sentences = list(load("grammar", Registry.discover()).test.sentences)
    left = tokens
    for words in chain.from_iterable(repeat(sentences)):
        if left <= 0:
            return
        left -= len(words)
        yield " ".join(words).encode() + b"\n"


def tagged(model: KeptModel, lines: Iterable[bytes]) -> int:
    """The bytes of the answer of `seqbench tag`."""
    output, written = Output(form="columns", labels=["model"]), io.StringIO()
    sentences = sentences_of(lines_of(lines, "text"), "text", "text", tokenizer_of("blanks"))
    size = 0
    for block in Tagging(models=[model]).tag(sentences):
        size += written.write(output.text(block))
        written.seek(0)
    return size


def own(model: KeptModel, lines: Iterable[bytes], tokens: int = BLOCK_TOKENS) -> float:
    """CPU seconds of `predict` on the same text, in blocks of about so many tokens, encoded before."""
    lists = iter([line.decode().split() for line in lines])
    seconds = 0.0
    while block := list(islice(lists, tokens // 11)):
        encoded = model.encoder.encode(block)
        start = time.process_time()
        model.tagger.predict(encoded)
        seconds += time.process_time() - start
    return seconds


def main() -> None:
    """Measure in parts, both ways in turns."""
    tokens = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as temporary:
        model = loaded(kept(MODEL, Path(temporary) / "model", "grammar"))
        lines = list(text(PART))
        tagged(model, lines)
        by_tagger, at_once, by_command, sizes = 0.0, 0.0, 0.0, [memory()]
        for _ in range(max(1, tokens // PART)):
            by_tagger += own(model, lines)
            at_once += own(model, lines, 2 * PART)
            start = time.process_time()
            tagged(model, lines)
            by_command += time.process_time() - start
            sizes.append(memory())
        repeated = chain.from_iterable(repeat(lines, max(1, tokens // PART)))
        start, before = time.process_time(), memory()
        tagged(model, repeated)
        whole = time.process_time() - start
    print(f"{MODEL}, {tokens:,} tokens: predict {by_tagger:.2f} s, seqbench tag {by_command:.2f} s of CPU")
    print(f"seqbench tag takes {by_command / by_tagger:.3f} times as long; in one go {whole:.2f} s")
    print(f"predict of each part at once {at_once:.2f} s: seqbench tag takes {by_command / at_once:.3f} times as long")
    print(f"memory in parts {min(sizes):.0f} to {max(sizes):.0f} MiB; before {before:.0f}, after {memory():.0f} MiB")


if __name__ == "__main__":
    main()
