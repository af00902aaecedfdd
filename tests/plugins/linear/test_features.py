"""Features of tokens, against features spelled out in dictionaries."""

from seqbench import Corpus, Dataset, Sequences
from seqbench_plugins._shared.word_shapes import PROPERTIES
from seqbench_plugins.linear._features import OF_LAYERS, OF_WORDS, Features

TRAIN = [["The", "dog", "barks"], ["Dogs", "bark", "3.5", "times"], [], ["dog"], ["The", "The"]]
TEST = [["A", "dog"], ["cats", "bark", "The"], [], ["The", "dog", "barks"]]


def layered(sentences):
    words = Sequences.encode(sentences)
    pos = Sequences.encode([[word[-1] for word in sentence] for sentence in sentences])
    corpus = Sequences(words.ids, words.offsets, words.vocabulary, {"word": pos})
    return Corpus(corpus, Sequences.encode([["T"] * len(sentence) for sentence in sentences]))


def spelled(sentence, place):
    """What each template says about a token, in words: None for what is beyond the sentence."""

    def value(part):
        name, shift = part, 0
        if part[-2:-1] in ("-", "+"):
            name, shift = part[:-2], int(part[-2:])
        at = place + shift
        if not 0 <= at < len(sentence):
            return "outside"
        return ("absent or", PROPERTIES[name](sentence[at])) if name != "~" else sentence[at][-1]

    templates = [t.split() for t in [*OF_WORDS.split(";"), *OF_LAYERS.split(";")]]
    return [tuple(value(part) for part in template) for template in templates]


def test_tokens_share_a_number_exactly_where_they_share_what_the_template_says():
    data = Dataset.of("x", train=layered(TRAIN), test=layered(TEST))
    features, numbers = Features.learn(data.train)
    table = {}
    in_words = [spelled(s, i) for s in TRAIN for i in range(len(s))]
    for row, said in zip(numbers, in_words, strict=True):
        for template, (number, what) in enumerate(zip(row, said, strict=True)):
            assert table.setdefault((template, what), number) == number
    assert len(set(table.values())) == len(table)
    assert max(table.values()) < features.count
    test = features.of(data.test.sentences)
    for row, said in zip(test, [spelled(s, i) for s in TEST for i in range(len(s))], strict=True):
        for template, (number, what) in enumerate(zip(row, said, strict=True)):
            if (template, what) in table:
                assert number == table[template, what]
            else:
                assert number not in table.values()


def test_train_has_the_same_features_whether_it_is_learned_from_or_looked_at():
    data = Dataset.of("x", train=layered(TRAIN), test=layered(TEST))
    for least in (1, 2):
        features, numbers = Features.learn(data.train, least)
        assert (features.of(data.train.sentences) == numbers).all()


def test_what_fewer_tokens_have_than_asked_for_is_one_feature_of_its_template():
    data = Dataset.of("x", train=layered(TRAIN), test=layered(TEST))
    _, numbers = Features.learn(data.train, least=2)
    words = [word for sentence in TRAIN for word in sentence]
    of_form = {word: set(numbers[[w == word for w in words], 0]) for word in words}
    assert of_form["dog"] != of_form["The"]
    assert of_form["Dogs"] == of_form["3.5"] == of_form["times"]
