"""Where pages are on a server, and the addresses of lists with what was chosen in them. Knows no request."""

from collections.abc import Mapping
from urllib.parse import urlencode

from revtrack.rendering.links import Links
from revtrack.site.addresses import source_key


class ServerLinks(Links):
    """Links of every page of the server, from its root. `feeds` are those of the page in hand."""

    style = "/style.css"
    front = "/"
    sources = "/sources"
    articles = "/articles"
    ledger = "/notes"
    search = "/search"

    def __init__(self, feeds: tuple[tuple[str, str], ...] = ()) -> None:
        self.feeds = feeds

    def article(self, article_id: int) -> str:
        """Return the address of an article's page."""
        return f"/articles/{article_id}"

    def blame(self, article_id: int) -> str:
        """Return the address of the page that says how old each sentence of an article is."""
        return f"/articles/{article_id}/blame"

    def revision(self, article_id: int, old: int, new: int) -> str:
        """Return the address of the step between any two versions."""
        return f"/articles/{article_id}/{old}-{new}"

    def compare(self, article_id: int) -> str:
        """Return the address that answers a form's `old` and `new` with the step between these versions."""
        return f"/articles/{article_id}/compare"

    def source(self, url: str) -> str:
        """Return the address of a source's page, by its URL or the host of articles that a person added."""
        return f"/sources/{source_key(url)}" if url else ""


class FeedLinks(ServerLinks):
    """Links in full, as feeds need them: `home` is the server's own address, without a slash at its end."""

    def __init__(self, home: str) -> None:
        super().__init__()
        self._home = home

    def revision(self, article_id: int, old: int, new: int) -> str:
        """Return the address of the step between two versions, in full."""
        return f"{self._home}{super().revision(article_id, old, new)}"

    def article(self, article_id: int) -> str:
        """Return the address of an article's page, in full."""
        return f"{self._home}{super().article(article_id)}"


def with_query(path: str, chosen: Mapping[str, str]) -> str:
    """Return an address with what was chosen, empty choices left out."""
    query = urlencode({name: value for name, value in chosen.items() if value})
    return f"{path}?{query}" if query else path
