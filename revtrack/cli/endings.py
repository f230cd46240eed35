"""In which form an answer is written: as --form says, else as the ending of the file tells. Knows no form itself."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import click

from revtrack.errors import InputError

_BY_ENDING = {
    ".htm": "html",
    ".html": "html",
    ".md": "markdown",
    ".json": "json",
    ".csv": "csv",
    ".atom": "atom",
    ".xml": "atom",
    ".txt": "text",
    ".diff": "unified",
    ".patch": "unified",
}
"""The endings of files that name a form: other forms are not known by one."""
_PICTURE = "'revtrack report ARTICLE@N --card FILE' draws a change as .svg or .png"
_ELSEWHERE = {
    "svg": _PICTURE,
    "png": _PICTURE,
    "csv": "'revtrack report --form csv' writes a table of changes",
    "atom": "'revtrack report --form atom' writes a feed of changes",
    "rss": "'revtrack report --form atom' writes a feed of changes",
    "pdf": "write it as html and print that",
}


class Form(click.Choice[str]):
    """A form of an answer; one that goes by another name, as its files end, is understood, what is none is shown."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401 - as click has it
        """Return the form that is meant; fails with what to do instead."""
        meant = _BY_ENDING.get(f".{value}", value)
        if meant not in self.choices and (advice := _ELSEWHERE.get(value)):
            self.fail(f"there is no form {value!r} here: {advice}", param, ctx)
        return super().convert(meant if meant in self.choices else value, param, ctx)


def form_of(given: str | None, file: Path | None, forms: Collection[str], *, usual: str) -> str:
    """Return the form that is asked for, else what a file's ending names. Raises InputError for what cannot be."""
    ending = file.suffix.lower() if file else ""
    named = _BY_ENDING.get(ending, ending[1:])
    if given or not ending:
        return given or usual
    if named in forms or named == "text":
        return named if named in forms else usual
    if ending in _BY_ENDING or named in _ELSEWHERE:
        advice = _ELSEWHERE.get(named, f"--form says which of {', '.join(forms)}")
        raise InputError(f"nothing is written to {file}: there is no form {named!r} here; {advice}")
    return usual
