"""Specs as users type them."""

import pytest

from seqbench.errors import UsageError
from seqbench.registry.specs import assignment, differing, parse, split, written


def test_a_name_alone_is_its_own_label():
    spec = parse("lstm-tutorial")
    assert (spec.label, spec.name, dict(spec.fields)) == ("lstm-tutorial", "lstm-tutorial", {})


def test_fields_are_literals():
    spec = parse("big=lstm(hidden_dim=256, bidirectional=False, members=['a', 'b(c=0.3)'])")
    assert spec.label == "big"
    assert spec.fields == {"hidden_dim": 256, "bidirectional": False, "members": ["a", "b(c=0.3)"]}


def test_without_a_label_the_spec_is_the_label_as_typed():
    assert parse(" lstm(hidden_dim=256) ").label == "lstm(hidden_dim=256)"


@pytest.mark.parametrize("text", ["lstm(3)", "lstm(**{})", "lstm(x=", "", "=lstm", "lstm)(", "lstm(x=1)(y=2)"])
def test_what_is_no_spec_is_refused(text):
    with pytest.raises(UsageError):
        parse(text)


def test_a_value_is_never_evaluated():
    with pytest.raises(UsageError, match=r"must be a literal, was: __import__\('os'\)"):
        parse("lstm(x=__import__('os'))")


def test_a_list_is_cut_at_the_commas_outside_brackets_and_quotes():
    assert split("a(x=1,y=[2,3]), b , c(z='q,(')") == ["a(x=1,y=[2,3])", "b", "c(z='q,(')"]


def test_an_empty_place_in_a_list_is_refused():
    with pytest.raises(UsageError, match="empty place"):
        split("lstm,,gru")


def test_the_canonical_text_gives_the_fields_back():
    fields = {"a": 1.5, "b": "x, y", "c": [1, "two"], "d": None}
    assert parse(written("m", fields)).fields == fields


@pytest.mark.parametrize(
    ("first", "second", "short"),
    [
        ("hmm(a=1, b='x', c=2)", "hmm(a=1, b='y', c=2)", ("hmm(b='x')", "hmm(b='y')")),
        ("hmm(a=1)", "hmm(a=1, b=True)", ("hmm", "hmm(b=True)")),
        ("hmm(a=1, b=True)", "hmm(a=1, b=1)", ("hmm(b=True)", "hmm(b=1)")),
        ("hmm(a=1)", "crf(a=1)", ("hmm", "crf")),
        ("hmm(a=1, b=2)", "hmm(b=2, a=1)", ("hmm(a=1, b=2)", "hmm(b=2, a=1)")),
        ("hmm(a=$)", "hmm", ("hmm(a=$)", "hmm")),
    ],
)
def test_two_specs_are_told_apart_by_what_differs(first, second, short):
    assert differing(first, second) == short


def test_an_assignment_names_label_field_and_value():
    assert assignment("lstm.hidden_dim=256") == ("lstm", "hidden_dim", 256)
    assert assignment("lstm.optimizer=sgd") == ("lstm", "optimizer", "sgd")
    assert assignment("lstm(rate=0.5).hidden_dim=256") == ("lstm(rate=0.5)", "hidden_dim", 256)


@pytest.mark.parametrize("text", ["lstm", "lstm=3", "hidden_dim=3", "lstm.=3"])
def test_what_is_no_assignment_is_refused(text):
    with pytest.raises(UsageError, match=r"LABEL\.FIELD=VALUE"):
        assignment(text)


@pytest.mark.parametrize("value", ["0x" + "f" * 5000, "[{'a': (0b" + "1" * 18000 + ",)}]"])
def test_a_number_that_python_does_not_write_is_refused(value):
    with pytest.raises(UsageError, match="it has a number of too many digits; write a plainer value"):
        parse(f"a(x={value})")
    with pytest.raises(UsageError, match="a.x: it has a number of too many digits"):
        assignment(f"a.x={value}")


@pytest.mark.parametrize("value", ["1e999", "-1e999", "[1, {'a': (2, 1e999)}]", "1e999j", "{1e999: 2}"])
def test_a_number_that_is_not_finite_is_refused_since_its_text_is_no_literal(value):
    with pytest.raises(UsageError, match="it has a number that is not finite; write a plainer value"):
        parse(f"a(x={value})")
    assert parse("a(x='inf')").fields == {"x": "inf"}


def test_a_hint_is_looked_for_in_as_many_steps_as_there_are_letters():
    with pytest.raises(UsageError, match="are not understood"):
        parse(f"a(x={'9' * 19_000})")
    with pytest.raises(UsageError, match="text stands in quotes: file='a/b:'"):
        parse("a(file=a/b:)")
