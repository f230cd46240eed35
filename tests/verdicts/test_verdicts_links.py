"""How a link that leads elsewhere is weighed, and which notes disclose it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from revtrack import Story, compare, render
from revtrack.model import Link, Note, NoteKind
from revtrack.verdicts import disclose_late

TEXT = "A report of the harbour office had warned of rust in the hulls two years ago."
WORDS = "report of the harbour office"
GOV, LOBBY = "https://gov.example/2024/hulls.pdf", "https://lobby.example/hulls"
HERE, THERE = "https://paper.example/1/hulls-rust", "https://paper.example/2/piers"


def told(before, after, *notes, **more):
    sides = [Story.from_paragraphs("Ferries stop", [TEXT, f"It stops on Monday{end}."]) for end in ("", " then")]
    urls = [tuple(Link(url, WORDS) for url in (side,) if url) for side in (before, after)]
    old, new = (replace(s, links=u, canonical_url="https://paper.example/3") for s, u in zip(sides, urls, strict=True))
    return compare(old, replace(new, notes=tuple(Note(text, NoteKind.CORRECTION) for text in notes), **more))


def reason(revision):
    (found,) = (r for r in revision.verdict.reasons if r.where == "link")
    return found.feature, found.significance, found.disclosure


@pytest.mark.parametrize(
    ("before", "after", "feature", "level", "disclosure"),
    [
        (GOV, LOBBY, "link", "detail", "undisclosed"),
        (GOV, THERE, "link", "detail", "undisclosed"),
        (HERE, LOBBY, "link", "detail", "undisclosed"),
        (GOV, "", "link_removed", "detail", "undisclosed"),
        (HERE, THERE, "link", "minor", "not_needed"),
    ],
)
def test_a_link_to_another_site_is_a_detail(before, after, feature, level, disclosure):
    assert reason(told(before, after)) == (feature, level, disclosure)


@pytest.mark.parametrize(
    ("note", "disclosure"),
    [
        ("Correction: The link to the report was wrong.", "disclosed"),
        ("Korrektur: Der Link war falsch.", "disclosed"),
        ("Korrektur: Das Bild zeigt Ida Moreau (links) vor dem Rathaus.", "partly"),
        ("Correction: The report on the hulls of 2024 had 14 pages.", "partly"),
    ],
)
def test_a_note_that_speaks_of_a_link_discloses_it(note, disclosure):
    assert reason(told(GOV, LOBBY, note))[2] == disclosure


def test_a_later_note_with_words_of_the_address_is_not_about_the_link():
    note = Note("Correction: The hulls were repaired with help of the lobby.", NoteKind.CORRECTION)
    first = told(GOV, LOBBY)
    assert disclose_late(first, (note,), lag=timedelta(1)) == first.verdict


@pytest.mark.parametrize("form", ["text", "changes", "markdown", "html", "unified", "json"])
def test_every_form_shows_words_and_addresses_and_links_to_none(form):
    shown = render(told(GOV, LOBBY), form).replace("\\", "")
    assert WORDS in shown
    assert "gov.example/2024/hulls.pdf" in shown
    assert "lobby.example/hulls" in shown
    assert 'href="https://lobby' not in shown


def test_a_hostile_address_and_its_words_command_nothing():
    bad = 'https://lobby.example/<script>\x1b[2J"><img src=x onerror=a()>'
    revision = told(GOV, bad)
    assert "<script>" not in render(revision, "html")
    assert "<img" not in render(revision, "html") + render(revision, "markdown")
    assert not any("\x1b" in render(revision, form) for form in ("text", "changes", "markdown", "html", "unified"))


def test_the_facts_of_two_pages_of_one_host_show_where_they_differ():
    shown = render(told(GOV, "https://gov.example/2024/piers.pdf"), "changes")
    assert "…/hulls.pdf → …/piers.pdf" in shown
