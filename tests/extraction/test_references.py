"""Pictures and links of an article, absolute and bounded."""

from revtrack.extraction.blocks import Block, Box, Head, Image, Page
from revtrack.extraction.references import read_images, read_links
from revtrack.model import Image as Picture
from revtrack.model import Link, ParagraphKind

URL = "https://post.test/city/bridge"
BOX = Box("p", None)


def block(order, links=(), kind=ParagraphKind.TEXT, text="Words."):
    return Block(text, BOX, order, kind, links=tuple(links))


def page(images):
    return Page([BOX], [], Head(images=images))


def test_links_are_resolved_and_only_those_over_http_kept():
    hrefs = [
        "/a",
        "b?x=1",
        "//cdn.test/c",
        "#note",
        "javascript:alert(1)",
        "mailto:x@y.test",
        "https://[broken",
        URL + "#top",
        "",
    ]
    found = read_links([block(0, [(href, " some  words ") for href in hrefs])], URL)
    assert found == tuple(
        Link(url, "some words") for url in ("https://post.test/a", "https://post.test/city/b?x=1", "https://cdn.test/c")
    )


def test_a_relative_link_without_the_page_s_address_is_left_out():
    assert read_links([block(0, [("/a", "x"), ("https://b.test/", "y")])], None) == (Link("https://b.test/", "y"),)


def test_pictures_bear_what_is_written_under_them():
    shown = [block(5), block(6, kind=ParagraphKind.CAPTION, text="The bridge at dawn."), block(7)]
    images = [Image(6, "/bridge.jpg", "A bridge"), Image(90, "/other-story.jpg", ""), Image(5, "/pixel.gif", "")]
    assert read_images(page(images), shown, ["https://cdn.test/lead.jpg"], URL) == (
        Picture("https://post.test/bridge.jpg", "The bridge at dawn.", "A bridge"),
        Picture("https://cdn.test/lead.jpg"),
    )


def test_both_are_bounded_in_number_and_length():
    links = [(f"/{n}", "x" * 10_000) for n in range(5_000)] + [("/" + "y" * 100_000, "long")]
    found = read_links([block(0, links)], URL)
    assert len(found) == 100
    assert max(len(link.text) for link in found) <= 300
    pictures = read_images(page([Image(0, f"/{n}.jpg", "z" * 10_000) for n in range(5_000)]), [block(0)], [], URL)
    assert len(pictures) == 30
    assert max(len(picture.alt) for picture in pictures) <= 300
