"""What nouns work out only when somebody asks: costly fields, and how notebooks show them."""

from importlib import import_module
from typing import Any


class WhenAsked:
    """A field that may be set to a function of its owner, which is called when the field is first asked for."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, owner: Any, kind: type | None = None) -> Any:  # noqa: ANN401 - whatever the field holds
        if owner is None:
            return ()  # the default, which a dataclass asks of its class
        value = owner.__dict__[self._name]
        if callable(value):
            value = owner.__dict__[self._name] = value(owner)
        return value

    def __set__(self, owner: Any, value: Any) -> None:  # noqa: ANN401 - whatever the field holds
        owner.__dict__[self._name] = value


def in_notebook(noun: object) -> str:
    """Return a noun as notebooks show it: the page's words escaped, nothing that loads, runs or styles the page."""
    # By name, when asked: the nouns know nobody, and a notebook asks nobody else.
    return str(import_module("revtrack.rendering.notebook").show(noun))
