"""What train teaches about forms, and what is known of those it does not have."""

from few_sentences import CORPUS

from seqbench import Sequences
from seqbench.neural.vocabulary import LONGEST, Alphabet


def test_unknown_forms_keep_what_is_known_of_their_parts():
    alphabet = Alphabet.of(CORPUS.sentences)
    lexicon = alphabet.lexicon(Sequences.encode([["DOG", "dogs", "Zzz"]]).vocabulary)
    assert lexicon.words.tolist() == [alphabet.words["dog"], 0, 0]
    assert lexicon.cased.tolist() == [0, 0, 0]
    assert lexicon.affixes[1, :3].tolist() == [alphabet.affixes[n][p] for n, p in enumerate(("d", "do", "dog"))]
    assert lexicon.characters[1, :3].tolist() == [alphabet.characters[c] for c in "dog"]
    assert lexicon.characters[2, :4].tolist() == [1, 1, 1, 0]


def test_of_a_long_form_the_first_and_the_last_characters_are_looked_at():
    alphabet = Alphabet.of(Sequences.encode([["ab"]]))
    lexicon = alphabet.lexicon(Sequences.encode([["a" * 50 + "b" * 50]]).vocabulary)
    a, b = alphabet.characters["a"], alphabet.characters["b"]
    assert lexicon.characters.tolist() == [[a] * (LONGEST // 2) + [b] * (LONGEST // 2)]


def test_words_are_counted_in_lower_case():
    alphabet = Alphabet.of(Sequences.encode([["The", "the", "dog"]]))
    assert alphabet.counts.tolist() == [0, 2, 1]
    assert alphabet.words == {"the": 1, "dog": 2}


def test_a_value_of_a_layer_that_train_never_had_is_the_unknown_one():
    words = Sequences.encode([["a", "b"]])
    layered = Sequences(words.ids, words.offsets, words.vocabulary, {"pos": Sequences.encode([["N", "V"]])})
    other = Sequences(words.ids, words.offsets, words.vocabulary, {"pos": Sequences.encode([["V", "X"]])})
    assert Alphabet.of(layered).layer("pos", other).tolist() == [2, 0]


def test_every_form_has_the_ids_of_its_own_parts_whatever_it_is_made_of():
    forms = ["", "a", "Ab", "ABCDE", "İstanbul", "東京", "\U0001f600x", "\ud800y", "long" * 20, "ab"]
    alphabet = Alphabet.of(Sequences.encode([forms[:7], ["longest"]]))
    lexicon = alphabet.lexicon(Sequences.encode([forms]).vocabulary)
    assert lexicon.characters.shape == (len(forms), LONGEST)
    for form, word, cased, affixes, characters in zip(
        forms, lexicon.words, lexicon.cased, lexicon.affixes, lexicon.characters, strict=True
    ):
        low = form.lower()
        shown = form if len(form) <= LONGEST else form[: LONGEST // 2] + form[-LONGEST // 2 :]
        assert (word, cased) == (alphabet.words.get(low, 0), alphabet.cased.get(form, 0))
        parts = [*(low[:n] for n in range(1, 5)), *(low[-n:] for n in range(1, 5))]
        assert affixes.tolist() == [t.get(p, 0) for t, p in zip(alphabet.affixes, parts, strict=True)]
        assert characters.tolist() == [alphabet.characters.get(c, 1) for c in shown] + [0] * (LONGEST - len(shown))


def test_no_form_at_all_has_no_row():
    lexicon = Alphabet.of(CORPUS.sentences).lexicon(Sequences.encode([]).vocabulary)
    assert (lexicon.words.shape, lexicon.affixes.shape, lexicon.characters.shape) == ((0,), (0, 8), (0, 1))
