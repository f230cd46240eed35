"""How the documents become pages: `sphinx-build -W docs out`, with the extra `docs`."""

from revtrack import __version__

project = "revtrack"
author = "the revtrack authors"
project_copyright = "the revtrack authors"
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_click"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
exclude_patterns = ["_build"]
suppress_warnings = ["myst.xref_missing"]  # links to files outside the documents are tried by tests/test_docs.py

html_theme = "furo"
html_title = "revtrack"
html_show_sphinx = False
