"""What is written to a file has the form that its ending names."""

import json

import pytest


@pytest.fixture
def edited(home):
    (home / "old.txt").write_text("Mill to close\n\nThe mill employs 140 people, its owner said on Monday.")
    (home / "new.txt").write_text("Mill to close\n\nThe mill employs 410 people, its owner said on Monday.")
    return home


def test_a_diff_is_written_as_its_file_ends_unless_a_form_is_named(edited, revtrack):
    def written(name, *options):
        revtrack("diff", "old.txt", "new.txt", "-o", name, *options, code=1)
        return (edited / name).read_text()

    assert written("d.HTML").startswith("<!doctype html>")
    assert json.loads(written("d.json"))["schema"] == 1
    assert written("d.md") == revtrack("diff", "old.txt", "new.txt", "--form", "md", code=1).stdout
    assert written("d.patch").startswith("--- ")
    assert written("d.txt") == written("d.out") == written("d.csv", "--form", "text")


def test_an_ending_that_names_what_a_command_cannot_write_is_refused(edited, complaint, revtrack):
    assert "report ARTICLE@N --card FILE" in complaint("diff", "old.txt", "new.txt", "-o", "d.svg")
    assert "report ARTICLE@N --card FILE" in complaint("diff", "old.txt", "new.txt", "--form", "svg")
    assert "report --form csv" in complaint("diff", "old.txt", "new.txt", "-o", "d.csv")
    assert not (edited / "d.csv").exists()
    revtrack("add", "https://a.test/story")
    assert "--form says which of markdown, csv" in complaint("report", "-o", "a.patch")
    assert "--form atom" in complaint("report", "--form", "rss")
    revtrack("report", "-o", "rev.csv")
    assert (edited / "rev.csv").read_text().startswith('"article","url"')
