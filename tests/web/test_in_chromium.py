"""The server in a real browser: filters, compare, search and keyboard; nothing hostile runs, and nothing is out of reach."""

import pytest


@pytest.fixture
def page(browser, served):
    """A page with scripts allowed, so that what is hostile could run; what it asks of others fails the test."""
    opened = browser.new_page(base_url=served)
    troubles = []
    opened.on("request", lambda asked: asked.url.startswith(f"{served}/") or troubles.append(asked.url))
    opened.on("dialog", lambda dialog: troubles.append(dialog.message))
    opened.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    yield opened
    opened.close()
    assert not troubles


def test_filters_are_chosen_one_after_the_other(page):
    page.goto("/")
    page.get_by_role("link", name="With a note").click()
    page.get_by_role("navigation", name="Lists").get_by_role("link", name="Ever", exact=True).click()
    assert page.url.endswith("/?only=notes")
    assert page.locator("a[aria-current=page]").first.inner_text() == "With a note"
    assert page.locator("li.revision").count()


def test_any_two_versions_are_compared_by_keyboard_alone(page):
    page.goto("/articles/1")
    page.locator("input[name=old][value='1']").focus()
    page.keyboard.press("Space")
    page.locator("input[name=new][value='3']").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/1/1-3")
    page.get_by_role("link", name="Side by side").click()
    assert page.locator("#side-by-side").is_visible()


def test_a_phrase_is_searched_for_and_led_to_its_article(page):
    page.goto("/search")
    page.get_by_role("searchbox").fill("two harbour")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Search").click()
    assert "phrase=1" in page.url
    page.locator("li.revision h3 a").first.click()
    assert page.locator("h1").inner_text()


def test_nothing_hostile_runs_or_asks_for_anything(page):
    for path in ("/", "/?source=hostile", "/notes", "/articles", "/sources", "/search?words=harbour", "/api"):
        page.goto(path)
        assert page.evaluate("document.querySelectorAll('script, img, iframe, base, object').length") == 0
    for number in range(7, 47, 5):
        for path in (f"/articles/{number}", f"/articles/{number}/1-2", f"/articles/{number}/blame"):
            page.goto(path)
            assert page.title()


@pytest.mark.parametrize(
    ("scheme", "paths"),
    [
        ("light", ["/", "/articles/1", "/articles/1/1-2", "/articles/1/blame", "/sources", "/search?words=the"]),
        ("dark", ["/", "/articles/1/1-2"]),
    ],
)
def test_no_page_has_a_serious_finding_of_axe(page, scheme, paths):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.emulate_media(color_scheme=scheme)
    for path in paths:
        page.goto(path)
        found = axe.run(page).response["violations"]
        assert not [one["id"] for one in found if one["impact"] in {"serious", "critical"}], path


def test_a_phone_scrolls_in_one_direction_only(page):
    page.set_viewport_size({"width": 360, "height": 740})
    for path in (
        "/",
        "/articles/1",
        "/articles/1/1-2",
        "/articles/1/blame",
        "/sources",
        "/notes",
        "/search?words=the",
        "/api",
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
