"""Help that cannot rot: the text kept for a fast start is what click prints, and every command is documented."""

import subprocess
import sys

import click
import pytest

from revtrack.cli import HELP
from revtrack.cli.running import COMMANDS, cli


def printed_help():
    with cli.make_context("revtrack", [], resilient_parsing=True, terminal_width=80) as context:
        return cli.get_help(context) + "\n"


def test_the_kept_help_is_what_click_would_print(pytestconfig):
    if pytestconfig.getoption("--renew"):
        HELP.write_text(printed_help(), encoding="utf-8")
    assert HELP.read_text(encoding="utf-8") == printed_help()


def test_the_help_fits_one_screen():
    assert len(HELP.read_text(encoding="utf-8").splitlines()) <= 48


@pytest.mark.parametrize("arguments", [[], ["-h"], ["--help"]])
def test_help_is_the_kept_text(arguments):
    done = subprocess.run([sys.executable, "-m", "revtrack", *arguments], capture_output=True, text=True, check=True)
    assert done.stdout == HELP.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_and_answers_as_json(name):
    found = cli.get_command(click.Context(cli), name)
    for command in found.commands.values() if isinstance(found, click.Group) else [found]:
        assert command.help
        assert any("--json" in option.opts for option in command.params)
        options = [option for option in command.params if isinstance(option, click.Option)]
        assert all(option.help for option in options if option.name != "limit")


def test_the_version_is_the_packages():
    import revtrack

    done = subprocess.run([sys.executable, "-m", "revtrack", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"revtrack {revtrack.__version__}\n"
