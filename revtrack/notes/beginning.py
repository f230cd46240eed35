"""A rule file to begin a language with: every list that the shared patterns ask for, and what is meant by it."""

from collections.abc import Iterable, Mapping
from typing import Any

from revtrack.notes.grammar import shipped_table
from revtrack.notes.phrases import NAMED
from revtrack.notes.rules import NOTE_KINDS

_SHOWN = 3  # English labels beside a list of labels
_MEANINGS = {
    "itself": "this very article",
    "piece": "an article, or a part of one: its headline, a caption, the second paragraph",
    "article": "what an article is called: article, story, report",
    "detail": "what else is edited: a name, a line, a photo",
    "earlier_version": "an earlier version of this article",
    "before": "at first, originally",
    "mistake": "wrongly, by mistake, an error",
    "misspoke": "a verb that says by itself that a piece was wrong: misquoted, misstated",
    "told": "said, gave, was named",
    "we_told": "we wrote, we reported",
    "rightly": "it should be, in fact",
    "ought": "it should have read",
    "read_for": "where it says X, read Y",
    "in_fact": "opens the sentence behind the wrong one: in fact, that is not so",
    "has_corrected": "it was corrected, fixed",
    "we_corrected": "we have corrected, fixed",
    "has_clarified": "it was clarified",
    "we_clarified": "we have clarified, we would like to clarify",
    "has_added": "it was updated, expanded, added to",
    "we_added": "we have updated, expanded, added",
    "has_changed": "it was amended, edited, reworded, replaced",
    "we_changed": "we have amended, edited, reworded, replaced",
    "has_removed": "it was removed, deleted, taken down",
    "we_removed": "we have removed, deleted, taken down",
    "has_withdrawn": "it was retracted, withdrawn",
    "we_withdrew": "we have retracted, withdrawn",
    "reader": "a reader pointed out",
    "clearer": "to clarify, to avoid a misunderstanding",
    "asked": "at the request of, on legal advice",
    "asked_to_say": "somebody has asked us to make clear",
    "regret": "we regret the error, we apologise",
    "contrary": "contrary to what we wrote",
    "as_we_said": "not X, as we had it",
    "as_told": "as we reported, we previously wrote: refers, corrects nothing",
    "editing_error": "because of an editing error",
    "we_erred": "we spelled the name wrong",
    "published": "after publication",
    "first_without": "first appeared without",
    "updated_on": "updated on … with",
    "replied": "answered, contacted us, sent a statement",
    "statement": "a reply, a comment, a photo",
    "printed": "a piece of another day, a page of the paper",
    "cited": "a day and a page: 3 May, page 9",
    "entitled": "headed, called: a title follows",
    "ours": "a piece of our own, on something",
    "head": "the headline, the standfirst",
    "was_headed": "had the headline …",
    "elsewhere": "bills, apps, other papers: what such a sentence speaks of when it is no note",
    "day_piece": "yesterday's paper, Monday's column",
    "lately": "yesterday, on Monday, last week",
    "so_it_is": "opens the sentence that says what is so: . It is",
    "not_but": ", not … or not … but",
    "recalls": "an agency withdraws its dispatch",
    "left_out": "was left out, was missing",
    "impression": "may have left the impression",
    "we_slipped": "we mixed up, we wrongly said, an error crept in",
    "put_right": "corrected the spelling: what such a line begins with",
    "they_corrected": "the paper has corrected",
    "that_we": "whom we called, to whom we attributed",
    "reported": "gave, put, dated: what a piece did",
    "spoken": ", said the mayor: somebody else speaks",
    "by_others": "by the artist, by the ministry: somebody else did it",
    "here": "here, above, at the end of this text",
    "stood": "stood, was given, was printed: what a text did at a place",
    "no_longer": "no longer",
    "now": "now",
    "right_now": "is right now",
    "others": "another paper that does the correcting",
}
"""What is meant by the lists whose names do not say it."""
_HEAD = """\
# How notes about edits look in the language {language}. Take the # from a list when you have filled it; behind
# it stands what is meant. Lists take [maybe] (one|other) begin* *ing ... {{list}}: docs/notes.md tells more.
# `revtrack notes check FOLDER` tries the examples. New rules hold from the next look on, or by `revtrack rebuild`.

# What any note holds at least one of, in small letters; labels and lists that tell of an edit are stems of themselves.
stems = []
# The words that a mere time stamp may hold ("Last updated 14:05").
stamp = []

[labels]  # what a note begins with, by kind; under "note" those that announce any
"""
_TAIL = """
# [[pattern]]  # what only this language says, if the lists above do not fit it
# name = "has been corrected"
# kind = "correction"  # {kinds}
# says = "{{this}} {{article}} has been corrected"
# examples = ["This article has been corrected."]
# not = ["The bill has been corrected."]

[examples]  # whole notes by kind, and under "none" what is no note: write some for each list
# correction = ["Correction: an earlier version of this article gave the wrong date."]
# none = ["The minister corrected the figures on Monday."]
"""


def template_of(language: str) -> str:
    """Return a rule file for a language that has none, everything in it still to be filled."""
    labels = shipped_table("en")["labels"]
    return "".join(
        (
            _HEAD.format(language=language),
            *(_empty(kind, ", ".join(labels.get(kind, ())[:_SHOWN])) for kind in (*NOTE_KINDS, "note")),
            "\n[words]\n",
            *(_empty(name, _MEANINGS.get(name, "")) for name in asked_lists()),
            _TAIL.format(kinds=", ".join(NOTE_KINDS)),
        )
    )


def asked_lists() -> tuple[str, ...]:
    """Return the names of the lists that the patterns of all languages ask for, in their order."""
    shared = shipped_table("shared")
    named = named_lists(shared)
    return tuple(name for name in named if name not in shared["words"])


def named_lists(table: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the lists that anything in a rule file names, each once."""
    return tuple(dict.fromkeys(name for text in _texts(table) for name in NAMED.findall(text)))


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _empty(name: str, meaning: str) -> str:
    return f"# {name} = []{f'  # {meaning}' if meaning else ''}\n"
