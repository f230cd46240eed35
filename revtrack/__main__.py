"""Run the command line as `python -m revtrack`."""

from revtrack.cli import main

main()
