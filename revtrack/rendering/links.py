"""Where the other pages are, as seen from the page in hand. Knows no file and no server: each names its own."""


class Links:
    """Addresses of pages; "" stands for a page that is not there, to which nothing links.

    As it stands it knows no page at all, which makes a page that is complete in itself. A writer of files and a server
    override what they have. `style` is the address of the style sheet (`templating.style`), "" to have it in the page;
    `ledger` is that of all notes. `feeds` are titles and addresses of feeds of what the page shows.
    """

    style = ""
    front = ""
    sources = ""
    articles = ""
    ledger = ""
    search = ""
    feeds: tuple[tuple[str, str], ...] = ()

    def article(self, article_id: int) -> str:  # noqa: ARG002 - for those who override it, as below
        """Return the address of an article's page."""
        return ""

    def blame(self, article_id: int) -> str:  # noqa: ARG002
        """Return the address of the page that says how old each sentence of an article is."""
        return ""

    def revision(self, article_id: int, old: int, new: int) -> str:  # noqa: ARG002
        """Return the address of the step between two versions of an article."""
        return ""

    def compare(self, article_id: int) -> str:  # noqa: ARG002
        """Return the address that answers a form's `old` and `new` with the step between these versions."""
        return ""

    def source(self, url: str) -> str:  # noqa: ARG002
        """Return the address of a source's page."""
        return ""
