"""One thing that a look brought and that may be told of, with what rules ask of it. Reads what is asked for, once."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from revtrack.archive import News
from revtrack.model import Article, Note, Reason, Revision, Verdict
from revtrack.text import fold

_SPACED = "\u2e80"  # scripts from here on write words without blanks between them


@dataclass(frozen=True)
class Finding:
    """What a look brought (`news`) to an article; `read` gives the revision, and is called when it is needed.

    `source` is what the source of the article calls itself, "" where it says nothing.
    """

    news: News
    article: Article
    read: Callable[[], Revision]
    source: str = ""

    @property
    def event(self) -> str:
        """What happened: "revised", "gone", "back", …; "rejudged" for a verdict given anew on an earlier edit."""
        return "rejudged" if self.rejudged else self.news.event.value

    @property
    def verdict(self) -> Verdict | None:
        """The verdict as it stands, None where there is no revision."""
        return self.news.verdict

    @property
    def rejudged(self) -> bool:
        """Whether an earlier edit was judged again."""
        return self.news.rejudged

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons of the verdict."""
        return self.verdict.reasons if self.verdict else ()

    @cached_property
    def revision(self) -> Revision | None:
        """The revision, None for an event of another kind."""
        return self.read() if self.verdict else None

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes of the family "revision" that came with it."""
        notes = self.revision.notes if self.revision else ()
        return tuple(note for note in notes if note.is_revising)

    @property
    def language(self) -> str:
        """The language of the story, "" where it is not known."""
        return self.revision.diff.new.language.casefold() if self.revision else ""

    @property
    def is_revert(self) -> bool:
        """Whether the text went back to an earlier one."""
        return self.revision is not None and self.revision.revert_of is not None

    @property
    def is_flapping(self) -> bool:
        """Whether the text alternates between two."""
        return self.revision is not None and self.revision.flapping

    @cached_property
    def places(self) -> frozenset[str]:
        """Where something changed, such as "headline", "text" or "caption"."""
        fields = (field.field for field in self.revision.diff.fields) if self.revision else ()
        return frozenset((*(reason.where for reason in self.reasons), *fields))

    @cached_property
    def facts(self) -> frozenset[str]:
        """What kinds of facts changed, by the reasons of the verdict and the tags of the changes."""
        tags = (tag for change in self.revision.diff.changes for tag in change.tags) if self.revision else ()
        return frozenset((*(reason.feature for reason in self.reasons), *tags))

    def mentions(self, word: str) -> bool:
        """Say whether a word stands in a sentence that changed, or in a new note; "brib*" fits any ending."""
        return bool(_pattern(word).search(self._touched))

    @cached_property
    def _touched(self) -> str:
        if self.revision is None:
            return ""
        changes = self.revision.diff.changes
        parts = [part for c in changes for part in (c.old, c.new, c.old_sentence, c.new_sentence)]
        return fold("\n".join([*parts, *(note.text for note in self.revision.notes)])).casefold()


def _pattern(word: str) -> re.Pattern[str]:
    stem = fold(word.strip().rstrip("*")).casefold()
    before = r"(?<!\w)" if stem[:1].isalnum() and stem[:1] < _SPACED else ""
    after = r"(?!\w)" if stem[-1:].isalnum() and stem[-1:] < _SPACED and not word.strip().endswith("*") else ""
    return re.compile(f"{before}{re.escape(stem)}{after}") if stem else re.compile(r"(?!)")
