"""What is expected of sources, learned from what the archive saw of their articles."""

from datetime import datetime, timedelta

from revtrack.archive import Archive
from revtrack.model import Article
from revtrack.schedule import Prior, learn
from revtrack.urls import host_of

_LEARNED_FOR = timedelta(hours=1)
"""A source's past changes little meanwhile, and hundreds of its articles are read to learn from it."""


class Priors:
    """What is expected of the articles of each source: learned once in a pass, and in an hour of passes."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._learned: dict[str, Prior] = {}
        self._since: datetime | None = None

    def refresh(self, now: datetime) -> None:
        """Let all be learned again, unless it just was."""
        if self._since is None or not timedelta(0) <= now - self._since < _LEARNED_FOR:
            self._learned.clear()
            self._since = now

    def of(self, article: Article) -> Prior:
        """Return what is expected of an article's source, or of its host where a person added it."""
        source = article.source or host_of(article.url)
        if source not in self._learned:
            self._learned[source] = learn(self._archive.companions(article))
        return self._learned[source]
