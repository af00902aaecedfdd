"""Items of JSON with the lines where they begin, whether they stand in a list, on a line each or over several."""

import pytest

from seqbench import DataError
from seqbench_datasets.readers import json_lines

GOOD, SHORT = '{"tokens": ["a"], "tags": ["X"]}', '{"tokens": ["a"], "tags": []}'
TEXTS = (
    '[{"data": {"text": "EU x"}, "annotations": [{"result": []}]},\n'
    '{"data": {"text": "a"}, "annotations": [{"result": [%s]}]}]'
)


def read(folder, text, **options):
    (folder / "x.json").write_text(text)
    return json_lines.read(folder / "x.json", **options)


def test_malformed_items_of_a_list_are_named_with_their_own_lines(tmp_path):
    text = f"\n[\n{GOOD},\n{SHORT},\n{GOOD},\n{SHORT}\n]\n"
    with pytest.raises(DataError) as refused:
        read(tmp_path, text)
    assert "x.json:4: 1 words, but 0 tags; 2 lines are malformed (4: 'item 2: {" in str(refused.value)
    assert "6: 'item 4: {" in str(refused.value)
    corpus = read(tmp_path, text, skip_bad=1)
    assert (corpus.tokens, corpus.origins.lines.tolist()) == (2, [3, 5])


def test_items_of_one_line_are_told_apart_by_their_numbers(tmp_path):
    with pytest.raises(DataError, match=r"1: 'item 2: .*1: 'item 3: "):
        read(tmp_path, f"[{GOOD}, {SHORT}, {SHORT}]")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"[{GOOD},\n{GOOD[:-1]}\n]", "x.json:3: no JSON: Expecting ',' delimiter"),
        (f"[{GOOD}\n{GOOD}]", r"x.json:2: no JSON: expected ',' or '\]'"),
        (f"[{GOOD},\n]", "x.json:2: no JSON: Expecting value"),
        (f"[{GOOD}]\n\nx", "x.json:3: no JSON: something stands behind the end of the list"),
        (f'{GOOD}\n{GOOD[:-1]}, "tags": ["A"]}}', "x.json:2: no JSON: the name 'tags' stands twice in one object"),
        (f'[{GOOD},\n{GOOD[:-1]}, "tags": ["A"]}}]', "x.json:2: no JSON: the name 'tags' stands twice in one object"),
        ("[" * 50_000, "x.json:1: no JSON: maximum recursion depth"),
        ("[\n", r"x.json:1: no JSON: expected ',' or '\]'"),
        ("[]", "x.json: holds no sentence"),
    ],
)
def test_a_list_that_is_no_json_is_refused_with_the_line_of_the_fault(tmp_path, text, why):
    with pytest.raises(DataError, match=why):
        read(tmp_path, text)


TWICE = '{"tokens": ["b"],\n "tags": ["X"],\n "tags": ["Y"]}'


@pytest.mark.parametrize(
    ("text", "line"),
    [(f"[{GOOD},\n{TWICE}]", 2), (f"{TWICE}\n{GOOD}", 1), (f"{GOOD[:-1]}\n}}\n{TWICE}", 3)],
)
def test_an_item_with_a_name_twice_is_named_and_may_be_left_out(tmp_path, text, line):
    with pytest.raises(DataError, match=f"x.json:{line}: no JSON: the name 'tags' stands twice in one object"):
        read(tmp_path, text)
    assert list(read(tmp_path, text, skip_bad=1).sentences) == [["a"]]


def test_objects_may_go_over_several_lines(tmp_path):
    text = '\n{"tokens":\n ["a", "b"],\n "tags": ["X", "Y"]}\n{"tokens": ["c"],\n"tags": ["X"]}\n' + GOOD
    corpus = read(tmp_path, text)
    assert list(corpus.sentences) == [["a", "b"], ["c"], ["a"]]
    assert corpus.origins.lines.tolist() == [2, 5, 7]


def test_a_first_line_that_is_no_json_is_counted_with_the_others(tmp_path):
    with pytest.raises(DataError, match=r"x.json:1: no JSON: .*; 2 lines are malformed \(1: .*, 3: "):
        read(tmp_path, f'{{"tokens": \n{GOOD}\n{SHORT}\n')


def test_a_malformed_text_with_spans_does_not_make_the_first_one_malformed(tmp_path):
    spans = '{"value": {"start": 0, "end": 1, "labels": 3}}'
    with pytest.raises(DataError, match=r"x.json:2: expected a span .*\?skip-bad=1 leaves the line out$"):
        read(tmp_path, TEXTS % spans)
    assert read(tmp_path, TEXTS % spans, skip_bad=1).tokens == 2
