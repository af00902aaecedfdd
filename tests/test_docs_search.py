"""The site's search: where no page has all words of a question, pages that have most of them, and this is said."""

from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "docs/_static/search.js"
STUB = """<div id=search-results><p>found</p><ul></ul></div><script>
const PAGES = {a: ["seed", "run"], b: ["seed", "word"], c: ["run"], d: ["run"], e: ["run"]};
const Scorer = {title: 15};
class Stemmer { stemWord(word) { return word.replace(/s$/, ""); } }
const Search = {
  _index: {
    docnames: ["faq", "guide"], filenames: ["faq.md", "guide.md"], titles: ["FAQ", "Guide to seeds"],
    alltitles: {
      "How many seeds does it take?": [[0, "how-many"]], "Seeds": [[1, "seeds"]], "Guide to seeds": [[1, null]],
    },
    indexentries: {"power of a test": [[1, "term-power", true]]},
  },
  output: document.querySelector("ul"),
  performTermsSearch: (words, excluded) => Object.entries(PAGES)
    .filter(([, has]) => [...words].every(word => has.includes(word)))
    .map(([name]) => [name, name.toUpperCase(), "", null, 5, name + ".md", "text"]),
};
</script>"""


@pytest.fixture
def search(browser):
    """Search for some words: the names of pages, best first, and what the page says."""
    page = browser.new_page()
    page.set_content(STUB)
    page.add_script_tag(path=SCRIPT)

    def searched(*words):
        results = page.evaluate("words => Search.performTermsSearch(new Set(words), new Set())", list(words))
        ranked = sorted(results, key=lambda result: -result[4])
        return [result[0] for result in ranked], page.locator("#search-results").inner_text()

    yield searched
    page.close()


def test_headings_with_all_words_are_found_at_their_place_the_shorter_first(search):
    found, said = search("seed")
    assert found == ["guide", "faq", "a", "b"]
    assert said == "found"
    assert search("seed", "many")[0] == ["faq"]


def test_a_heading_leads_to_its_place_and_names_its_page(browser):
    page = browser.new_page()
    page.set_content(STUB)
    page.add_script_tag(path=SCRIPT)
    hits = page.evaluate("Search.performTermsSearch(new Set(['seed', 'many']), new Set())")
    assert hits == [["faq", "FAQ > How many seeds does it take?", "#how-many", None, 20, "faq.md", "title"]]
    page.close()


def test_terms_of_the_glossary_are_found_and_words_that_fill_a_question_do_not_hide_them(search):
    assert search("what", "power", "mean")[0] == ["guide"]


def test_pages_with_all_words_are_found_as_before(search):
    assert search("seed", "run") == (["a"], "found")
    assert search("unheard") == ([], "found")


def test_where_no_page_has_all_words_those_with_most_and_rarest_come_first(search):
    found, said = search("word", "seed", "run")
    assert found[:2] == ["b", "a"]
    assert set(found[2:]) == {"c", "d", "e"}
    assert "No page has all of these words" in said


def test_words_that_no_page_has_do_not_hide_the_others(search):
    assert search("word", "unheard")[0] == ["b"]


def test_a_page_without_search_is_left_alone(browser):
    page, errors = browser.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_content("<p>no search here</p>")
    page.add_script_tag(path=SCRIPT)
    assert errors == []
    page.close()
