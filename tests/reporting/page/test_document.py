"""The document: its policy names exactly the code that is in it."""

import base64
import hashlib
import html
import json
import re

import pytest

from seqbench.reporting.page.document import Code, data_block, filled, source


def policy(text):
    content = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1]
    return dict(rule.split(" ", 1) for rule in html.unescape(content).split("; "))


def sha256(code):
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def test_the_policy_allows_the_scripts_and_the_style_of_the_page_and_nothing_else(text):
    rules = policy(text)
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL), re.DOTALL)
    assert sorted(rules["script-src"].split()) == sorted(map(sha256, scripts))
    assert rules["style-src"] == sha256(style)
    assert {rule: rules[rule] for rule in rules if rule not in ("script-src", "style-src")} == {
        "default-src": "'none'",
        "connect-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_the_policy_stands_before_anything_that_it_is_about(text):
    assert text.index("Content-Security-Policy") < min(text.index("<style"), text.index("<script"))


@pytest.mark.parametrize("payload", ["</script>", "<!--", "a&b", "\u2028", "\u202e", "\ud800", '"'])
def test_a_block_of_data_says_the_same_and_has_nothing_that_html_reads(payload):
    block = data_block({"word": payload})
    assert json.loads(block) == {"word": payload}
    assert not set(block) & set("<>&\u2028\u202e\ud800")


def test_a_number_that_is_none_is_refused_instead_of_breaking_the_block():
    with pytest.raises(ValueError, match="not JSON compliant"):
        data_block(float("nan"))


def test_a_value_that_the_template_lacks_is_an_error():
    with pytest.raises(Exception, match="is undefined"):
        filled("page.html.jinja", {})


def test_code_ends_no_script_and_calls_no_eval():
    code = Code.read()
    assert "</script" not in code.libraries + code.program
    assert "unsafe" not in code.policy
    assert "ast: true" in code.program
    assert not re.search(r"innerHTML|\beval\(|new Function|document\.write|insertAdjacentHTML", code.program)
    assert source("x") == sha256("x")
