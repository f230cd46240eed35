"""Measure how readable diffs are and what they cost, beside other engines on the same pairs in the same run.

    python bench/diff.py                          our own pairs, bench/diff_pairs.jsonl
    python bench/diff.py --pairs FILE.jsonl       others: a line is {"old": [paragraphs], "new": [paragraphs]}
    python bench/diff.py --check                  fail if revtrack is worse on our own pairs than bench/diff_floors.toml
    python bench/diff.py --engines revtrack,diff-match-patch --limit 100

Columns: words that a reader finds marked (on both sides); stretches of marked words; words that a mark cuts; CPU
seconds, and how many times those of revtrack. The first figure wants to be low only where the next two are as well.
Words are those of `revtrack.text.tokens`, which knows scripts without blanks. diff-match-patch works by characters with
its semantic cleanup and without time limit, difflib by words without its "junk"; wikidiff2 (Debian: `apt-get install
php-cli php-wikidiff2`) and prosediff (`pip install prosediff`) as they come. What is not installed is left out. CPU is
a figure of this machine and this hour: its ratios are worth more.
"""

import argparse
import difflib
import importlib.util
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from revtrack.text import tokens

HERE = Path(__file__).parent

Paragraphs = Sequence[str]
Cell = list[tuple[str, bool]]  # text as shown on one side, piece by piece, and whether it is marked as changed


@dataclass(slots=True)
class Tally:
    """What one engine's diffs come to."""

    words: int = 0
    stretches: int = 0
    cut: int = 0
    seconds: float = 0.0

    def add(self, cells: Iterable[Cell]) -> None:
        """Count the marked words of some cells, those marked in part, and the stretches they form."""
        for cell in cells:
            text = "".join(piece for piece, _ in cell)
            flags = bytearray().join((b"\1" if marked else b"\0") * len(piece) for piece, marked in cell)
            shares = [flags.count(1, start, end) / (end - start) for start, end in tokens(text)]
            self.words += sum(share > 0 for share in shares)
            self.cut += sum(0 < share < 1 for share in shares)
            self.stretches += sum(share > 0 and not before for before, share in zip([0, *shares], shares, strict=False))


# --- engines: the cells of each pair ----------------------------------------------------------------------------


def revtrack(pairs: Sequence[tuple[Paragraphs, Paragraphs]]) -> Iterator[tuple[list[Cell], float]]:
    """Compare stories; what moved is not marked."""
    from revtrack.diffing import apply, diff, reverse
    from revtrack.model import Op, Story

    for old, new in pairs:
        stories = Story.from_paragraphs("", old), Story.from_paragraphs("", new)
        began = time.process_time()
        found = diff(*stories)
        segments = found.segments
        seconds = time.process_time() - began
        if apply(found.old_text, found) != found.new_text or reverse(found.new_text, found) != found.old_text:
            raise AssertionError("a diff of revtrack lost text")
        left = sorted((part.old_start, part.old_end, part.op is Op.DELETE) for part in segments)
        right = sorted((part.new_start, part.new_end, part.op is Op.INSERT) for part in segments)
        cells = [
            [(found.old_text[start:end], marked) for start, end, marked in left],
            [(found.new_text[start:end], marked) for start, end, marked in right],
        ]
        yield cells, seconds


def match_patch(pairs: Sequence[tuple[Paragraphs, Paragraphs]]) -> Iterator[tuple[list[Cell], float]]:
    """Compare by characters with diff-match-patch."""
    from diff_match_patch import diff_match_patch

    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    for old, new in pairs:
        began = time.process_time()
        found = engine.diff_main("\n".join(old), "\n".join(new))
        engine.diff_cleanupSemantic(found)
        seconds = time.process_time() - began
        yield [[(text, op != 0) for op, text in found if op != other] for other in (1, -1)], seconds


def by_difflib(pairs: Sequence[tuple[Paragraphs, Paragraphs]]) -> Iterator[tuple[list[Cell], float]]:
    """Compare by words with difflib."""
    for old, new in pairs:
        began = time.process_time()
        sides = [re.findall(r"\w+|\s+|[^\w\s]", "\n".join(side)) for side in (old, new)]
        steps = difflib.SequenceMatcher(None, *sides, autojunk=False).get_opcodes()
        seconds = time.process_time() - began
        left = [("".join(sides[0][i:i_end]), tag != "equal") for tag, i, i_end, _, _ in steps]
        yield [left, [("".join(sides[1][j:j_end]), tag != "equal") for tag, _, _, j, j_end in steps]], seconds


class Table(HTMLParser):
    """The cells of a diff shown as a table: marked is what stands in `del`, `ins` or a cell without a partner."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[Cell]] = []
        self.depth = 0
        self.moved = False
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Open a row, a cell or a mark."""
        if tag == "tr":
            self.rows.append([])
            self.moved = False
        elif tag == "td" and "line" in (dict(attributes).get("class") or ""):
            self.rows[-1].append([])
        elif tag in {"del", "ins"}:
            self.depth += 1
        elif "moved" in (dict(attributes).get("class") or ""):
            self.moved = True

    def handle_endtag(self, tag: str) -> None:
        """Close a mark; at the end of a row, mark the cell that stands alone, unless it moved."""
        if tag in {"del", "ins"}:
            self.depth -= 1
        elif tag == "tr" and self.rows and len(self.rows[-1]) == 1 and not self.moved:
            cell = self.rows[-1][0]
            self.rows[-1] = [[(text, True) for text, _ in cell]]

    def handle_data(self, text: str) -> None:
        """Add text to the open cell."""
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].append((text, self.depth > 0))


