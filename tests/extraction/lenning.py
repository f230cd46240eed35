"""Pages of an invented newsroom, to be wrapped in all kinds of chrome."""

PARAGRAPHS = (
    "The harbour bridge at Port Lenning will stay closed until Friday, the city council said on Monday.",
    "Engineers found 14 cracked bolts in the northern span, three more than an inspection found in the spring.",
    "“We would rather explain a delay than a collapse,” said the chief engineer, Ida Moreau, at the site.",
    "He declined.",
    "The repair is expected to cost $1.05 million, which the council will take from its reserve for storms.",
    "Ferries will run every ten minutes in the meantime, and bicycles travel free, the harbour board said.",
)
HEADLINE = "Harbour bridge stays closed until Friday"


def body(paragraphs=PARAGRAPHS):
    return "\n".join(f"<p>{text}</p>" for text in paragraphs)


def page(inside="", *, head="", above="", below="", text=None, headline=HEADLINE):
    """Return a page; `inside` stands after the third paragraph, `above` and `below` beside the article's container."""
    text = text or f"{body(PARAGRAPHS[:3])}{inside}{body(PARAGRAPHS[3:])}"
    return f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{headline} | The Lenning Post</title>
<meta property="og:title" content="{headline}"><meta property="og:site_name" content="The Lenning Post">{head}</head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport and more sport</a></li></ul></nav>
<main>{above}<h1>{headline}</h1><div class="story">{text}</div>{below}</main>
<footer class="site-footer"><p>© 2024 The Lenning Post. All rights reserved.</p></footer></body></html>"""
