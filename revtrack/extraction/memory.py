"""What a tracker knows of an article and its site before it reads the page again. Knows nothing of markup."""

from dataclasses import dataclass
from datetime import datetime

from revtrack.config import SiteRules
from revtrack.model import Story
from revtrack.notes import SHIPPED, Grammar


@dataclass(frozen=True, slots=True)
class Memory:
    """What earlier looks have taught, passed in as a value so that extraction stays pure.

    `story` is the story read last. `boilerplate` holds the `fold`ed texts of blocks that other articles of the same
    site show too: they are no content. The box that holds most paragraphs of the old story is kept as the article's.
    `seen_at` is when the page was fetched: what a note's "Nov. 21" is relative to. `rules` are those that a person
    wrote for the site, `grammar` those that tell publishers' notes.
    """

    story: Story | None = None
    boilerplate: frozenset[str] = frozenset()
    seen_at: datetime | None = None
    rules: SiteRules | None = None
    grammar: Grammar = SHIPPED
