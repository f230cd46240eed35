"""The entries of a live blog are units with their own times."""

from datetime import UTC, datetime

from revtrack.extraction import extract
from revtrack.model import Entry
from tests.extraction.lenning import page

LIVE = '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "Bridge: live"}</script>'


def entry(number, *, time=True, heading=True):
    stated = f'<div class="meta"><time datetime="2024-11-20T1{number}:05:00Z">1{number}.05</time></div>' if time else ""
    title = f"<h2>What the council said at {number} o'clock</h2>" if heading else ""
    text = "".join(
        f"<p>Sentence {n} of entry {number} tells what was said at the quay, and who it was that said it.</p>"
        for n in (1, 2)
    )
    return f'<div class="entry e{number}" id="e{number}">{stated}{title}{text}</div>'


def blog(**shape):
    return f'<div class="entries">{"".join(entry(number, **shape) for number in (3, 2, 1))}</div>'


def test_each_entry_is_a_range_of_paragraphs_with_its_time():
    story = extract(page(text=blog()))
    assert story.entries == tuple(
        Entry(start, start + 3, datetime(2024, 11, 20, hour, 5, tzinfo=UTC))
        for start, hour in ((0, 13), (3, 12), (6, 11))
    )
    assert story.paragraphs[3].text == "What the council said at 2 o'clock"


def test_where_the_page_says_that_it_is_live_headings_are_enough():
    assert [e.at for e in extract(page(text=blog(time=False), head=LIVE)).entries] == [None] * 3
    assert extract(page(text=blog(time=False))).entries == ()


def test_paragraphs_are_no_entries():
    timed = "".join(
        f'<p class="x">At <time datetime="2024-11-20T1{n}:05">1{n}.05</time> the crew {n} came to the quay.</p>'
        for n in range(9)
    )
    assert extract(page(text=timed)).entries == ()


def test_times_beside_the_article_make_no_entries():
    beside = "".join(
        f'<div class="t"><time datetime="2024-11-20T1{n}:05">1{n}.05</time><a href="/{n}">Other</a></div>'
        for n in range(9)
    )
    assert extract(page(below=beside)).entries == ()
