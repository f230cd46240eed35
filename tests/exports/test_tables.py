"""Sentences, their matches and labels are those of the diff, in the shape of NewsEdits, safe in a spreadsheet."""

import csv
import json
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revtrack.cli.running import run
from revtrack.diffing import diff
from revtrack.exports.sentences import COLUMNS, matched, split
from revtrack.model import Story
from tests.exports.seeing import see

FIRST = "The storm killed 12 people on the coast on Monday, officials said."
SECOND = "Roads were closed for most of the afternoon in the harbour town."
THIRD = "The mayor asked everybody to stay at home until the wind had fallen."


def labels(old, new):
    found = matched(diff(Story.from_paragraphs("", old), Story.from_paragraphs("", new)))
    return [(match.old, match.new, match.label) for match in found]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([f"{FIRST} {SECOND}"], [f"{FIRST} {SECOND}"], [(0, 0, "Unchanged"), (1, 1, "Unchanged")]),
        ([f"{FIRST} {SECOND}"], [f"{FIRST.replace('12', '21')} {SECOND}"], [(0, 0, "Edit"), (1, 1, "Unchanged")]),
        ([FIRST, SECOND], [FIRST], [(1, None, "Deletion"), (0, 0, "Unchanged")]),
        ([FIRST], [FIRST, SECOND], [(0, 0, "Unchanged"), (None, 1, "Addition")]),
        ([], [FIRST], [(None, 0, "Addition")]),
        (
            [FIRST, SECOND, THIRD],
            [THIRD, FIRST, SECOND],
            [(0, 1, "Unchanged"), (1, 2, "Unchanged"), (2, 0, "Refactor")],
        ),
        (
            ["The mayor asked everybody to stay at home and the wind had fallen by the evening."],
            ["The mayor asked everybody to stay at home. The wind had fallen by the evening."],
            [(0, 0, "Edit"), (0, 1, "Edit")],
        ),
    ],
)
def test_each_sentence_bears_the_label_of_what_became_of_it(old, new, expected):
    assert labels(old, new) == expected


TEXTS = st.lists(st.text("ab. AB\u00e9", max_size=30).map(str.strip).filter(bool), max_size=6)


@given(TEXTS, TEXTS)
@settings(max_examples=60, deadline=None)
def test_every_sentence_of_both_sides_is_told_and_every_distance_is_a_share(old, new):
    before, after = Story.from_paragraphs("", old), Story.from_paragraphs("", new)
    found = list(matched(diff(before, after)))
    assert {match.old for match in found} - {None} == set(range(len(split(before))))
    assert {match.new for match in found} - {None} == set(range(len(split(after))))
    assert all(0 <= match.old_distance <= 1 for match in found if match.old_distance is not None)
    for match in found:
        same = (
            match.old is not None
            and match.new is not None
            and split(before)[match.old].text == split(after)[match.new].text
        )
        assert same == (match.label in {"Unchanged", "Refactor"})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with an archive and all three forms of its tables."""
    made = tmp_path_factory.mktemp("tables")
    archive = str(see(made / "a.db"))
    database = sqlite3.connect(archive)  # a headline that a spreadsheet would run
    database.execute(
        "UPDATE versions SET story = replace(story, '\"Storm', '\"=cmd|x!A1 \\u001b[31m \\u202e Storm') WHERE article_id = 2"
    )
    database.commit()
    database.close()
    for form, name in (("jsonl", "all.jsonl"), ("csv", "csv"), ("sqlite", "all.sqlite")):
        assert run(["--archive", archive, "-q", "export", f"--{form}", str(made / name)]) == 0
    return made


def lines(folder):
    return [json.loads(line) for line in (folder / "all.jsonl").read_text().splitlines()]


def test_the_three_forms_say_the_same(folder):
    database = sqlite3.connect(folder / "all.sqlite")
    for table, columns in COLUMNS.items():
        rows = [tuple(row[column] for column in columns) for row in lines(folder) if row["table"] == table]
        assert rows
        assert database.execute(f"SELECT * FROM {table}").fetchall() == rows
        with (folder / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            header, *cells = csv.reader(file)
        assert tuple(header) == columns
        assert len(cells) == len(rows)
    database.close()


def test_the_corpus_own_queries_are_answered(folder):
    database = sqlite3.connect(folder / "all.sqlite")
    counted = database.execute(
        "SELECT entry_id, CAST(version AS INT), count(1) FROM split_sentences GROUP BY entry_id, version"
    ).fetchall()
    assert counted == [(1, 1, 5), (1, 2, 5), (1, 3, 5), (2, 1, 5)]
    (edit,) = database.execute(
        "SELECT x.sentence, y.sentence FROM matched_sentences AS m"
        " JOIN split_sentences AS x ON x.entry_id = m.entry_id AND x.version = m.version_x AND x.sent_idx = m.sent_idx_x"
        " JOIN split_sentences AS y ON y.entry_id = m.entry_id AND y.version = m.version_y AND y.sent_idx = m.sent_idx_y"
        " WHERE m.label = 'Edit' AND m.version_x = 1"
    )
    assert [sentence.split()[2] for sentence in edit] == ["12", "21"]
    assert database.execute("SELECT outcome, count(*), count(version) FROM looks GROUP BY 1 ORDER BY 1").fetchall() == [
        ("failed", 1, 0),
        ("gone", 1, 0),
        ("not_modified", 1, 1),
        ("ok", 5, 5),
    ]
    assert database.execute("SELECT facts, host, flapping, lag_hours FROM revisions").fetchone()[:3] == (
        "12 → 21",
        "127.0.0.1",
        0,
    )
    assert database.execute("SELECT significance, disclosure FROM revisions").fetchall() == [
        ("substantive", "late"),
        ("substantive", "disclosed"),
    ]
    database.close()


def test_no_cell_is_a_formula_to_a_spreadsheet(folder):
    titles = [row["title"] for row in lines(folder) if row["table"] == "entryversion"]
    assert any(title.startswith("=cmd|") for title in titles)
    text = (folder / "csv" / "entryversion.csv").read_text(encoding="utf-8")
    assert "'=cmd|" in text
    assert ",=cmd|" not in text
    assert "\\x1b[31m" in text  # nor does it command a terminal
    assert "\x1b" not in text
    assert " \\u202e " in text  # nor turn the rest of its row round
    assert "\u202e" not in text


def test_a_form_that_cannot_be_written_leaves_what_was_there(folder, capsys):
    (folder / "kept").mkdir(exist_ok=True)
    archive = str(folder / "a.db")
    assert run(["--archive", archive, "export", "--sqlite", str(folder / "kept")]) == 2
    assert run(["--archive", archive, "export", "--jsonl", str(folder / "no" / "x.jsonl")]) == 2
    assert run(["--archive", archive, "export"]) == 2
    assert "say what to write" in capsys.readouterr().err
    assert not list(folder.glob("*.partial"))
