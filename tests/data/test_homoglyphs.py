"""Words that mix Latin letters with others that look like them."""

from seqbench import Sequences
from seqbench.data.homoglyphs import homoglyphs

CYRILLIC_A, GREEK_O = "\u0430", "\u03bf"


def test_words_that_mix_scripts_to_look_latin_are_found():
    mixed = [f"p{CYRILLIC_A}ypal", f"g{GREEK_O}{GREEK_O}d"]
    others = ["paypal", CYRILLIC_A, "\u043e\u043d", "π-meson", "café", "x\u0436"]
    assert homoglyphs(Sequences.encode([mixed, others])).tolist() == [True] * 2 + [False] * 6