PHP = """while (($line = fgets(STDIN)) !== false) { [$old, $new] = json_decode($line);
  $began = getrusage(); $html = wikidiff2_do_diff($old, $new, 0); $ended = getrusage();
  $seconds = $ended["ru_utime.tv_sec"] - $began["ru_utime.tv_sec"]
    + ($ended["ru_utime.tv_usec"] - $began["ru_utime.tv_usec"]) / 1e6;
  echo json_encode([$seconds, $html]), "\\n"; }"""


def wikidiff2(pairs: Sequence[tuple[Paragraphs, Paragraphs]]) -> Iterator[tuple[list[Cell], float]]:
    """Compare with what Wikipedia uses."""
    lines = "".join(json.dumps(["\n".join(old), "\n".join(new)]) + "\n" for old, new in pairs)
    done = subprocess.run(["php", "-r", PHP], input=lines, capture_output=True, text=True, check=True)  # noqa: S603, S607
    for line in done.stdout.splitlines():
        seconds, html = json.loads(line)
        yield [cell for row in Table(html).rows for cell in row], seconds


def prosediff(pairs: Sequence[tuple[Paragraphs, Paragraphs]]) -> Iterator[tuple[list[Cell], float]]:
    """Compare with prosediff, the git processes it starts included in the time."""
    from prosediff import compare_paths
    from prosediff.diff import all_rows

    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder, "old.txt"), Path(folder, "new.txt")
        for pair in pairs:
            for file, side in zip(files, pair, strict=True):
                file.write_text("\n".join(side) + "\n", encoding="utf-8")
            began = _cpu()
            found = compare_paths(*files)
            seconds = _cpu() - began
            rows = [row for part in found.files for row in all_rows(part.rows)]
            yield [cell for row in rows for cell in _prosediff_cells(row)], seconds


def _prosediff_cells(row) -> Iterator[Cell]:  # noqa: ANN001 - its row, from a library that may not be there
    moved = '<i class="moved"></i>' if row.move_pair else ""
    cells = "".join(f'<td class="line">{moved}{side}</td>' for side in (row.left, row.right) if side)
    return (cell for shown in Table(f"<tr>{cells}</tr>").rows for cell in shown)


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _has_wikidiff2() -> bool:
    try:
        asked = ["php", "-r", "exit(function_exists('wikidiff2_do_diff') ? 0 : 1);"]
        return subprocess.run(asked, check=False).returncode == 0  # noqa: S603
    except OSError:
        return False


ENGINES: dict[str, tuple[Callable[..., Iterator[tuple[list[Cell], float]]], Callable[[], bool]]] = {
    "revtrack": (revtrack, lambda: True),
    "diff-match-patch": (match_patch, lambda: True),
    "difflib": (by_difflib, lambda: True),
    "prosediff": (prosediff, lambda: importlib.util.find_spec("prosediff") is not None),
    "wikidiff2": (wikidiff2, _has_wikidiff2),
}


# --- the table and the floors -----------------------------------------------------------------------------------


def measure(engine: str, pairs: Sequence[tuple[Paragraphs, Paragraphs]]) -> Tally:
    """Return the tally of one engine over all pairs; the first pair is compared once before the clock starts."""
    tally = Tally()
    run = ENGINES[engine][0]
    list(run(pairs[:1]))
    for cells, seconds in run(pairs):
        tally.add(cells)
        tally.seconds += seconds
    return tally


def read_pairs(path: Path, limit: int | None) -> list[tuple[Paragraphs, Paragraphs]]:
    """Read pairs that differ, white space within paragraphs made uniform."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines()[:limit]:
        form = json.loads(line)
        old, new = ([" ".join(text.split()) for text in form[side] if text.strip()] for side in ("old", "new"))
        if old != new:
            found.append((old, new))
    return found


def check(tally: Tally) -> list[str]:
    """Return what is worse than the floors allow."""
    floors = tomllib.loads((HERE / "diff_floors.toml").read_text(encoding="utf-8"))
    return [
        f"{name}: {getattr(tally, name)}, at most {most} was promised"
        for name, most in floors.items()
        if getattr(tally, name) > most
    ]


def main() -> int:
    """Print the table, or what broke a floor."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pairs", type=Path, default=HERE / "diff_pairs.jsonl")
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--limit", type=int)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if options.check:
        worse = check(measure("revtrack", read_pairs(HERE / "diff_pairs.jsonl", None)))
        print(*worse or ["no figure of the diff is worse than its floor"], sep="\n")
        return 1 if worse else 0
    pairs = read_pairs(options.pairs, options.limit)
    print(f"{len(pairs)} pairs\n{'engine':17}{'words':>9}{'stretches':>11}{'cut':>7}{'seconds':>10}{'ratio':>8}")
    base = 0.0
    for name in options.engines.split(","):
        if not ENGINES[name][1]():
            print(f"{name:17}is not installed")
            continue
        tally = measure(name, pairs)
        base = base or tally.seconds
        figures = f"{tally.words:9,}{tally.stretches:11,}{tally.cut:7,}{tally.seconds:10.3f}{tally.seconds / base:8.1f}"
        print(f"{name:17}{figures}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
