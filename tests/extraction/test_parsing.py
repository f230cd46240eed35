"""A page is told by its boxes in document order, and leaves nothing to the collector when its story is read."""

import gc
from contextlib import suppress

import pytest

from revtrack.errors import NotAnArticleError
from revtrack.extraction import extract
from revtrack.extraction.blocks import Block, Box
from revtrack.extraction.parsing import parse
from tests.extraction.lenning import page

TABLE = "<table><tr><th>Span</th><th><b>Bolts</b></th></tr><tr><td><p>North</p></td><td><div><img src=a.png></div>14</td></tr></table>"


def in_document_order(box):
    return [box, *(inner for child in box.children for inner in in_document_order(child))]


@pytest.mark.parametrize(
    "html",
    [
        page(),
        page(TABLE + "<p>Nobody was hurt.</p>"),
        page("<div></div><div><p></p><section><div></div></section></div><x-note><p>A word.</x-note></p>"),
        "<ul><li>One<li>Two</ul></div><tr><td>14</td></tr><p>Three",
        "",
    ],
)
def test_boxes_are_those_of_the_tree_in_document_order(html):
    told = parse(html)
    assert told.boxes == in_document_order(told.root)
    assert {block.box for block in told.blocks} <= set(told.boxes)


def test_cells_of_one_row_are_joined_and_what_stood_in_them_is_no_box_of_the_page():
    table = next(box for box in parse(page(TABLE)).boxes if box.tag == "table")
    assert [(box.tag, [block.text for block in box.blocks]) for box in in_document_order(table)] == [
        ("table", []),
        ("tr", ["Span | Bolts"]),
        ("th", []),
        ("th", []),
        ("tr", ["North | 14"]),
        ("td", []),
        ("td", []),
    ]


@pytest.mark.parametrize("html", [page(), "<h1>404 Not Found</h1>"], ids=["article", "none"])
def test_a_page_dies_with_its_story_read(html):
    def boxes_alive():
        return sum(type(one) in (Box, Block) for one in gc.get_objects())

    gc.collect()
    gc.disable()
    try:
        before = boxes_alive()
        with suppress(NotAnArticleError):
            extract(html)
        assert boxes_alive() == before
    finally:
        gc.enable()
