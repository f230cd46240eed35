"""Whether an archive stands what can happen to it."""
