"""The two pages that are the server's own: what its API offers, and why a request was refused."""

from revtrack.rendering.templating import fill
from revtrack.web.addresses import ServerLinks
from revtrack.web.description import OPERATIONS


def description_page() -> str:
    """Return what the API offers, to read."""
    return fill("api.html", ServerLinks(), operations=OPERATIONS)


def refusal_page(title: str, why: str) -> str:
    """Return a page that says what is wrong with a request."""
    return fill("refusal.html", ServerLinks(), title=title, why=why)
