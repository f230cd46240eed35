"""Commands and exit codes; nothing else. Each command imports what it needs when it runs.

`main` is the console script. The short help is kept as text beside this file, because importing click alone costs four
bare interpreters; a test holds that text equal to what click would print.
"""

import os
import sys
from pathlib import Path

HELP = Path(__file__).with_name("help.txt")


def main() -> None:
    """Run the command line and leave the process: 0 fine, 1 changes found, 2 trouble, 130 interrupted."""
    is_completing = "_REVTRACK_COMPLETE" in os.environ  # a shell asks click for what may come next
    if sys.argv[1:] in ([], ["--help"], ["-h"]) and not is_completing:
        sys.stdout.write(HELP.read_text(encoding="utf-8"))
        sys.exit(0)
    try:
        from revtrack.cli.running import run  # noqa: PLC0415 - see above

        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.stderr.write("revtrack: stopped before anything was done\n")
        sys.exit(130)
