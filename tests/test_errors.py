"""Errors that seqbench raises on purpose, and the words of the one for a wrong name."""

import pytest

import seqbench
from seqbench import errors
from seqbench.errors import SeqbenchError, UsageError, cause, unknown

FORESEEN = [thing for thing in vars(errors).values() if isinstance(thing, type) and issubclass(thing, SeqbenchError)]


@pytest.mark.parametrize("error", FORESEEN, ids=lambda error: error.__name__)
def test_every_foreseen_error_is_public_and_described_at_the_head_of_the_module(error):
    assert getattr(seqbench, error.__name__) is error
    assert error.__name__ in errors.__doc__


@pytest.mark.parametrize(
    ("name", "known", "message"),
    [
        ("ltsm", ["lstm", "crf"], "no tagger is named 'ltsm'. Did you mean 'lstm'? Installed: crf, lstm."),
        ("LSTM", ["lstm"], "no tagger is named 'LSTM'. Did you mean 'lstm'? Installed: lstm."),
        ("Big", ["BIG", "small"], "no tagger is named 'Big'. Did you mean 'BIG'? Installed: BIG, small."),
        ("zebra", ["lstm"], "no tagger is named 'zebra'. Installed: lstm."),
        ("x", [], "no tagger is named 'x'. Installed: none."),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest_one_and_with_all(name, known, message):
    error = unknown("tagger", name, known)
    assert isinstance(error, UsageError)
    assert str(error) == message


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("wnut", "'wnut17', "),
        ("UD_English_EWT", "'ud-english-ewt', "),
        ("ewt", "'ud-english-ewt', 'uner-english-ewt' or "),
        ("conll-2003", "'conll2003', "),
    ],
)
def test_of_many_names_the_nearest_three_are_named(name, near):
    known = [
        "wnut17",
        "ud-english-ewt",
        "uner-english-ewt",
        "conll2003",
        "conll2003-german",
        *map("set{}".format, range(99)),
    ]
    message = str(unknown("dataset", name, known))
    assert f"Did you mean {near}" in message
    assert message.split("?", maxsplit=1)[0].count("'") == 8  # the name that is unknown, and three
    assert str(unknown("dataset", "q", known)) == "no dataset is named 'q'. Installed: 104 in all."


def test_what_is_listed_has_the_heading_of_its_kind():
    assert str(unknown("command", "x", ["run"], listed="Commands")) == "no command is named 'x'. Commands: run."


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(5, "Input/output error", "a.txt"), "Input/output error"),
        (OSError("it is a pipe"), "it is a pipe"),
        (ValueError("first\nsecond"), "first"),
        (MemoryError(), "MemoryError"),
    ],
)
def test_the_cause_of_an_error_is_one_line_without_numbers_and_paths(error, said):
    assert cause(error) == said
