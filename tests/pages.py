"""Code blocks of a page, the commands in them, and a small treebank that they can be run on."""

import re

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
SAVED = re.compile(r"[Ss]ave this as `([\w./-]+)`[^`]*\Z")
KINDS = [("the dog saw a cat", "DET NOUN VERB DET NOUN"), ("dogs run", "NOUN VERB"), ("I run", "PRON VERB")]
TEXT = [(f"{words} x{number}", f"{tags} NOUN") for number in range(8) for words, tags in KINDS]


def conllu(pairs):
    rows = (enumerate(zip(words.split(), tags.split(), strict=True), 1) for words, tags in pairs)
    return "".join("".join(f"{i}\t{w}\t_\t{t}" + "\t_" * 6 + "\n" for i, (w, t) in row) + "\n" for row in rows)


def treebank(folder):
    """Write train, dev and test of the small treebank."""
    folder.mkdir(parents=True)
    for split in ("train", "dev", "test"):
        (folder / f"{split}.conllu").write_text(conllu(TEXT))


def blocks(page):
    """Language, code and the words before it of every block of a page."""
    return blocks_of(page.read_text(encoding="utf-8"))


def blocks_of(text):
    """Language, code and the words before it of every block of a text."""
    return [(found[1], found[2], text[: found.start()]) for found in BLOCK.finditer(text)]


def commands(code):
    """What is typed at the prompts of a console block."""
    joined = code.replace("\\\n", " ")
    return [line.partition("$")[2].strip() for line in joined.splitlines() if re.match(r"\w*\$ ", line)]
