"""What a later version costs, in bytes and CPU, beside other ways of keeping pages. See docs/archive.md."""
