"""What is known of an article and its site steadies the reading of its page."""

import pytest

from revtrack.extraction import Memory, extract
from revtrack.extraction.container import find_container, keep_container
from revtrack.extraction.parsing import parse
from revtrack.text import fold
from tests.extraction.lenning import PARAGRAPHS, body, page

CAPTION = "The new fountain on the market square, on Sunday afternoon after the last of the rain."
STREAM = "".join(
    f"<p>The market square has a new fountain, number {n}, paid for by readers of this page and their friends.</p>"
    for n in range(30)
)


def test_the_box_that_held_the_article_is_kept_when_another_outweighs_it():
    grown = page(below=f'<div class="x1">{STREAM}</div>')
    remembered = extract(grown, memory=Memory(story=extract(page())))
    assert tuple(paragraph.text for paragraph in remembered.paragraphs) == PARAGRAPHS
    assert extract(grown).paragraphs != remembered.paragraphs


def test_a_memory_of_another_article_changes_nothing():
    other = Memory(story=extract(page(text=STREAM)))
    assert extract(page(), memory=other) == extract(page())


def test_blocks_that_other_articles_of_the_site_show_are_no_content():
    line = "The Lenning Post has been printed on the quay since 1901, and still is every morning."
    seen = page(text=body() + f"<p>{line}</p>")
    assert len(extract(seen).paragraphs) == len(PARAGRAPHS) + 1
    steadied = extract(seen, memory=Memory(boilerplate=frozenset({fold(line)})))
    assert tuple(paragraph.text for paragraph in steadied.paragraphs) == PARAGRAPHS


def test_short_paragraphs_of_a_script_without_spaces_tell_the_box_too():
    chinese = [f"市议会周一表示，港口大桥将关闭至第{n}个星期五，届时再作决定。" for n in range(3)]
    grown = parse(page(text=body(chinese), headline="港口大桥继续关闭", below=f'<div class="x1">{STREAM}</div>'))
    found = find_container(grown)
    assert (found.names, keep_container(grown, found, chinese).names) == ("x1", "story")


@pytest.mark.parametrize(
    "source",
    [
        page(below=f'<div class="for-print">{body()}</div>'),
        page(below=f'<div class="for-print">{body()}</div><div class="for-amp">{body()}</div>'),
        page(text=f"<figure><img src='a.jpg'><figcaption>{CAPTION}</figcaption></figure>{body()}<p>{CAPTION}</p>"),
        page(text=f"<figcaption>{CAPTION}</figcaption><p>{CAPTION}</p>{body()}{body()}"),
    ],
)
def test_a_second_look_at_the_same_page_tells_the_same_story(source):
    first = extract(source)
    assert extract(source, memory=Memory(story=first)) == first
