"""The pages in a real browser with scripts switched off: what a reader gets to see, and what a keyboard reaches."""

import pytest

from revtrack.rendering.article_page import ArticlePage, article_page
from revtrack.rendering.blame_page import BlamePage, blame_page
from revtrack.rendering.links import Links
from revtrack.rendering.revision_page import RevisionPage, revision_page
from tests.rendering.test_pages import ARTICLE, LOOKS, PAYLOADS, REVISIONS, VERSIONS, Site, history, hostile


@pytest.fixture(scope="module")
def reader(browser):
    """Return a browser's context in which no page may run a script."""
    return browser.new_context(java_script_enabled=False)


@pytest.fixture
def look(reader, tmp_path):
    """Open a page's text; whatever it asks for or complains of fails the test."""
    pages, troubles = [], []

    def look(text, *, width=1000, anchor=""):
        file = tmp_path / f"{len(pages)}.html"
        file.write_text(text, encoding="utf-8")
        page = reader.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": 900})
        page.on("console", lambda message: troubles.append(message.text))
        page.on("request", lambda asked: troubles.append(asked.url))
        page.goto(f"{file.as_uri()}{anchor}")
        return page

    yield look
    asked = {page.url.partition("#")[0] for page in pages}
    for page in pages:
        page.close()
    assert {trouble.partition("#")[0] for trouble in troubles} <= asked


ALONE = revision_page(RevisionPage(REVISIONS[1], None, 0), Links())


def test_side_by_side_and_one_column_are_a_link_apart_and_need_no_script(look):
    page = look(ALONE)
    assert page.locator("#p3").is_visible()
    assert not page.locator("#side-p3").is_visible()
    page.get_by_role("link", name="Side by side").click()
    assert not page.locator("#p3").is_visible()
    before, after = page.locator("#side-p3 .body").all()
    assert ("5.2" in before.inner_text(), "6.3" in after.inner_text()) == (True, True)
    assert before.bounding_box()["x"] + before.bounding_box()["width"] <= after.bounding_box()["x"]
    page.get_by_role("link", name="In one column").click()
    assert page.locator("#p3").is_visible()


def test_a_permalink_opens_the_page_in_the_form_in_which_it_was_taken(look):
    assert look(ALONE, anchor="#p3").locator("#p3").is_visible()
    assert look(ALONE, anchor="#side-p3").locator("#side-p3").is_visible()
    page = look(ALONE)
    page.get_by_role("link", name="¶ 3", exact=True).first.click()
    page.wait_for_url("**#p3")


def test_the_keyboard_reaches_the_text_the_folds_and_the_choice_of_versions(look):
    page = look(ALONE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    fold = page.locator("details.fold").first
    assert not fold.locator("p").first.is_visible()
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    assert fold.locator("p").first.is_visible()
    history_page = look(article_page(ArticlePage(ARTICLE, VERSIONS, REVISIONS, LOOKS), _Form()))
    history_page.get_by_label("from version 3").focus()
    history_page.keyboard.press("ArrowDown")
    assert history_page.get_by_label("from version 2").is_checked()


class _Form(Site):
    style = ""

    def __init__(self):
        super().__init__(form=True)


def test_a_phone_scrolls_no_page_sideways(look):
    versions, revisions = history([[f"{'W' * 90} {number}", "a b"] for number in range(3)], headlines=("x" * 120,))
    for text in (
        revision_page(RevisionPage(revisions[0], ARTICLE, 3), _Form()),
        article_page(ArticlePage(ARTICLE, versions, revisions, LOOKS), _Form()),
        blame_page(BlamePage(ARTICLE, versions), _Form()),
    ):
        assert look(text, width=390).evaluate("document.documentElement.scrollWidth") == 390


def test_the_ear_hears_what_was_deleted_and_inserted(look):
    heard = look(ALONE).locator("main").aria_snapshot()
    assert "deletion" in heard
    assert "[deleted: " in heard
    assert "[inserted: " in heard


def test_no_payload_runs_loads_or_leaves_in_a_real_browser(look):
    versions, revisions, article, snapshot = hostile(" ".join(PAYLOADS))
    look(revision_page(RevisionPage(revisions[0], article, 2, snapshot, snapshot), Links()))
    look(article_page(ArticlePage(article, versions, revisions, LOOKS), Links()))
