"""What browsers are shown while a run is under way, and when they have the last of it."""

from threading import Thread

from seqbench.serving.live.page_state import PageState


def test_each_version_of_the_page_has_a_number_and_a_sentence_alone_has_none():
    state = PageState()
    assert (state.status_for_browser().number, state.page_for_browser().html) == (0, "")
    state.show("1 of 2 trials finished", "<p>one")
    state.show("still 1 of 2")
    shown = state.page_for_browser()
    assert (shown.number, shown.html, shown.status, shown.over) == (1, "<p>one", "still 1 of 2", False)
    state.show("2 of 2", "<p>two")
    assert state.page_for_browser().number == 2


def test_nobody_waits_where_no_browser_was():
    state = PageState()
    state.show("done", "<p>one")
    state.end()
    assert state.wait_until_known(0)


def test_the_end_waits_for_a_browser_until_it_has_the_last_page_and_knows_that_it_is_the_last():
    state = PageState()
    state.status_for_browser()
    state.show("done", "<p>one")
    state.end()
    assert not state.wait_until_known(0)
    state.status_for_browser()
    assert not state.wait_until_known(0)
    browser = Thread(target=state.page_for_browser)
    browser.start()
    assert state.wait_until_known(60)
    browser.join()
