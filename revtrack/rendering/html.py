"""A revision as one self-contained HTML page: no script, no request, readable in light, dark, print and on a phone."""

from revtrack.model import Revision
from revtrack.rendering.links import Links
from revtrack.rendering.revision_page import RevisionPage, revision_page


def render(revision: Revision, *, side_by_side: bool = False) -> str:
    """Return the page. Everything the captured page wrote is escaped; nothing of it runs, loads or links."""
    return revision_page(RevisionPage(revision, side_by_side=side_by_side), Links())
