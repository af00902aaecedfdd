"""Forms in which two words may be the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqbench.data.word_forms import FORMS, forms_of, plainest


@pytest.mark.parametrize(
    ("form", "word", "expected"),
    [
        ("case", "StraßE", "strasse"),
        ("numbers", "12,300.5km", "0km"),
        ("punctuation", "«co-op.»", "coop"),
        ("punctuation", "...", ""),
        ("punctuation", "$5", "$5"),
        ("Unicode form", "ﬁne", "fine"),
        ("Unicode form", "e\u0301", "é"),
        ("no-break space or other blanks", "10\u00a0000\u200b", "10000"),
    ],
)
def test_a_form_leaves_out_what_it_is_named_for(form, word, expected):
    assert FORMS[form](word) == expected


def test_the_plainest_form_leaves_out_all():
    assert plainest("\u00abＰage\u00a0-12\u00bb") == plainest("page 7") == "page0"


SIGNS = st.one_of(st.characters(), st.sampled_from("aA1.,:\u0301\u00e9\u03a3\u0130\ufb01 \u00a0\0\u1100\u1161"))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(SIGNS, max_size=6), max_size=6))
def test_many_words_at_once_have_the_form_of_each(words):
    for form in (*FORMS.values(), plainest):
        assert list(forms_of(words, form)) == [form(word) for word in words]
