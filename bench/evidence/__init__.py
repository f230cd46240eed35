"""Whether what was changed in an archive or a bundle is found."""
