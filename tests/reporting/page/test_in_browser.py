"""The page in a browser, from disk: it sorts, filters, switches, explores, draws, and asks nothing of any network."""

import json
from pathlib import Path

import pytest
from program import called

playwright = pytest.importorskip("playwright.sync_api")

WORDS = ["the\tDET\ndog\tNN\nran\tV\n\n", "the\tDET\nrun\tNN\nran\tV\nfast\tADV\n\n", "dog\tNN\nrun\tV\nzebra\tADV\n\n"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The page of three models on two datasets."""
    place = tmp_path_factory.mktemp("browser")
    for name, order in (("one", WORDS), ("two", WORDS[::-1])):
        (place / name).mkdir()
        for split, times in (("train", 4), ("dev", 2), ("test", 40)):
            text = "".join(order[: 2 + (split == "test")]) * times
            (place / name / f"{split}.tsv").write_text(text + "the\tV\ndog\tNN\n\n" * (split == "test"))  # a suspect
    models = "baseline,majority,p=perceptron(epochs=2)"
    ran = called("run", "--data", "one/", "--data", "two/", "--models", models, "--out", "r", "--quiet", cwd=place)
    assert ran.returncode == 0, ran.stderr
    assert called("report", "r", cwd=place).returncode == 0
    return place


@pytest.fixture
def page(browser, folder):
    """The page, opened; at the end nothing was complained of and nothing else was asked for."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    page, complaints, requests = context.new_page(), [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    address = (folder / "r/report.html").as_uri()
    page.goto(address)
    yield page
    context.close()
    assert complaints == []
    assert [url for url in requests if not url.startswith("blob:")] == [address]


def models(page):
    return [
        text
        for row in page.locator(".board:visible tbody tr:visible").all()
        for text in [row.locator("th").inner_text()]
    ]


def test_the_board_sorts_filters_and_switches_with_the_numbers_of_show(page, folder):
    rows = json.loads(called("show", "r", "--format", "json", cwd=folder).stdout)["rows"]
    first = {row["model"]: row for row in rows if row["dataset"] == "one"}
    assert models(page) == sorted(first, key=lambda model: -first[model]["accuracy"]["mean"])
    values = page.locator(".board:visible").locator("tbody tr").first.locator("td[data-value]").first
    assert float(values.get_attribute("data-value")) == max(row["accuracy"]["mean"] for row in first.values())
    head = page.locator(".board:visible thead th[data-key=accuracy]")
    head.get_by_role("button").press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    head.get_by_role("button").press("Enter")
    assert models(page) == sorted(first, key=lambda model: first[model]["accuracy"]["mean"])
    page.locator(".filter:visible").fill("maj")
    assert models(page) == ["majority"]
    page.locator(".filter:visible").fill("")
    page.locator(".bound-column:visible").select_option(label="accuracy")
    page.locator(".bound-way:visible").select_option("least")
    page.locator(".bound:visible").fill("50")
    assert set(models(page)) == {model for model, row in first.items() if row["accuracy"]["mean"] >= 0.5}
    page.locator("#dataset").select_option(label="two")
    assert page.locator(".dataset:visible h2").inner_text() == "two"
    assert len(models(page)) == 3


def test_the_explorer_shows_where_two_models_differ_and_finds_words(page):
    page.locator(".explorer:visible").scroll_into_view_if_needed()
    count = page.locator(".explorer:visible .count")
    playwright.expect(count).to_contain_text("sentences")
    page.locator(".explorer:visible .first").select_option(label="majority")
    page.locator(".explorer:visible .second").select_option(label="baseline")
    page.locator(".explorer:visible .who").select_option("second")
    page.locator(".explorer:visible .gold").select_option(label="V")
    tokens = page.locator(".explorer:visible .list .token.two:has(small)")
    playwright.expect(tokens.first).to_be_visible()
    assert {text.split("\n")[0][:4] for text in tokens.all_inner_texts()} <= {"ran "}
    page.locator(".explorer:visible .who").select_option("all")
    page.locator(".explorer:visible .gold").select_option(label="any")
    page.locator(".explorer:visible .search").fill("zeb")
    assert count.inner_text() == "40 sentences"
    assert page.locator(".explorer:visible .sentence").count() < 41
    playwright.expect(page.locator(".explorer:visible .token.hit").first).to_have_text("zebra")


def test_pictures_are_drawn_without_eval_in_light_and_dark_and_are_saved(page):
    first = page.locator("figure:visible").first
    playwright.expect(first.locator(".chart[data-drawn=light] svg")).to_be_visible()
    page.locator("#theme").click()
    playwright.expect(first.locator(".chart[data-drawn=dark] svg")).to_be_visible()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    with page.expect_download() as saved:
        first.locator(".save").click()
    assert saved.value.suggested_filename == "0-seeds.svg"
    assert "<svg" in saved.value.path().read_text()
    for figure in page.locator("figure:visible").all():
        figure.scroll_into_view_if_needed()
        playwright.expect(figure.locator(".chart[data-drawn=dark] svg")).to_be_visible(timeout=20_000)


def test_a_model_has_one_colour_on_the_whole_page(page):
    specs = json.loads(page.locator("#figures").text_content())["specs"]
    scales = [scale for spec in specs.values() for scale in scales_of_models(spec)]
    assert len(scales) > 10
    assert {tuple(scale["domain"]) for scale in scales} == {("baseline", "majority", "p")}


def scales_of_models(part):
    """The scales of every colour that stands for a model."""
    if isinstance(part, list):
        return [scale for each in part for scale in scales_of_models(each)]
    if not isinstance(part, dict):
        return []
    here = [encoded["scale"] for key, encoded in part.items() if key == "color" and encoded_by_model(encoded)]
    return here + [scale for each in part.values() for scale in scales_of_models(each)]


def encoded_by_model(encoded):
    return isinstance(encoded, dict) and encoded.get("field") == "model"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_texts_and_marks_have_the_contrast_that_wcag_aa_asks_for(page, theme):
    if theme == "dark":
        page.locator("#theme").click()
    page.locator("html").evaluate_all(
        "() => document.querySelectorAll('details').forEach((part) => (part.open = true))"
    )
    for part in page.locator("figure:visible, .explorer:visible").all():
        part.scroll_into_view_if_needed()
    drawn = page.locator(f"figure:visible .chart[data-drawn={theme}] svg")
    playwright.expect(drawn).to_have_count(page.locator("figure:visible").count(), timeout=60_000)
    playwright.expect(page.locator(".token.one, .token.two").first).to_be_visible()
    script = (Path(__file__).parents[2] / "contrasts.js").read_text(encoding="utf-8")
    audit = page.locator("html").evaluate_all(script[script.index("() =>") :])
    assert audit["counted"] > 500
    assert audit["faults"] == []


def test_every_control_is_reached_by_tab_with_a_visible_focus_and_works_by_keys(page):
    names = page.locator("[data-figure='0-tags'] [role=button]")
    names.first.scroll_into_view_if_needed()
    seen = []
    page.locator("html").evaluate_all("() => { document.activeElement.blur(); window.scrollTo(0, 0); }")
    for _ in range(300):
        page.keyboard.press("Tab")
        seen.append(page.locator("html").evaluate_all(FOCUSED))
        if seen[-1] is None:
            break
    assert seen[-1] is None
    assert all(outline.startswith("solid 3px") for _, outline in seen[:-1])
    reached = {number for number, _ in seen[:-1]}
    missed = page.locator("html").evaluate_all(CONTROLS)
    assert [name for number, name in missed if number not in reached] == []
    dim = page.locator("[data-figure='0-tags'] .mark-symbol.role-mark path[opacity='0.08']")
    assert not dim.count()
    names.first.press("Enter")
    playwright.expect(dim.first).to_be_attached()
    assert names.first.get_attribute("aria-pressed") == "true"
    names.first.press(" ")
    playwright.expect(dim).to_have_count(0)


CONTROLS = """() => [...document.querySelectorAll("a, button, input, select, summary, [tabindex]")]
  .map((element, number) => [number, element])
  .filter(([, element]) => element.checkVisibility() && (element.type !== "radio" || element.checked))
  .map(([number, element]) => [number, element.outerHTML.slice(0, 80)])"""
FOCUSED = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const style = getComputedStyle(element);
  const number = [...document.querySelectorAll("a, button, input, select, summary, [tabindex]")].indexOf(element);
  return [number, `${style.outlineStyle} ${style.outlineWidth}`];
}"""


def test_latex_is_copied(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#copy-latex").click()
    playwright.expect(page.locator("#copied")).to_have_text("copied")
    copied = page.locator("html").evaluate_all("() => navigator.clipboard.readText()")
    assert copied == page.locator("#latex").text_content()
    assert "toprule" in copied


def test_results_are_saved_and_nothing_is_wider_than_a_telephone(page, folder):
    with page.expect_download() as saved:
        page.locator("#save-results").click()
    shown = json.loads(called("show", "r", "--format", "json", cwd=folder).stdout)
    assert json.loads(saved.value.path().read_text()) == shown
    page.set_viewport_size({"width": 400, "height": 800})
    wide = page.locator("html").evaluate_all("(elements) => elements[0].scrollWidth")
    assert wide <= 400


def test_on_paper_all_pictures_are_drawn_black_on_white_and_tables_are_open(page):
    page.locator("#theme").click()
    whole = page.locator("html")
    whole.evaluate_all("() => window.dispatchEvent(new Event('beforeprint'))")
    figures = page.locator("figure:visible")
    assert figures.count() > 5
    assert page.locator("figure:visible .chart[data-drawn=light] svg").count() == figures.count()
    assert whole.get_attribute("data-theme") == "light"
    assert page.locator("details:visible:not([open]):not(.suspected)").count() == 0
    whole.evaluate_all("() => window.dispatchEvent(new Event('afterprint'))")
    assert whole.get_attribute("data-theme") == "dark"
    assert page.locator("details[open]").count() == 0


def test_numbers_behind_pictures_are_tables_whose_words_stay_whole_on_a_telephone(page):
    page.set_viewport_size({"width": 400, "height": 800})
    part = page.locator("details:visible", has_text="F1 of each tag in %")
    part.locator("summary").click()
    assert part.locator("th").all_inner_texts()[:2] == ["tag", "tokens of test"]
    heads = page.locator("details:visible", has_text="how far does it hang on the analysis?")
    heads.locator("summary").click()
    narrow = "(cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth || cell.clientWidth < 20).length"
    assert heads.locator("th, td").evaluate_all(narrow) == 0
    for cell in page.locator(".board:visible tbody th").all():
        assert cell.evaluate_all("(cells) => cells[0].clientWidth") > 60


def test_suspects_are_saved_as_conllu_and_csv(page):
    rows = page.locator(".suspects tbody tr")
    assert rows.count()
    suspects = [(row.get_attribute("data-sentence"), row.get_attribute("data-given")) for row in rows.all()]
    with page.expect_download() as saved:
        page.locator(".save-conllu:visible").click()
    text = saved.value.path().read_text()
    for sentence, tag in suspects:
        block = text.partition(f"# sentence = {sentence}\n")[2].partition("\n\n")[0]
        assert f"Suspect={tag}" in block
    assert all(line.count("\t") == 9 for line in text.splitlines() if line and line[0] != "#")
    with page.expect_download() as table:
        page.locator(".save-suspects:visible").click()
    head, *lines = table.value.path().read_text().splitlines()
    assert head == "sentence,token,words,gold,all models,read at"
    assert len(lines) == len(suspects)
