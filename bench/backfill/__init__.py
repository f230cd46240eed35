"""How fast and how truly history is brought in: a git history whose every edit is known. Not part of the package."""
