"""The page as a file: it obeys none of its data, refers to nothing outside, and says what show says."""

import json
import re
from html.parser import HTMLParser

import pytest
from program import called
from reported import LABELS, PAYLOADS, compared

from seqbench.reporting import safe_text
from seqbench.reporting.table import json_text


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the texts in each kind of element."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.open, self.texts = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "link", "br", "img", "circle", "line"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        self.texts.append((self.open[-1] if self.open else "", data))

    def blocks(self):
        return [json.loads(text) for (tag, text) in self.texts if tag == "script" and text[:1] == "{"]


@pytest.fixture(scope="module")
def elements(text):
    return Elements(text)


def test_payloads_are_texts_of_the_page_and_never_elements_of_it(elements):
    tags = {tag for tag, _ in elements.elements}
    assert not tags & {"img", "iframe", "link", "base", "object", "embed", "textarea", "b"}
    assert sum(tag == "script" for tag, _ in elements.elements) == 5
    assert sum(tag == "style" for tag, _ in elements.elements) == 1
    assert not [attribute for _, attributes in elements.elements for attribute in attributes if attribute[:2] == "on"]
    shown = "\n".join(text for tag, text in elements.texts if tag not in ("script", "style"))
    for label in LABELS:
        assert label in shown
    for note in PAYLOADS[:3]:
        assert note in shown


def test_every_payload_is_a_word_of_the_explorer_exactly_as_it_is_shown(elements):
    (explored,) = [block for block in elements.blocks() if "forms" in block]
    assert {safe_text.line(word) for word in PAYLOADS} <= set(explored["forms"])


def test_nothing_in_the_page_refers_to_another_file(elements):
    referring = {"src", "href", "srcset", "action", "data", "poster", "xlink:href", "background", "formaction", "style"}
    links = [value for _, given in elements.elements for name, value in given.items() if name in referring]
    assert links == ["#main"]
    style = next(text for tag, text in elements.texts if tag == "style")
    assert "url(" not in style
    assert "@import" not in style


def test_the_numbers_of_the_board_are_those_of_show(run, elements):
    _, found = compared(run)
    rows = {row["model"]: row for row in found.as_json()["rows"]}
    keys = [given["data-key"] for tag, given in elements.elements if tag == "th" and "data-key" in given]
    values = [given["data-value"] for tag, given in elements.elements if tag == "td" and "data-value" in given]
    per_row = len(keys)
    order = sorted(rows.values(), key=lambda row: -row["accuracy"]["mean"])
    assert len(values) == per_row * len(rows)
    for number, row in enumerate(order):
        shown = dict(zip(keys, values[number * per_row : (number + 1) * per_row], strict=True))
        numbers = {key: row[key]["mean"] if isinstance(row[key], dict) else row[key] for key in shown if key in row}
        assert len(numbers) >= 10
        assert {key: float(shown[key]) for key in numbers} == numbers


def test_the_json_in_the_page_is_that_of_show(run, text):
    _, found = compared(run)
    block = re.search(r'<script type="application/json" id="results">(.*?)</script>', text, re.DOTALL)[1]
    assert json.loads(block) == json.loads(json_text(found.as_json()))
    assert json.loads(called("show", run.folder, "--format", "json").stdout)["rows"] == json.loads(block)["rows"]
