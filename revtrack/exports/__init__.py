"""What is in an archive, in the forms that other programs read: WARC, tables of sentences, a git history."""
