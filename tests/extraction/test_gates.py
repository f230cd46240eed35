"""A page that keeps its text back is told from one whose publisher cut it, by what the page did before."""

import time

import pytest

from revtrack.extraction import extract
from revtrack.extraction.gates import find_gates

PARAGRAPHS = [
    f"On day {i} of the strike the {word} depot stayed shut, and {i * 120} buses were left in the yard overnight."
    for i, word in enumerate(
        ["northern", "southern", "eastern", "western", "central", "harbour", "airport", "valley"], 3
    )
]
ADDRESS = '<link rel="canonical" href="https://post.test/depots-shut">'
HEADER = '<header><a href="/subscribe">Subscribe</a><form><input type="search" name="q"></form></header>'
RELATED = '<section class="more"><h3>More on this</h3><p><a href="/{0}">The {0} of the week</a></p></section>'
FREE = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Depots shut","isAccessibleForFree":%s}</script>'


def page(paragraphs=PARAGRAPHS, *, end="", head="", related="chart"):
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<html><head><title>Depots shut</title>{head}</head><body>{HEADER}<article><h1>Depots shut</h1>{body}{end}</article>"
        f"{RELATED.format(related)}<footer>Imprint</footer></body></html>"
    )


def gates(now, before=None):
    return find_gates(page() if before is None else before, now, extract(now))


@pytest.mark.parametrize(
    ("end", "head"),
    [
        ('<div class="offer-x"><p>Du möchtest weiterlesen?</p><button>Jetzt testen</button></div>', ""),
        ('<aside data-x><h3>Lees verder</h3><p>Maak een account.</p><input type="email"></aside>', ""),
        ('<div class="story-paywall"><p>Thank you for reading so far today.</p></div>', ""),
        ('<div class="box7"><p>One euro a week.</p><p><a href="/plans">See all plans</a></p></div>', ""),
        ("", FREE % "false"),
        ("", '<meta property="article:content_tier" content="locked">'),
        ("<h2>Subscribe to continue reading</h2>", ""),
        ("<p>Sie möchten weiterlesen? Das geht mit einem Abonnement.</p>", ""),
        ('<div class="tp-slot h-captcha" data-key="1"></div>', ""),
        ('<iframe src="https://offers.piano.example/show"></iframe>', ""),
        ("<dialog open><h4>One more thing</h4></dialog>", ""),
        ('<input type="range" max="320">', ""),
        ('<x-more><template shadowrootmode="open"><slot></slot></template></x-more>', ""),
        ("<footer><p>More with an account.</p><button>Go</button></footer>", ""),
    ],
)
def test_what_came_with_the_loss_and_asks_for_something_is_a_gate(end, head):
    assert gates(page(PARAGRAPHS[:3], end=end, head=head))


def test_a_cut_by_the_publisher_shows_no_gate():
    assert gates(page(PARAGRAPHS[:3], related="map")) == ()
    assert gates(page(PARAGRAPHS[:3], end="<p>The rest of this report will follow.</p>", head=FREE % "true")) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "<footer>Imprint</footer>",
            '<footer>Imprint<form><input type="email"><button>News by mail</button></form></footer>',
        ),
        ("<nav></nav>", "<nav><button>Menu</button></nav>"),
        ("<h1>Depots shut</h1>", "<h1>Depots shut</h1><div><button>Share</button><button>Listen</button></div>"),
    ],
)
def test_buttons_at_the_edges_of_a_site_and_above_the_text_are_no_gate(old, new):
    before = page().replace("<body>", "<body><nav></nav>")
    assert old in before
    assert gates(before.replace(PARAGRAPHS[-1], "").replace(old, new), before) == ()


@pytest.mark.parametrize(
    "row",
    [
        '<a href="/depots-shut?page=2" rel="next">Next page</a> <span>1</span> <a href="/depots-shut?page=2">2</a>',
        '<a href="https://post.test/depots-shut/page/2">Go on to part two</a>',
        '<span>1</span> <a href="/z/77">2</a> <a href="/z/78">3</a> <a href="/z/77">Next page</a>',
        '<a href="?page=2">Volgende pagina</a>',
    ],
)
def test_a_row_of_the_pages_of_an_article_is_no_gate(row):
    assert gates(page(PARAGRAPHS[:5], end=f'<div class="k4"><p>{row}</p></div>', head=ADDRESS)) == ()


@pytest.mark.parametrize(
    "link",
    ["<a href='#'>Go on</a>", "<a href='?offer=1'>Subscribe</a>", "<a href='/plans?back=/depots-shut'>Go on</a>"],
)
def test_a_link_that_sells_or_opens_something_is_one_wherever_it_leads(link):
    assert gates(page(PARAGRAPHS[:5], end=f'<div class="k4"><p>One euro a week.</p><p>{link}</p></div>', head=ADDRESS))


def test_what_the_page_had_before_is_no_gate():
    end, head = '<div class="paywall-hint"><p>Try us.</p><button>Go</button><input type="email"></div>', FREE % "false"
    before = page(end=end, head=head)
    assert gates(page(PARAGRAPHS[:3], end=end, head=head), before) == ()


@pytest.mark.parametrize(
    "piece", [" class=", " class   ", "<script src ", ' id="', " role ", "<iframe ", '<p class="a b c">']
)
def test_hostile_markup_costs_little(piece):
    began = time.process_time()
    find_gates(page(), piece * (1_000_000 // len(piece)), extract(page()))
    assert time.process_time() - began < 5


def test_without_a_page_to_compare_with_nothing_is_said():
    assert gates(page(end="<div class=paywall><button>Go</button></div>"), "") == ()
