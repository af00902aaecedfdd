"""The page of a server in a browser: a sentence is typed, and all models stand side by side."""

from served import serving

from seqbench.serving.http.access import Guard


def test_a_sentence_is_tagged_by_all_models_and_no_word_is_obeyed(browser, models):
    with serving(models, Guard("s3cret")) as server:
        page, complaints = browser.new_page(), []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"http://127.0.0.1:{server.port}/")
        page.fill("#token", "s3cret")
        page.fill("#text", "Everybody <img/src=x/onerror=alert(1)> zorp")
        page.check("input[value=blanks]")
        page.click("button")
        page.wait_for_selector("#answer table")
        words = ["Everybody", "<img/src=x/onerror=alert(1)>", "zorp"]
        cells = [row.locator("td").all_inner_texts() for row in page.locator("#answer tr").all()[1:]]
        assert [row[0] for row in cells] == words
        for column, model in enumerate(models.values(), start=1):
            assert [row[column].split()[0] for row in cells] == model.predict([words])[0]
        assert [row[-1] == "differ" for row in cells] == [row[1].split()[0] != row[2].split()[0] for row in cells]
        assert page.locator("#answer img").count() == 0
        assert complaints == []
        page.close()


def test_three_models_with_long_names_stand_side_by_side_on_a_phone(browser, models):
    several = dict(zip(["hmm", "lstm(hidden_dim=256)", "majority(preset='x')"], [*models.values()] * 2, strict=False))
    with serving(several) as server:
        page = browser.new_page(viewport={"width": 400, "height": 800})
        page.goto(f"http://127.0.0.1:{server.port}/")
        page.fill("#text", "Everybody read that book")
        page.click("button")
        page.wait_for_selector("#answer table")
        widths = page.evaluate(
            "[document.querySelector('.table').scrollWidth, document.querySelector('.table').clientWidth]"
        )
        assert widths[0] <= widths[1] <= 400
        page.close()
