"""Simulate policies of looking again at articles, at equal numbers of looks: `python -m bench.schedule`."""
