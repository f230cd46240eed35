"""Every kind of page that a newsroom makes is read whole: live blogs, galleries, interviews, lists, old markup, scripts."""

import pytest

from revtrack.extraction import extract
from revtrack.model import ParagraphKind
from tests.extraction.lenning import HEADLINE, PARAGRAPHS, body, page

ENTRIES = (
    ("11:40", "Divers leave the water", ("The divers left the water at noon, and nobody was hurt.", "They found nothing new.")),
    ("11:05", "Mayor speaks", ("“We ask for patience,” said the mayor, Tomas Ahl, on the quay this morning.",)),
    ("10:30", "Trains are full", ("Trains on the coast line carried twice as many people as on a usual Monday.", "More are to run at five.")),
    ("09:15", "Bridge is shut", ("The harbour bridge was shut at nine, after engineers had found cracks in its northern span.",)),
)  # fmt: skip
SHARE = "<ul class=row><li><button>Share</button></li><li><button>Copy link</button></li></ul>"


def texts(html):
    return [paragraph.text for paragraph in extract(html).paragraphs if paragraph.kind != ParagraphKind.CAPTION]


def entry(form, time, title, paragraphs):
    return form.format(time=time, title=title, text=body(paragraphs), share=SHARE, number=time.replace(":", ""))


@pytest.mark.parametrize(
    "form",
    [
        "<article class=entry><time>{time}</time><h3>{title}</h3>{text}{share}</article>",
        "<div class=kYz81a><span>{time}</span><h2>{title}</h2><div>{text}</div>{share}</div>",
        "<li id=post-{number}><a href=#post-{number}>{time}</a><h3><a href=#post-{number}>{title}</a></h3>{text}{share}</li>",
        "<section class='live-card'><h2>{title}</h2>{share}{text}</section>",
    ],
)
def test_a_live_blog_is_read_whole_in_the_order_of_the_page(form):
    entries = "".join(entry(form, *one) for one in ENTRIES)
    new = "<div class=bar><button>3 new updates</button></div>"
    found = texts(page(text=f"{new}<div class=entries>{entries}</div>"))
    assert found == [line for _, title, paragraphs in ENTRIES for line in (title, *paragraphs)]


def test_a_gallery_is_its_captions_in_order():
    pictures = [f"Ida Moreau shows bolt number {n} of the northern span to visitors." for n in range(1, 6)]
    figures = "".join(
        f"<figure><img src={n}.jpg><figcaption>{text}</figcaption></figure>" for n, text in enumerate(pictures)
    )
    story = extract(page(text=f"<p>{PARAGRAPHS[0]}</p>{figures}"))
    assert [p.text for p in story.paragraphs if p.kind == ParagraphKind.CAPTION] == pictures
    assert story.text == PARAGRAPHS[0]


QUESTIONS = (
    ("How long will the bridge be shut?", "Until Friday, if the weather holds. We would rather explain a delay than a collapse."),
    ("Who pays?", "The city does, from its reserve for storms. It has been saving for twelve years."),
    ("Did anybody warn you?", "No."),
    ("And next year?", "Next year the southern span is to be repaired as well, and it will take longer."),
)  # fmt: skip


@pytest.mark.parametrize(
    "form",
    [
        "<p><strong>{0}</strong></p><p>{1}</p>",
        "<p class=question>{0}</p><p class=answer>{1}</p>",
        "<h3>{0}</h3><p>{1}</p>",
        "<dl><dt>{0}</dt><dd>{1}</dd></dl>",
        "<div><b>{0}</b></div><div>{1}</div>",
    ],
)
def test_an_interview_keeps_questions_and_answers(form):
    text = f"<p>{PARAGRAPHS[0]}</p>" + "".join(form.format(*pair) for pair in QUESTIONS)
    assert texts(page(text=text)) == [PARAGRAPHS[0], *(line for pair in QUESTIONS for line in pair)]


def test_a_list_article_keeps_its_numbered_headings():
    items = "".join(
        f"<h2 id=search-{n} class=toc-{n}>{n}. Walk number {n}</h2><figure><img src={n}.jpg></figure><p>{text}</p>"
        for n, text in enumerate(PARAGRAPHS, 1)
    )
    assert texts(page(text=items)) == [
        line for n, text in enumerate(PARAGRAPHS, 1) for line in (f"{n}. Walk number {n}", text)
    ]


def test_a_card_with_a_button_is_part_of_the_article():
    steps = [
        f"Peel {n} of the pears, cut them small, and boil them with the honey until they are soft." for n in range(12)
    ]
    card = f"<section class=card><h2>Pear jam</h2><button>Print</button><ol>{''.join(f'<li>{s}</li>' for s in steps)}</ol></section>"
    found = texts(page(card))
    assert [line for line in found if line not in PARAGRAPHS] == ["Pear jam", *steps]


def test_a_transcript_keeps_its_short_lines():
    lines = [
        "MOREAU: Good evening.",
        "AHL: Good evening.",
        PARAGRAPHS[0],
        "MOREAU: Yes.",
        PARAGRAPHS[1],
        "AHL: Thank you.",
    ]
    assert texts(page(text=body(lines))) == lines


def test_wire_copy_keeps_its_dateline():
    first = "PORT LENNING, May 3 (Coast Wire) — " + PARAGRAPHS[0]
    assert texts(page(text=body((first, *PARAGRAPHS[1:]))))[0] == first


