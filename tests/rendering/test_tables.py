"""Lists of revisions: no cell is a formula, no item is markup, and what was changed for safety can be changed back."""

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import revtrack
from revtrack.model import Article
from revtrack.rendering.tables import COLUMNS, csv_lines, inert, json_lines, markdown_lines, revive
from tests.rendering.reporting import PAYLOADS, hostile, plain, reported

DANGEROUS = "=+-@\t\r\n＝＋－＠"
CELLS = st.text(alphabet=f"{DANGEROUS}'\"; ,ab1’＇\u00a0")


def read(reports, **options):
    text = "".join(csv_lines(reports, **options))
    return text, list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_row_says_whose_edit_it_is_what_it_is_and_when():
    text, (row,) = read([plain()])
    assert text.startswith('"article","url"')
    assert text.count("\r\n") == 2
    assert (row["article"], row["significance"], row["disclosure"]) == ("7", "substantive", "undisclosed")
    assert row["facts"] == "12 → 21"
    assert row["changed_after"] == "2024-11-20T06:00:00Z"


def test_what_we_say_of_a_revision_needs_no_mark_against_formulas():
    old, new = ["Storm", "One was hurt."], ["Storm", "One was hurt.", "Roads were closed in the harbour town."]
    added = reported(old, new, article=Article(7, "https://a.test/storm"))
    for report, fact in (
        (added, "1 paragraph added"),
        (replace(added, revision=turned(added)), "1 paragraph removed “Roads were closed in the harbour to…”"),
    ):
        _, (row,) = read([report])
        assert row["facts"] == fact
        assert "paragraph_" in row["features"]
        assert (row["host"], row["source"], row["flapping"]) == ("a.test", "a.test", "0")


def turned(report):
    """The same revision the other way round."""
    return revtrack.compare(report.revision.diff.new, report.revision.diff.old)


def test_the_mark_for_excel_stands_first_and_once():
    text, _ = read([plain(), plain()], bom=True)
    assert text.startswith('\ufeff"article"')
    assert text.count("\ufeff") == 1


def test_no_cell_begins_a_formula_whatever_a_page_says():
    _, (row,) = read([hostile()])
    assert set(row) == set(COLUMNS)
    for cell in row.values():
        for part in cell.split(";"):  # where half of Europe's spreadsheets begin another cell
            assert part.lstrip("\"' \u00a0")[:1] not in set(DANGEROUS) or part.startswith("'")


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '"=1', "'=1", " =1", "＝1", "＠x", "a;=1", "“-1"]
)
def test_what_begins_a_formula_gets_an_apostrophe_and_loses_it_again(cell):
    assert inert(cell) != cell
    assert revive(inert(cell)) == cell


@given(CELLS)
def test_every_cell_comes_back_as_it_was(cell):
    safe = inert(cell)
    assert revive(safe) == cell
    assert all(part.startswith("'") or part[:1] not in set(DANGEROUS) for part in safe.split(";"))


@given(CELLS)
def test_whatever_stands_in_a_cell_a_row_stays_a_row(cell):
    report = plain()
    report = replace(report, article=Article(1, "https://a.test/", source=cell), origin=cell)
    text, (row,) = read([report])
    assert len(row) == len(COLUMNS)
    assert None not in row
    assert text.count("\r\n") == 2


def test_a_list_in_markdown_is_a_list_and_nothing_that_a_page_wrote_means_anything():
    text = "".join(markdown_lines([plain(), hostile()], title="What changed"))
    assert "# What changed" in text
    assert text.count("## 2024-11-20") == 1
    assert "- **substantive, undisclosed**: [Storm hits coast](<https://a.test/storm>), 12 → 21" in text
    assert text.replace("<https://a.test/storm>", "").replace("<br>", "").count("<") == 0
    assert "](http" not in text
    assert "![" not in text.replace("\\!\\[", "")
    assert "\x1b" not in text


def test_a_list_in_json_is_one_list_that_comes_in_pieces():
    pieces = list(json_lines(iter([plain(), hostile()])))
    assert len(pieces) == 4
    first, second = json.loads("".join(pieces))
    assert first["schema"] == 1
    assert (first["article"]["id"], first["old"], first["new"]) == (7, 1, 2)
    assert first["changes"][0]["old"] == "12"
    assert second["origin"] == PAYLOADS[4]
    assert "".join(pieces).isascii()
    assert json.loads("".join(json_lines([]))) == []
