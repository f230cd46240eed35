"""The README's commands and examples are run as they stand."""

import doctest
import importlib.util
import re
from pathlib import Path

import pytest

import revtrack
from revtrack.cli.running import COMMANDS
from revtrack.demo import load_captures

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(mark):
    return re.search(rf"<!-- {mark} -->\n```sh\n(.*?)\n```", README, re.DOTALL)[1]


@pytest.mark.parametrize(("mark", "ending"), [("demo", "revtrack demo"), ("tests", "pytest")])
def test_each_command_is_one_line_and_makes_its_own_environment(mark, ending):
    command = block(mark)
    assert command.startswith("python3 -m venv .venv && ")
    assert "\n" not in command
    assert ending in command.split("&&")[-1]


def test_the_ci_runs_the_readmes_test_command_word_for_word():
    assert "<!-- tests -->" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_command_named_in_the_readme_exists():
    shell = "\n".join(re.findall(r"```(?:sh|console)\n(.*?)```", README, re.DOTALL))
    named = set(re.findall(r"(?:^|`|\$ |bin/)revtrack (\w+)", shell, re.MULTILINE)) | set(
        re.findall(r"`revtrack (\w+)", README)
    )
    assert named
    assert named <= set(COMMANDS)


def test_the_python_example_runs_and_answers_as_shown():
    code = "\n".join(re.findall(r"```python\n(.*?)```", README, re.DOTALL))
    examples = doctest.DocTestParser().get_doctest(code, {}, "README.md", "README.md", 0)
    assert examples.examples
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(examples).failed == 0


def test_the_packages_own_example_runs():
    assert doctest.testmod(revtrack).attempted
    assert doctest.testmod(revtrack).failed == 0


def silent_edit():
    first, second = (
        revtrack.extract(capture.body, url=capture.url)
        for capture in load_captures()
        if capture.name[:2] in {"01", "03"}
    )
    return revtrack.render(revtrack.compare(first, second), "text")


def test_the_diff_shown_is_the_one_that_the_demo_gives(pytestconfig):
    shown = re.compile(r"(?<=<!-- diff -->\n```text\n).*?(?=```)", re.DOTALL)
    if pytestconfig.getoption("--renew"):
        (ROOT / "README.md").write_text(shown.sub(lambda _: silent_edit(), README, count=1), encoding="utf-8")
        return
    assert shown.search(README)[0] == silent_edit()


def test_the_pictures_are_what_the_product_draws(pytestconfig):
    spec = importlib.util.spec_from_file_location("picture", ROOT / "docs" / "picture.py")
    picture = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(picture)
    if pytestconfig.getoption("--renew"):
        picture.PICTURE.write_text(picture.draw(), encoding="utf-8")
        picture.CARD.write_text(picture.draw_card(), encoding="utf-8")
    assert picture.PICTURE.read_text(encoding="utf-8") == picture.draw()
    assert picture.CARD.read_text(encoding="utf-8") == picture.draw_card()


def test_every_picture_and_page_that_the_readme_names_is_there():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("https://") or (ROOT / target).exists(), target
