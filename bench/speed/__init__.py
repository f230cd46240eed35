"""What a look costs, beside forty lines of Python and the trackers that are installed: `python -m bench.speed`."""
