"""A revision in many forms: terminal, Markdown, HTML, JSON, unified, in words. Reads the model and never an archive."""

from importlib import import_module
from typing import TYPE_CHECKING

from revtrack.errors import InputError

if TYPE_CHECKING:
    from revtrack.model import Revision

__all__ = ["FORMS", "render"]

FORMS = {
    "text": "revtrack.rendering.terminal",
    "markdown": "revtrack.rendering.markdown",
    "html": "revtrack.rendering.html",
    "json": "revtrack.rendering.json",
    "unified": "revtrack.rendering.unified",
    "changes": "revtrack.rendering.changes",
}
"""The forms and the module of each; a module holds one function `render(revision, **options)`."""


def render(revision: "Revision", form: str = "text", **options: object) -> str:
    """Return a revision in one of the forms of `FORMS`, as text that ends in a line feed.

    "text" takes `color` (False: `[-old-]{+new+}` marks; True: 256-colour terminal codes) and `width` in cells (None:
    no wrapping); "text" and "html" take `side_by_side`, what was and what is in two columns. The others take no
    options. Raises InputError for an unknown form.
    """
    if form not in FORMS:
        raise InputError(f"there is no form {form!r}: choose one of {', '.join(FORMS)}")
    text: str = import_module(FORMS[form]).render(revision, **options)
    return text