SCRIPTS = {
    "he": "גשר הנמל יישאר סגור עד יום שישי, כך הודיעה מועצת העיר ביום שני.",
    "ar": "سيبقى جسر الميناء مغلقا حتى يوم الجمعة، هذا ما أعلنه مجلس المدينة يوم الاثنين.",
    "hi": "बंदरगाह का पुल शुक्रवार तक बंद रहेगा, नगर परिषद ने सोमवार को यह कहा।",
    "th": "สะพานท่าเรือจะปิดจนถึงวันศุกร์ สภาเมืองกล่าวเมื่อวันจันทร์ที่ผ่านมา",
    "zh": "市議會星期一表示，港口大橋將關閉至星期五，工程師在北段發現了十四處裂縫。",
    "ko": "시의회는 월요일에 항구 다리가 금요일까지 폐쇄될 것이라고 밝혔다.",
    "ka": "ნავსადგურის ხიდი პარასკევამდე დაკეტილი დარჩება, განაცხადა ქალაქის საბჭომ ორშაბათს.",
}


@pytest.mark.parametrize("language", SCRIPTS)
def test_all_scripts_are_read(language):
    lines = [f"{SCRIPTS[language]} {number}" for number in range(5)]
    html = page(text=body(lines), headline=SCRIPTS[language][:30]).replace(
        'lang="en-GB"', f'lang="{language}" dir="auto"'
    )
    assert texts(html) == lines


@pytest.mark.parametrize(
    "text",
    [
        "<table width=600><tr><td valign=top width=150><a href=/>Home</a><br><a href=/a>News</a></td><td><font face=Arial>{broken}</font></td></tr></table>",
        "<center><table><tr><td><font size=2>{broken}</font></td></tr></table></center>",
        "<font>{broken}</font>",
    ],
)
def test_old_markup_is_read(text):
    broken = "<br><br>".join(PARAGRAPHS)
    html = f"<html><head><title>{HEADLINE}</title></head><body bgcolor=white><h1>{HEADLINE}</h1>{text.format(broken=broken)}</body></html>"
    assert texts(html) == list(PARAGRAPHS)


def test_a_bold_paragraph_used_as_a_subheading_is_kept():
    text = f"{body(PARAGRAPHS[:3])}<p><b>What comes next</b></p>{body(PARAGRAPHS[3:])}"
    assert texts(page(text=text)) == [*PARAGRAPHS[:3], "What comes next", *PARAGRAPHS[3:]]


@pytest.mark.parametrize("names", ["", ' class="text"'])
def test_a_lead_in_a_box_above_the_picture_is_kept(names):
    rest = body(PARAGRAPHS[1:]).replace("<p>", f"<p{names}>")
    html = f"<div class=top><p{names}>{PARAGRAPHS[0]}</p></div><figure><img src=a.jpg></figure><div class=rest>{rest}</div>"
    story = extract(page(text=html))
    kept = [story.deck, *texts(page(text=html))] if story.deck else texts(page(text=html))
    assert kept == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "between",
    [
        "<div class=ad-slot>Advertisement</div>",
        "<button>Continue reading</button>",
        "<div class=newsletter-box><p>Get our letter every morning, free of charge, and unsubscribe at any time.</p><input type=email></div>",
        "<aside class=related><h4>Related</h4><ul><li><a href=/x>Another bridge story</a></li></ul></aside>",
    ],
)
@pytest.mark.parametrize("names", [("part", "part"), ("a1B2c3", "a1B2c3")])
@pytest.mark.parametrize("cut", [1, 3, 5])
def test_a_body_in_two_containers_is_read_whole(between, names, cut):
    first, second = names
    text = (
        f"<div class={first}>{body(PARAGRAPHS[:cut])}</div>{between}<div class={second}>{body(PARAGRAPHS[cut:])}</div>"
    )
    assert texts(page(text=text)) == list(PARAGRAPHS)


def test_the_rest_that_only_subscribers_see_is_part_of_the_story():
    hidden = "".join(f"<div class=members-part style='display:none'><p>{text}</p></div>" for text in PARAGRAPHS[1:])
    assert texts(page(text=f"<div class=preview-part><p>{PARAGRAPHS[0]}</p></div>{hidden}")) == list(PARAGRAPHS)


def amp():
    return f"""<!doctype html><html amp lang=en><head><title>{HEADLINE}</title></head><body><amp-sidebar><ul><li><a href=/>Home</a></ul>
    </amp-sidebar><article class=amp-wp-article><header><h1>{HEADLINE}</h1></header><amp-img src=a.jpg></amp-img><div class=content>
    {body()}<amp-ad type=x></amp-ad></div></article><amp-consent><p>We use cookies to show you what you like.</p></amp-consent></body></html>"""


def printed():
    return f"<html><head><title>{HEADLINE}</title></head><body onload=print()><h1>{HEADLINE}</h1><hr>{body()}<hr><p>https://post.test/a</p></body></html>"


@pytest.mark.parametrize("form", [amp, printed])
def test_amp_and_print_forms_give_the_same_paragraphs(form):
    assert texts(form()) == texts(page())


@pytest.mark.parametrize(
    "copy",
    [
        "<noscript>{0}</noscript>",
        "<div class=lazy data-content='{0}'></div>",
        "<div class='d-none d-md-block'>{0}</div>",
        "<div hidden>{0}</div>",
        "<template>{0}</template>",
    ],
)
def test_copies_for_scripts_and_screens_are_not_read_twice(copy):
    text = f"<div class=mobile>{body()}</div>" + copy.format(body().replace("'", "’"))
    assert texts(page(text=text)) == list(PARAGRAPHS)


def test_an_anchor_that_links_nowhere_is_no_link():
    line = "The ferry crew of the island waited on the quay for an hour, and nobody came to tell them why."
    assert line in extract(page(inside=f'<p><a name="crew">{line}</a></p>')).text
