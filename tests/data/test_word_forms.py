"""Forms in which two words may be the same."""

import pytest

from seqbench.data.word_forms import FORMS, plainest


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
