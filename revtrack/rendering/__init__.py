"""A revision in many forms: terminal, Markdown, HTML, JSON, unified, in words. Reads the model and never an archive."""

from importlib import import_module
from typing import TYPE_CHECKING, TypedDict, Unpack

from revtrack.errors import InputError, WrongTypeError
from revtrack.taking import expect

if TYPE_CHECKING:
    from revtrack.model import Revision

__all__ = ["FORMS", "Options", "render"]

FORMS = {
    "text": "revtrack.rendering.terminal",
    "markdown": "revtrack.rendering.markdown",
    "html": "revtrack.rendering.html",
    "json": "revtrack.rendering.json",
    "unified": "revtrack.rendering.unified",
    "changes": "revtrack.rendering.changes",
    "fragment": "revtrack.rendering.notebook",
}
"""The forms and the module of each; a module holds one function `render(revision, **options)`."""


class Options(TypedDict, total=False):
    """What the forms take: `color` and `width` "text" alone, `side_by_side` "text" and "html"."""

    color: bool
    width: int | None
    side_by_side: bool


def render(revision: "Revision", form: str = "text", **options: Unpack[Options]) -> str:
    """Return a revision in one of the forms of `FORMS`, as text that ends in a line feed.

    "text" takes `color` (False: `[-old-]{+new+}` marks; True: 256-colour terminal codes) and `width` in cells (None:
    no wrapping); "text" and "html" take `side_by_side`, what was and what is in two columns. The others take no
    options. "html" is a page of its own, "fragment" a piece of one whose style touches nothing else. Raises InputError
    for an unknown form, or an option that the form does not take.
    """
    from revtrack.model import Revision  # noqa: PLC0415 - at the start of a command, nobody renders

    if form not in FORMS:
        raise InputError(f"there is no form {form!r}: choose one of {', '.join(FORMS)}")
    expect(revision, Revision, "render takes a revision", "compare(old, new) makes one of two stories")
    draw = import_module(FORMS[form]).render
    taken = tuple(draw.__kwdefaults__ or ())
    if unknown := sorted(options.keys() - set(taken)):
        raise WrongTypeError(f"the form {form!r} takes no option {unknown[0]!r}; it takes {', '.join(taken) or 'none'}")
    text: str = draw(revision, **options)
    return text
