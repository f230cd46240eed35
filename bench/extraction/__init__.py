"""How steady extraction is: changes of chrome, edits and notes, spliced into pages. See bench/README.md."""
