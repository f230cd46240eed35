"""A revision as its JSON form (`revtrack.forms`)."""

from revtrack.forms import publish
from revtrack.model import Revision


def render(revision: Revision) -> str:
    """Return the published JSON form of a revision, its diff and both stories included."""
    return publish(revision) + "\n"
