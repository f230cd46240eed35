"""The documents are tried: their links, commands and settings exist, and what they show is what happens."""

import doctest
import re
import shlex
from contextlib import suppress
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import click
import pytest

import revtrack
from revtrack.cli.running import COMMANDS, cli, hoisted, run
from revtrack.config import Config

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
TEXTS = {page: page.read_text(encoding="utf-8") for page in [*PAGES, ROOT / "README.md"]}
SHELL = re.compile(r"```(?:sh|console)\n(.*?)```", re.DOTALL)
NAMES = {page: str(page.relative_to(ROOT)) for page in TEXTS}


def command_lines(text):
    """Yield the words of every call of revtrack that a page shows in its shell blocks."""
    for block in SHELL.findall(text):
        for line in block.splitlines():
            for part in re.split(r"\s(?:&&|\||>{1,2}|#)\s|`", line):
                if called := re.search(r"(?:^|[\s/])revtrack (?P<words>[-\w].*)", part):
                    yield shlex.split(called["words"])


@pytest.mark.parametrize("page", TEXTS, ids=NAMES.values())
def test_every_command_shown_exists_and_has_the_options_it_is_given(page):
    for words in command_lines(TEXTS[page]):
        at = next(at for at, word in enumerate(hoisted(words)) if word in COMMANDS)
        name, *rest = hoisted(words)[at:]
        command = cli.get_command(click.Context(cli), name)
        if isinstance(command, click.Group) and rest and rest[0] in command.commands:
            command, rest = command.commands[rest[0]], rest[1:]
        with suppress(click.BadParameter):  # a file that is not there; what is no option is another error
            command.make_context(name, rest)


@pytest.mark.parametrize("page", TEXTS, ids=NAMES.values())
def test_every_link_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)\s#]+)[^)]*\)", TEXTS[page]):
        assert target.startswith(("https://", "mailto:")) or (page.parent / target).exists(), target


def test_every_command_and_public_name_is_documented():
    reference = TEXTS[ROOT / "docs/reference/commands.md"]
    assert "revtrack.cli.running:cli" in reference
    written = "\n".join(TEXTS.values())
    assert not [name for name in COMMANDS if f"revtrack {name}" not in written and f"`{name}`" not in written]
    python = TEXTS[ROOT / "docs/reference/python.md"]
    nouns = set(dir(revtrack.model)) | set(dir(revtrack.errors))
    assert not [name for name in revtrack.__all__ if f"revtrack.{name}" not in python and name not in nouns]


def keys_of(cls, prefix=""):
    hints = get_type_hints(cls)
    for field in fields(cls):
        inner = next((kind for kind in (hints[field.name], *get_args(hints[field.name])) if is_dataclass(kind)), None)
        yield from keys_of(inner, f"{prefix}{field.name}.") if inner else (f"{prefix}{field.name}",)


def test_every_setting_is_documented():
    reference = TEXTS[ROOT / "docs/reference/settings.md"]
    assert not [key for key in keys_of(Config) if f"`{key.rpartition('.')[2]}`" not in reference]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: NAMES[page])
def test_every_python_example_answers_as_shown(page):
    code = "\n".join(block for block in re.findall(r"```python\n(.*?)```", TEXTS[page], re.DOTALL) if ">>>" in block)
    examples = doctest.DocTestParser().get_doctest(code, {}, page.name, str(page), 0)
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(examples).failed == 0


def test_what_the_tutorial_shows_is_what_happens(tmp_path, monkeypatch, capsys, pytestconfig):
    page = ROOT / "docs" / "tutorial.md"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    block = re.compile(r"(?<=```console\n)(.*?)(?=```)", re.DOTALL)

    def played(shown):
        told = []
        for command, expected in re.findall(r"^\$ revtrack (.*)\n((?:(?!\$ ).*\n)*)", shown[0], re.MULTILINE):
            run(shlex.split(command))
            monkeypatch.setenv("REVTRACK_ARCHIVE", "demo/demo.db")
            answer = capsys.readouterr().out.rstrip("\n") + "\n"
            told.append(f"$ revtrack {command}\n{expected if fits(expected, answer) else answer}")
        return "".join(told)

    told = block.sub(played, TEXTS[page])
    if pytestconfig.getoption("--renew"):
        page.write_text(told, encoding="utf-8")
        return
    assert told == TEXTS[page]


def fits(shown, answer):
    """Whether an answer is what is shown, where a line of "…" stands for any lines."""
    parts = [re.escape(part) for part in re.split(r"^…\n", shown, flags=re.MULTILINE)]
    return bool(re.fullmatch(r"(?:.*\n)*?".join(parts), answer))
