"""English-looking sentences drawn from a hidden Markov process, so that the best possible accuracy is known."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from seqbench import Corpus, Dataset
from seqbench_datasets.corpora._english import (
    ADJECTIVE_ENDINGS,
    ADJECTIVES,
    ADVERBS,
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    ENDS,
    MODALS,
    NAMES,
    NEGATIONS,
    NOUN_ENDINGS,
    NOUNS,
    NOUNS_AND_VERBS,
    NUMBERS,
    OBJECTS,
    OPENERS,
    PREPOSITIONS,
    SUBJECTS,
    SUBORDINATORS,
    VERBS,
    past,
    plural,
    progressive,
)
from seqbench_datasets.corpora._hidden_markov_process import Process

SIZES = {"train": 3000, "dev": 500, "test": 500}

_STATES = """
Ds DET | Js 30 Ns 66 Ms 4
Ms NUM | Ns 90 Js 10
Js ADJ | Ns 85 Js 15
Ns NOUN | Ns 7 V 52 M 13 B 15 As 10 G 6 Cs 4
As ADP | Ds 60 Rs 20 Ns 20
Cs CCONJ | Ds 50 Rs 30 Ns 20
Ps PRON | V 46 M 22 B 22 G 10
Rs PROPN | V 50 M 15 B 17 G 6 Rs 8 Cs 4
G ADV | V 80 M 5 B 15
M AUX | Vb 84 Gm 16
Gm ADV | Vb 100
B AUX | Vp 46 Jp 24 Do 20 Av 10
V VERB | Do 38 Po 12 Ro 8 No 6 A 14 S 9 T 6 Av 3 E 4
Vb VERB | Do 40 Po 14 Ro 8 No 6 A 14 T 4 Av 6 E 8
Vp VERB | Do 30 Po 10 Ro 6 A 26 T 6 Av 8 E 14
T PART | Vb 100
Jp ADJ | A 22 E 48 C 10 S 8 T 12
Do DET | Jo 28 No 66 Mo 6
Mo NUM | No 90 Jo 10
Jo ADJ | No 85 Jo 15
No NOUN | No 7 E 48 A 28 C 9 S 7 Av 8
Po PRON | E 46 A 26 C 6 S 6 Av 12 T 4
Ro PROPN | E 48 A 26 C 8 S 8 Ro 10
A ADP | Do 62 Po 10 Ro 14 No 14
Av ADV | E 62 A 18 C 10 S 10
C CCONJ | Ds 32 Ps 36 Rs 16 V 16
S SCONJ | Ds 34 Ps 44 Rs 14 Ns 8
Gs ADV | Ds 30 Ps 42 Rs 18 K 10
K PUNCT | Ds 35 Ps 45 Rs 20
E PUNCT | STOP 1
"""
_START = {"Ds": 30, "Ps": 28, "Rs": 14, "Js": 4, "Ns": 6, "Gs": 8, "S": 5, "As": 5}


def grammar(seed: int = 0) -> Dataset:
    """3,000 sentences to learn from, 500 for dev and 500 for test: the same ones everywhere for the same seed."""
    made = process()
    draw = Random(seed).random  # noqa: S311 -- nothing secret, and the same on every machine
    splits = {name: [made.sentence(draw) for _ in range(size)] for name, size in SIZES.items()}
    corpora = {name: Corpus.encode(*zip(*drawn, strict=True)) for name, drawn in splits.items()}
    ceiling = made.ceiling([words for words, _ in splits["test"]])
    train, dev, test = (corpora[name] for name in ("train", "dev", "test"))
    return Dataset.of("grammar", train=train, dev=dev, test=test, ceiling=ceiling, source=f"grammar?seed={seed}")


def process() -> Process:
    """The process itself: 30 hidden states, 13 tags, some 1,400 words, many of which several states show."""
    lines = [line.split() for line in _STATES.strip().splitlines()]
    tags = {state: tag for state, tag, *_ in lines}
    moves = {state: dict(zip(rest[::2], map(int, rest[1::2]), strict=True)) for state, _, _, *rest in lines}
    return Process(tags, {"START": _START, **moves}, _words())


def _words() -> dict[str, dict[str, int]]:
    """The words of each state, with weights that fall with rank as in Zipf's law."""
    nouns, verbs = _mixed(NOUNS_AND_VERBS, NOUNS), _mixed(NOUNS_AND_VERBS, VERBS)
    rare_nouns = [verb + ending for ending in NOUN_ENDINGS for verb in verbs]
    rare_adjectives = [noun + ending for ending in ADJECTIVE_ENDINGS for noun in nouns]
    things = [form for noun in nouns for form in (noun, plural(noun))] + rare_nouns
    finite = [form for verb in verbs for form in (past(verb), plural(verb), verb)]
    participles = [form for verb in verbs for form in (progressive(verb), past(verb))]
    pasts = [past(verb) for verb in verbs]
    adjectives = ADJECTIVES.split() + rare_adjectives
    adverbs = ADVERBS.split() + [adjective + "ly" for adjective in ADJECTIVES.split()]
    listed: dict[str, Iterable[str]] = {
        "Ds": DETERMINERS.split(), "Ms": NUMBERS.split(), "Js": adjectives, "Ns": things,
        "As": PREPOSITIONS.split(), "Cs": COORDINATORS.split(), "Ps": SUBJECTS.split(),
        "Jp": [word for pair in zip(adjectives, pasts, strict=False) for word in pair],
        "Rs": NAMES.split(), "G": NEGATIONS.split(), "M": MODALS.split(),
        "B": AUXILIARIES.split(), "V": finite, "Vb": verbs, "Vp": participles, "T": ["to"],
        "Po": OBJECTS.split(), "Av": adverbs, "S": SUBORDINATORS.split(),
        "Gs": OPENERS.split(), "K": [","], "E": ENDS.split(),
    }  # fmt: skip
    same = {"Gm": "G", "Do": "Ds", "Mo": "Ms", "Jo": "Js", "No": "Ns", "Ro": "Rs", "A": "As", "C": "Cs"}
    weighted = {state: _zipf(words) for state, words in listed.items()}
    return weighted | {state: weighted[other] for state, other in same.items()}


def _mixed(first: str, second: str) -> list[str]:
    """Both lists, taking turns, so that neither is the rare one."""
    words, others = first.split(), second.split()
    turns = [word for pair in zip(words, others, strict=False) for word in pair]
    return list(dict.fromkeys(turns + words + others))


def _zipf(words: Iterable[str]) -> dict[str, int]:
    weights: dict[str, int] = {}
    for rank, word in enumerate(words):
        weights[word] = weights.get(word, 0) + 60000 // (rank + 4)
    return weights
