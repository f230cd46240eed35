"""What every command shares: the archive and settings asked for, and how to print. Opens nothing until asked."""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import click

from revtrack.rendering.visible import isolated, visible

if TYPE_CHECKING:
    from revtrack.archive import Archive
    from revtrack.config import Config

T = TypeVar("T")

_NARROWEST = 20
_COLUMN = 36
"""A column of sentences that is narrower is hard to read."""
_BENEATH = 19
"""So far is what has no room on its line indented beneath it: as far as the times before the line are wide."""


@dataclass
class Session:
    """The global options of one command line."""

    archive: str | None = None
    config: str | None = None
    quiet: bool = False
    verbose: bool = False
    color: str = "auto"
    debug: bool = False

    @cached_property
    def settings(self) -> "Config":
        """The settings of `--config` or ./revtrack.toml, read once."""
        from revtrack.config import read_config  # noqa: PLC0415

        config = read_config(self.config)
        if config.site:
            from revtrack.extraction.sites import check_selectors  # noqa: PLC0415

            check_selectors(config.site)
        return config

    def open_archive(self, *, create: bool = False) -> "Archive":
        """Open the archive asked for; without `create` a missing one is an error that says how to begin."""
        from revtrack.archive import locate, open_archive  # noqa: PLC0415

        return open_archive(locate(self.archive, self.settings.archive), create=create, wait=self.settings.archive.wait)

    @property
    def colored(self) -> bool:
        """Whether answers are coloured: as asked, else on a terminal unless NO_COLOR is set."""
        if self.color != "auto":
            return self.color == "always"
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    @property
    def width(self) -> int | None:
        """The width to wrap to, in cells; None where the answer goes to a pipe or file."""
        return max(_NARROWEST, shutil.get_terminal_size().columns) if sys.stdout.isatty() else None

    @property
    def shows_progress(self) -> bool:
        """Whether to show progress: on a terminal, unless told to be quiet."""
        return sys.stderr.isatty() and not self.quiet

    def watched(
        self,
        things: Iterable[T],
        doing: str,
        *,
        total: int | None = None,
        lend: Callable[[Callable[[str], None], str], object] = lambda _say, _doing: None,
    ) -> Iterator[T]:
        """Yield things; on a terminal a bar on stderr shows how far it is, and goes again.

        `lend` is given what says beside the bar what is being done in other words, and the usual words.
        """
        if not self.shows_progress:
            yield from things
            return
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import Progress  # noqa: PLC0415

        # Answers to the same terminal go above the bar; answers to a file or pipe must never be led there.
        redirect = sys.stdout.isatty()
        with Progress(console=Console(stderr=True), transient=True, redirect_stdout=redirect) as progress:
            task = progress.add_task(doing, total=total)
            lend(lambda said: progress.update(task, description=said), doing)
            yield from progress.track(things, total=total, task_id=task)

    @contextmanager
    def busy(self, doing: str) -> Iterator[Callable[[str], None]]:
        """Say on a terminal what is being done, until it is; what is yielded says it in other words."""
        if not self.shows_progress:
            yield lambda _: None
            return
        from rich.console import Console  # noqa: PLC0415

        with Console(stderr=True).status(doing) as status:
            yield status.update

    def answer(self, text: str, *, end: str = "\n") -> None:
        """Print text that is already safe on stdout, its colours dropped where they are not wanted."""
        click.echo(text + end, color=self.colored, nl=False)

    def answer_all(self, values: Iterable[object]) -> None:
        """Print a list of nouns as JSON on stdout, one by one, so that no length of it needs memory."""
        from revtrack.forms import published  # noqa: PLC0415

        before = "["
        try:
            for value in values:
                self.answer(f"{before}\n  ", end="")
                for piece in published(value):
                    self.answer(piece.replace("\n", "\n  "), end="")
                before = ","
        finally:  # what was told before a stop is JSON too
            self.answer("[]" if before == "[" else "\n]")

    def tell(self, text: str) -> None:
        """Print a remark on stderr, unless told to be quiet."""
        if not self.quiet:
            click.echo(text, err=True)

    def line(self, text: str, *, strong: str = "", beneath: str = "") -> None:
        """Print one safe line on stdout, cut to the width of the terminal if that is where it goes.

        `strong` is a part of it to stand out. `beneath` ends the line where there is room for it, else it is set
        indented beneath, on as many lines as it takes.
        """
        from rich.cells import cell_len, set_cell_size  # noqa: PLC0415

        whole = f"{text}  {beneath}" if beneath else text
        fits = not self.width or cell_len(whole) <= self.width
        shown = whole if fits else text
        if self.width and cell_len(shown) > self.width:
            shown = set_cell_size(shown, self.width - 1).rstrip() + "…"
        self.answer(shown.replace(strong, click.style(strong, bold=True), 1) if strong else shown)
        if beneath and not fits:
            self.wrapped(beneath, lead=" " * (_BENEATH if self.width and self.width > 3 * _BENEATH else 2))

    def wrapped(self, text: str, *, lead: str = "") -> None:
        """Print safe text behind a lead, broken at words into lines as wide as the terminal if it goes there."""
        from rich.cells import cell_len  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        from revtrack.rendering.wrapping import wrap  # noqa: PLC0415

        size = cell_len(lead)
        lines = [line.plain for line in wrap(Text(text), max(_NARROWEST, self.width - size))] if self.width else [text]
        for line in lines:
            self.answer(f"{lead}{line}".rstrip())
            lead = " " * size

    def table(self, rows: Iterable[tuple[str, ...]], *, whole: bool = False) -> None:
        """Print rows in columns, page text made safe, the last column cut to the width of the terminal.

        It stands beneath the others where they leave it no room; if it is to be `whole`, it is broken into lines.
        """
        from rich.cells import cell_len, set_cell_size  # noqa: PLC0415

        shown = [tuple(isolated(visible(cell)) for cell in row) for row in rows]
        widths = [max(map(cell_len, column)) for column in zip(*shown, strict=True)]
        tell = self.wrapped if whole and self.width else self._cut
        has_room = not self.width or sum(widths[:-1]) + 2 * len(widths) + min([_COLUMN, *widths[-1:]]) <= self.width
        for row in shown:
            padded = [set_cell_size(cell, size) for cell, size in zip(row[:-1], widths, strict=False)]
            if has_room:
                tell(row[-1], lead="  ".join([*padded, ""]))
            else:
                self.line("  ".join(padded).rstrip())
                tell(row[-1], lead="    ")

    def _cut(self, text: str, *, lead: str) -> None:
        self.line(f"{lead}{text}".rstrip())


pass_session = click.make_pass_decorator(Session)
json_option = click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
