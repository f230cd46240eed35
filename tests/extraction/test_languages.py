"""The language of a page: as stated, unless its script contradicts."""

import pytest

from revtrack.extraction import extract
from tests.extraction.lenning import PARAGRAPHS, body, page

ARABIC = ("سيبقى جسر الميناء مغلقا حتى يوم الجمعة، كما أعلن مجلس المدينة يوم الاثنين في بيان قصير.",) * 3
JAPANESE = ("橋は金曜日まで閉鎖されると市議会が月曜日に発表した。技師は十四本のひびの入ったボルトを見つけた。",) * 3
GERMAN = (
    "Die Brücke bleibt bis Freitag geschlossen, und das ist nicht alles, sagte der Rat der Stadt von Lenning.",
) * 3


def language(paragraphs, stated, head=""):
    return extract(page(text=body(paragraphs), head=head).replace('lang="en-GB"', stated)).language


@pytest.mark.parametrize(
    ("paragraphs", "stated", "expected"),
    [
        (PARAGRAPHS, 'lang="en-GB"', "en"),
        (PARAGRAPHS, 'lang="EN_us"', "en"),
        (ARABIC, 'lang="en"', "ar"),
        (ARABIC, 'lang="fa"', "fa"),
        (JAPANESE, 'lang="en"', "ja"),
        (PARAGRAPHS, 'lang="ar"', "en"),
        (PARAGRAPHS, "", "en"),
        (GERMAN, "", "de"),
        (GERMAN, 'lang="{{ locale }}"', "de"),
    ],
)
def test_what_is_stated_holds_unless_the_script_contradicts(paragraphs, stated, expected):
    assert language(paragraphs, stated) == expected


def test_the_first_statement_that_fits_the_script_is_believed():
    assert language(ARABIC, 'lang="en"', head='<meta property="og:locale" content="ur_PK">') == "ur"
