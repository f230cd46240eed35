"""Whether an archive derived again says what it said, how fast, and in how much memory."""
